/** A piece of a message's body. Texts are plain: whoever writes HTML escapes them. */
export type Block =
  | { readonly type: 'paragraph'; readonly text: string }
  | { readonly type: 'list'; readonly items: readonly string[] }
  | { readonly type: 'facts'; readonly facts: readonly { term: string; value: string }[] }
  | { readonly type: 'link'; readonly label: string; readonly url: string };

/**
 * Reads the body of a template. Blank lines part blocks. `- ` begins an item of a list,
 * `= Term | value` a fact, `> Label | url` a link; anything else is a paragraph.
 */
export function parseBlocks(body: string): Block[] {
  return body
    .split(/\n\s*\n/)
    .map((block) => block.trim())
    .filter((block) => block !== '')
    .map(parseBlock);
}

function parseBlock(block: string): Block {
  const lines = block.split('\n').map((line) => line.trim());
  if (lines.every((line) => line.startsWith('- '))) {
    return { type: 'list', items: lines.map((line) => line.slice(2)) };
  }
  if (lines.every((line) => line.startsWith('= '))) {
    const facts = lines.map(halves).map(([term, value]) => ({ term, value }));
    return { type: 'facts', facts };
  }
  if (lines.length === 1 && block.startsWith('> ')) {
    const [label, url] = halves(block);
    return { type: 'link', label, url };
  }
  return { type: 'paragraph', text: lines.join(' ') };
}

function halves(line: string): [string, string] {
  const [, left, right] = /^. (.*?) \|(?: (.*))?$/.exec(line) ?? [];
  if (left === undefined) throw new Error('a template line needs a bar: "= Term | value"');
  return [left, right ?? ''];
}

/** Writes blocks as plain text, one blank line between them. */
export function textOf(blocks: readonly Block[], colon: string): string {
  return blocks.map((block) => blockText(block, colon)).join('\n\n');
}

function blockText(block: Block, colon: string): string {
  switch (block.type) {
    case 'paragraph':
      return block.text;
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n');
    case 'facts':
      return block.facts.map(({ term, value }) => `${term}${colon}${value}`).join('\n');
    case 'link':
      return `${block.label}${colon.trimEnd()}\n${block.url}`;
  }
}
