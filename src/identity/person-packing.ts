import type { Document, Person } from './person.ts';

/** Unit separator: a control character, which no member of a person may hold. */
const SEPARATOR = '\u001f';

/** One letter a kind of document: what it stands for never changes, only new letters are added. */
const LETTERS = { agdref: 'a', passport: 'p', consular: 'c', none: 'n' } as const satisfies Record<
  Document['kind'],
  string
>;

/**
 * Writes a person as one short line: kind letter, document, name, e-mail, phone, webhook, the
 * empty ones at the end left out. About half of what JSON takes, and the store holds one per
 * entry. (Deflate would save six bytes more of 65, brotli makes it longer.)
 */
export function packPerson({ name, document, email, phone, webhook }: Person): string {
  const [first, second] = packDocument(document);
  const fields = [`${LETTERS[document.kind]}${first}`, second, name, email, phone, webhook];
  if (fields.some((field) => field?.includes(SEPARATOR))) {
    throw new Error('a member of a person holds a control character');
  }
  const last = fields.findLastIndex((field) => field !== undefined);
  return fields.slice(0, last + 1).join(SEPARATOR);
}

/** Reads what `packPerson` wrote. @throws Error, without content, for anything else. */
export function unpackPerson(text: string): Person {
  const [first = '', second = '', name = '', email, phone, webhook, ...more] =
    text.split(SEPARATOR);
  if (name === '' || more.length > 0) throw new Error('a sealed person is malformed');
  return {
    name,
    document: unpackDocument(first.charAt(0), first.slice(1), second),
    ...(email ? { email } : {}),
    ...(phone ? { phone } : {}),
    ...(webhook ? { webhook } : {}),
  };
}

function packDocument(document: Document): [string, string] {
  switch (document.kind) {
    case 'agdref':
      return [document.number, ''];
    case 'none':
      return [document.birthDate, document.nationality];
    case 'passport':
    case 'consular':
      return [document.number, document.country];
  }
}

function unpackDocument(letter: string, first: string, second: string): Document {
  switch (letter) {
    case LETTERS.agdref:
      return { kind: 'agdref', number: first };
    case LETTERS.passport:
      return { kind: 'passport', country: second, number: first };
    case LETTERS.consular:
      return { kind: 'consular', country: second, number: first };
    case LETTERS.none:
      return { kind: 'none', birthDate: first, nationality: second };
    default:
      throw new Error('a sealed person is malformed');
  }
}
