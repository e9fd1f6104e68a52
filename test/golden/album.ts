import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

/** What of an answer's head people and caches act on; the rest is the same for all. */
const shownHeaders = [
  'content-type',
  'cache-control',
  'content-security-policy',
  'content-disposition',
  'referrer-policy',
  'x-robots-tag',
  'www-authenticate',
  'retry-after',
  'location',
];

/** An answer as it came over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export type Album = ReturnType<typeof openAlbum>;

/**
 * Golden files of one folder: what the service rendered when they were made. Each holds several
 * pieces with a title. `vitest -u` writes them anew.
 */
export function openAlbum(folder: string) {
  const directory = join(import.meta.dirname, folder);
  const seen = new Set<string>();
  let files = new Map<string, { title: string; lines: string[] }[]>();
  return {
    /** Adds a piece to a file. */
    add(file: string, title: string, text: string): void {
      const pieces = files.get(file) ?? [];
      pieces.push({ title, lines: text.trimEnd().split('\n') });
      files.set(file, pieces);
    },
    /** Compares what was added since the last time. */
    async compare(): Promise<void> {
      const added = files;
      files = new Map();
      for (const file of added.keys()) seen.add(`${file}.txt`);
      for (const [file, pieces] of added) {
        await expect(shortened(pieces)).toMatchFileSnapshot(join(directory, `${file}.txt`));
      }
    },
    /** All golden files that there are. */
    files: () => (existsSync(directory) ? readdirSync(directory) : []),
    /** Golden files that nothing was compared with. */
    leftOver: () =>
      existsSync(directory) ? readdirSync(directory).filter((file) => !seen.has(file)) : [],
  };
}

interface Piece {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Fewer lines than this are written out again. */
const shortestRun = 4;

/**
 * Pieces one after the other. Pages are much alike: lines that stood in an earlier piece, in this
 * order, are named by the first of them and their number.
 */
function shortened(pieces: readonly Piece[]): string {
  const places = new Map<string, { piece: Piece; at: number }[]>();
  const texts = pieces.map((piece) => {
    const lines = [`##### ${piece.title}`];
    for (let at = 0; at < piece.lines.length; ) {
      const line = piece.lines[at] ?? '';
      const known = places.get(line) ?? [];
      const runs = known.map((place) => ({ ...place, length: runLength(piece, at, place) }));
      const best = runs.reduce((a, b) => (b.length > a.length ? b : a), { ...nowhere, length: 0 });
      const isRun = best.length >= shortestRun;
      lines.push(isRun ? `⋮ ${best.length} lines as of “${best.piece.title}”: ${line}` : line);
      at += isRun ? best.length : 1;
    }
    for (const [at, line] of piece.lines.entries()) {
      places.set(line, [...(places.get(line) ?? []), { piece, at }]);
    }
    return `${lines.join('\n')}\n`;
  });
  return texts.join('\n');
}

const nobody: Piece = { title: '', lines: [] };
const nowhere = { piece: nobody, at: 0 };

function runLength(piece: Piece, from: number, place: { piece: Piece; at: number }): number {
  let length = 0;
  while (
    from + length < piece.lines.length &&
    piece.lines[from + length] === place.piece.lines[place.at + length]
  ) {
    length += 1;
  }
  return length;
}

/** An answer as text: status, the head that matters, and the body as it stands. */
export function written({ status, headers, text }: Answer): string {
  const head = shownHeaders.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [`${name}: ${value}`];
  });
  return `${[`→ ${status}`, ...head].join('\n')}\n\n${text}`;
}

/**
 * A page without what stands elsewhere: its style, which its policy names by hash and one file
 * holds whole, and its script, which is bundled and has tests of its own.
 */
export function plainPage(text: string): string {
  return text
    .replaceAll(/<style>.*?<\/style>/gs, '<style>…</style>')
    .replaceAll(/<script([^>]*)>.*?<\/script>/gs, '<script$1>…</script>')
    .replaceAll(/script-src 'sha256-[^']+'/g, "script-src 'sha256-…'");
}

/** Puts names in the place of what is made by chance. */
export function named(text: string, names: Readonly<Record<string, string>>): string {
  let clean = text;
  for (const [name, value] of Object.entries(names)) {
    if (value !== '') clean = clean.replaceAll(value, `{${name}}`);
  }
  return clean.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '{uuid}');
}
