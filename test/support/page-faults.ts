import { Parser } from 'htmlparser2';

const voids = new Set(['meta', 'input', 'br']);

/**
 * What is wrong with a page: tags out of balance, fields without label, ids twice, foreign parts or a
 * script.
 */
export function pageFaults(text: string): string[] {
  const faults: string[] = [];
  const open: string[] = [];
  const [ids, labelled, fields]: [string[], string[], string[]] = [[], [], []];
  const parser = new Parser({
    onopentag(name, attributes) {
      const { id, type, src, href } = attributes;
      if (!voids.has(name)) open.push(name);
      if (id !== undefined) ids.push(id);
      if (name === 'label') labelled.push(attributes.for ?? '');
      if (name === 'input' && type !== 'hidden') fields.push(id ?? 'no id');
      if (['script', 'img', 'iframe', 'link'].includes(name)) faults.push(name);
      if (src !== undefined || (href !== undefined && !/^[/#]/.test(href))) faults.push('foreign');
    },
    onclosetag(name, implied) {
      if (voids.has(name)) return;
      if (implied || open.pop() !== name) faults.push(`unbalanced ${name}`);
    },
  });
  parser.end(text);
  faults.push(...fields.filter((field) => !labelled.includes(field)));
  if (new Set(ids).size !== ids.length) faults.push('an id twice');
  if (text.match(/<h1>/g)?.length !== 1) faults.push('not one h1');
  return faults;
}
