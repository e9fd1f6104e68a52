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

/** What pure folders may import of npm, and nothing else that is not ours. */
const packages: Record<string, readonly string[]> = {
  base: ['canonicalize', 'zod'],
  allocator: ['@noble/curves/bls12-381.js'],
  transparency: [],
  texts: ['intl-messageformat'],
  domain: ['cron-parser', 'luxon', 'zod'],
  simulator: [],
  metrics: ['prom-client'],
};

/** What runs in a browser may know the pure folders too. */
const browserMayImport = [...pure, 'domain', 'simulator', 'texts'];

interface SourceFile {
  readonly file: string;
  readonly folder: string;
  readonly text: string;
  /** Files of ours that it imports, types included. */
  readonly imports: readonly string[];
  /** Modules of npm and of Node that it imports, types included. */
  readonly modules: readonly string[];
}

const files: SourceFile[] = globSync('src/**/*.ts').map((file) => {
  const text = readFileSync(file, 'utf8');
  const folder = file.split('/')[1] ?? '';
  return { file, folder, text, imports: importsOf(file, text), modules: modulesOf(text) };
});
const folderFiles = files.filter(({ file }) => file.split('/').length > 2);

function importsOf(file: string, text: string): string[] {
  return namesIn(text)
    .filter((name) => /^(?:\.|#src\/)/.test(name))
    .map((name) => name.replace('#src/', '/src/'))
    .map((name) => new URL(name, `file:///${file}`).pathname.slice(1))
    .filter((path) => path.startsWith('src/'));
}

function modulesOf(text: string): string[] {
  return namesIn(text).filter((name) => !/^[.#]/.test(name));
}

/** What is imported, also later (`import(…)`), or started as a thread (`new URL('./….ts'`). */
function namesIn(text: string): string[] {
  const imported = /(?:\bfrom|\bimport\s*\(?)\s*'([^'\s]+)'|new URL\('([^']+\.ts)', import\.meta/g;
  return [...text.matchAll(imported)].map(([, name, thread]) => name ?? thread ?? '');
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

/** The folder or file of a folder of src/ that a file belongs to. */
function partOf({ file }: SourceFile): string {
  return file.split('/')[2] ?? '';
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
    files.filter(({ modules }) => modules.includes(name)).map(({ file }) => file);
  expect(importers('express').filter((file) => !file.startsWith('src/api/'))).toEqual([]);
  const queues = /^src\/(workers|store\/core)\//;
  expect(importers('bullmq').filter((file) => !queues.test(file))).toEqual([]);
});

test('pure folders import nothing of npm or Node but what the table names', () => {
  const refused = folderFiles
    .filter(({ file }) => !file.includes('/browser/'))
    .flatMap(({ file, folder, modules }) =>
      modules
        .filter((name) => packages[folder]?.includes(name) === false)
        .map((name) => [file, name]),
    );
  expect(refused).toEqual([]);
});

test('the allocator is the lottery and nothing else', () => {
  const parts = new Set(files.filter(({ folder }) => folder === 'allocator').map(partOf));
  expect([...parts].sort()).toEqual(['draw', 'entropy', 'record', 'types.ts']);
});

test('local time is computed in one file', () => {
  const users = globSync('{src,scripts}/**/*.ts').filter((file) =>
    modulesOf(readFileSync(file, 'utf8')).includes('luxon'),
  );
  expect(users).toEqual(['src/domain/local-time.ts']);
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
    const ofNode =
      /^(?!\s*(?:\*|\/[/*])).*\b(?:Buffer|set(?:Timeout|Interval|Immediate)|fetch|performance)\b/;
    expect([...offenders(impure, folder), ...offenders(ofNode, folder)]).toEqual([]);
  },
);

test('only src/main.ts looks at the environment, and hands it to src/config', () => {
  expect(offenders(/process\.env/)).toEqual([]);
});

test('nothing in src plays time: what runs in production freezes by the clock of Redis', () => {
  expect(offenders(/playsTime:\s*true|TIRAGE_\w*CLOCK/)).toEqual([]);
  expect(readFileSync('src/main.ts', 'utf8')).not.toMatch(/playsTime/);
});

test('only src/main.ts looks at the clock: everyone else is told the time', () => {
  const looks = offenders(/Date\.now|new Date\(\)|DateTime\.(?:now|local|utc)\(\)/);
  // In a browser there is no src/main.ts: the bundle's own first file is.
  const inBrowser = /^src\/web\/verifier\/browser\/worker\.ts:/;
  expect(looks.filter((one) => !inBrowser.test(one))).toEqual([]);
  expect(looks.filter((one) => inBrowser.test(one))).toHaveLength(1);
});
