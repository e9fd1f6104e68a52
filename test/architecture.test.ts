import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** What each folder of src/ may import, besides itself and Node's and npm's modules. */
const pure = ['base', 'allocator', 'transparency'];
const below = [...pure, 'domain', 'texts'];
const usecases = [...below, 'identity', 'store', 'notifications', 'papers', 'metrics', 'usecases'];
const mayImport: Record<string, readonly string[]> = {
  base: [],
  metrics: [],
  allocator: ['base'],
  transparency: ['base'],
  texts: ['base'],
  domain: pure,
  simulator: ['base', 'allocator', 'domain'],
  identity: below,
  store: below,
  notifications: below,
  papers: [...below, 'identity'],
  usecases,
  web: ['base', 'domain', 'texts'],
  workers: usecases,
  api: [...usecases, 'web'],
  config: usecases,
  embedded: [...usecases, 'shutdown.ts'],
};

/** What runs in a browser may know the pure folders too. */
const browserMayImport = [...pure, 'domain', 'simulator', 'texts'];

interface SourceFile {
  readonly file: string;
  readonly folder: string;
  readonly text: string;
  /** Files of ours that it imports, types included. */
  readonly imports: readonly string[];
}

const files: SourceFile[] = globSync('src/**/*.ts').map((file) => {
  const text = readFileSync(file, 'utf8');
  return { file, folder: file.split('/')[1] ?? '', text, imports: importsOf(file, text) };
});
const folderFiles = files.filter(({ file }) => file.split('/').length > 2);

function importsOf(file: string, text: string): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'((?:\.\.?\/|#src\/)[^']+)'/g)]
    .map((match) => (match[1] ?? '').replace('#src/', '/src/'))
    .map((name) => new URL(name, `file:///${file}`).pathname.slice(1))
    .filter((path) => path.startsWith('src/'));
}

function allowed({ file, folder }: SourceFile): readonly string[] {
  const table = mayImport[folder] ?? [];
  return file.includes('/browser/') ? [...table, ...browserMayImport] : table;
}

function offenders(pattern: RegExp, folder?: string): string[] {
  return files
    .filter(({ file }) => file !== 'src/main.ts')
    .filter((source) => folder === undefined || source.folder === folder)
    .flatMap(({ file, text }) => text.split('\n').map((line, i) => ({ file, line, at: i + 1 })))
    .filter(({ line }) => pattern.test(line))
    .map(({ file, line, at }) => `${file}:${at} ${line.trim()}`);
}

/** Groups of files that import each other, directly or not (Tarjan 1972). */
function circles(): string[][] {
  const importsBy = new Map(files.map(({ file, imports }) => [file, imports]));
  const number = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): void => {
    number.set(file, number.size);
    lowest.set(file, number.get(file) ?? 0);
    open.push(file);
    for (const next of importsBy.get(file) ?? []) {
      if (!importsBy.has(next)) continue;
      if (!number.has(next)) visit(next);
      if (open.includes(next)) {
        const low = Math.min(lowest.get(file) ?? 0, lowest.get(next) ?? 0);
        lowest.set(file, low);
      }
    }
    if (lowest.get(file) !== number.get(file)) return;
    const group = open.splice(open.indexOf(file));
    if (group.length > 1) found.push(group.sort());
  };
  for (const { file } of files) if (!number.has(file)) visit(file);
  return found;
}

test('every folder of src/ is in the table', () => {
  const folders = new Set(folderFiles.map(({ folder }) => folder));
  expect(Object.keys(mayImport)).toEqual(expect.arrayContaining([...folders]));
});

test('a folder imports only what the table allows', () => {
  // Files directly under src/ are wiring: only main.ts may know them.
  const refused = folderFiles.flatMap((source) =>
    source.imports
      .filter((path) => {
        const folder = path.split('/')[1] ?? '';
        return folder !== source.folder && !allowed(source).includes(folder);
      })
      .map((path) => `${source.file} → ${path}`),
  );
  expect(refused).toEqual([]);
});

test('no files import each other in a circle, not even types', () => {
  expect(circles()).toEqual([]);
});

test('only the API knows express; only workers and the core of the store know bullmq', () => {
  const importers = (name: string) =>
    files.filter(({ text }) => new RegExp(`from '${name}'`).test(text)).map(({ file }) => file);
  expect(importers('express').filter((file) => !file.startsWith('src/api/'))).toEqual([]);
  const queues = /^src\/(workers|store\/core)\//;
  expect(importers('bullmq').filter((file) => !queues.test(file))).toEqual([]);
});

test('only the kit of the API writes to an answer', () => {
  const writing = /\bres(?:ponse)?\s*\.\s*(?:json|send|end|write|setHeader|status|type|redirect)\b/;
  const written = offenders(writing, 'api').filter((one) => !one.startsWith('src/api/http/'));
  expect(written).toEqual([]);
  // Nor can it: nobody else is handed one.
  const handed = offenders(/from 'express'/, 'api');
  expect(handed.filter((one) => !one.startsWith('src/api/http/'))).toEqual([]);
});

test.each(['base', 'allocator', 'transparency', 'domain'])(
  '%s is deterministic and synchronous',
  (folder) => {
    const impure = /Math\.random|Date\.now|new Date\(\)|\basync\b|\bawait\b|process\.|from 'node:/;
    expect(offenders(impure, folder)).toEqual([]);
  },
);

test('only src/main.ts looks at the environment, and hands it to src/config', () => {
  expect(offenders(/process\.env/)).toEqual([]);
});

test('only src/main.ts looks at the clock: everyone else is told the time', () => {
  expect(offenders(/Date\.now|new Date\(\)|DateTime\.(?:now|local|utc)\(\)/)).toEqual([]);
});
