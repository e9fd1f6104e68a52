import type { Language } from '../../base/languages.ts';
import { oneLine } from '../../base/one-line.ts';
import { textsOf } from '../../texts/catalogues.ts';
import { webAddress } from './wording.ts';

/** Of no use on paper: speaks of an attachment, or leads to an address too long to be typed. */
interface Marked {
  readonly offPaper?: true;
}

/** A piece of a message's body. Texts are plain: whoever writes HTML escapes them. */
export type Block = Marked &
  (
    | { readonly type: 'paragraph'; readonly text: string }
    | { readonly type: 'list'; readonly items: readonly string[] }
    | { readonly type: 'facts'; readonly facts: readonly Fact[] }
    | { readonly type: 'link'; readonly label: string; readonly url: string }
  );

interface Fact {
  readonly term: string;
  readonly value: string;
}

/** A line of the foot of a message, or of its note in another language. */
export interface Line extends Marked {
  readonly text: string;
}

/** A paragraph of plain text. Pure. */
export function paragraph(text: string): Block {
  return { type: 'paragraph', text };
}

/** A list of plain texts, a line each. Pure. */
export function list(items: readonly string[]): Block {
  return { type: 'list', items };
}

/** Terms and what they stand for: whatever a value holds, it stays one line. */
export function facts(rows: readonly (readonly [term: string, value: string])[]): Block {
  return { type: 'facts', facts: rows.map(([term, value]) => ({ term, value: oneLine(value) })) };
}

/** @throws Error unless the address is one of http */
export function link(label: string, url: string): Block {
  return { type: 'link', label, url: webAddress(url) };
}

/** Marks what is left out of a letter. */
export function offPaper<Piece extends Block | Line>(piece: Piece): Piece {
  return { ...piece, offPaper: true };
}

/** What stays of blocks or lines on paper. */
export function onPaper<Piece extends Marked>(pieces: readonly Piece[]): Piece[] {
  return pieces.filter((piece) => piece.offPaper !== true);
}

/** Each block as plain text. */
export function textsOfBlocks(blocks: readonly Block[], language: Language): string[] {
  return blocks.map((block) => blockText(block, language));
}

function blockText(block: Block, language: Language): string {
  const sign = textsOf('common', language);
  switch (block.type) {
    case 'paragraph':
      return block.text;
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n');
    case 'facts':
      return block.facts.map(({ term, value }) => sign('fact', { term, value })).join('\n');
    case 'link':
      return `${sign('heading', { term: block.label })}\n${block.url}`;
  }
}
