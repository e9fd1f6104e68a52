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
  let files = new Map<string, string[]>();
  let heads = new Map<string, string>();
  /** Heads are long and alike: the first of its kind in a file is written out, others name it. */
  const shortened = (file: string, title: string, text: string): string => {
    let rest = text;
    const short: string[] = [];
    for (const pattern of [/^→ .*?\n\n/s, /^<!doctype.*?<\/head>\n/s]) {
      const [head = ''] = pattern.exec(rest) ?? [];
      rest = rest.slice(head.length);
      const first = heads.get(file + head);
      if (first === undefined) heads.set(file + head, title);
      short.push(head === '' || first === undefined ? head : `(head as of: ${first})\n`);
    }
    return short.join('') + rest;
  };
  return {
    /** Adds a piece to a file. */
    add(file: string, title: string, text: string): void {
      const pieces = files.get(file) ?? [];
      pieces.push(`##### ${title}\n${shortened(file, title, text).trimEnd()}\n`);
      files.set(file, pieces);
    },
    /** Compares what was added since the last time. */
    async compare(): Promise<void> {
      const added = files;
      files = new Map();
      heads = new Map();
      for (const [file, pieces] of added) {
        seen.add(`${file}.txt`);
        await expect(pieces.join('\n')).toMatchFileSnapshot(join(directory, `${file}.txt`));
      }
    },
    /** Golden files that nothing was compared with. */
    leftOver: () =>
      existsSync(directory) ? readdirSync(directory).filter((file) => !seen.has(file)) : [],
  };
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
