import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** What each folder of src/ may import, besides itself and Node's and npm's modules. */
const mayImport: Record<string, readonly string[]> = {
  allocator: [],
  metrics: [],
  simulator: ['allocator'],
  // A hash has no state and no choice: handing it in to every store would say nothing.
  store: ['allocator', 'node-sha256.ts'],
  identity: ['allocator'],
  notifications: ['allocator'],
  papers: ['allocator', 'identity'],
  // A thread starts from a file of its own, so nobody can hand it a SHA-256.
  workers: ['allocator', 'store', 'identity', 'notifications', 'metrics', 'node-sha256.ts'],
  api: [
    'allocator',
    'store',
    'identity',
    'notifications',
    'papers',
    'metrics',
    'web',
    'node-sha256.ts',
  ],
  web: ['allocator', 'store', 'identity', 'notifications', 'papers', 'metrics'],
};

interface SourceFile {
  readonly file: string;
  readonly folder: string;
  readonly text: string;
}

const files: SourceFile[] = globSync('src/**/*.ts').map((file) => ({
  file,
  folder: file.split('/')[1] ?? '',
  text: readFileSync(file, 'utf8'),
}));
const folderFiles = files.filter(({ file }) => file.split('/').length > 2);

/** What a file imports of ours outside its folder, as `<file> → src/<path>`. */
function foreignImports({ file, folder, text }: SourceFile): { path: string[]; name: string }[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'((?:\.\.?\/|#src\/)[^']+)'/g)]
    .map((match) => new URL((match[1] ?? '').replace('#src/', '/src/'), `file:///${file}`))
    .map((url) => url.pathname.split('/').slice(1))
    .filter((path) => path[0] === 'src' && path[1] !== folder)
    .map((path) => ({ path, name: `${file} → ${path.join('/')}` }));
}

function offenders(pattern: RegExp, folder?: string): string[] {
  return files
    .filter(({ file }) => file !== 'src/main.ts')
    .filter((source) => folder === undefined || source.folder === folder)
    .flatMap(({ file, text }) => text.split('\n').map((line, i) => ({ file, line, at: i + 1 })))
    .filter(({ line }) => pattern.test(line))
    .map(({ file, line, at }) => `${file}:${at} ${line.trim()}`);
}

test('every folder of src/ is in the table', () => {
  const folders = new Set(folderFiles.map(({ folder }) => folder));
  expect(Object.keys(mayImport)).toEqual(expect.arrayContaining([...folders]));
});

test('a folder imports only what the table allows', () => {
  // Any other file directly under src/ is wiring (config, shutdown): only main.ts may know it.
  const refused = folderFiles.flatMap((source) =>
    foreignImports(source)
      .filter(({ path }) => !mayImport[source.folder]?.includes(path[1] ?? ''))
      .map(({ name }) => name),
  );
  expect(refused).toEqual([]);
});

test('the allocator is deterministic and synchronous', () => {
  const impure = /Math\.random|Date\.now|new Date\(\)|\basync\b|\bawait\b|process\.|node:/;
  expect(offenders(impure, 'allocator')).toEqual([]);
});

test('only src/main.ts looks at the environment, and hands it to src/config.ts', () => {
  expect(offenders(/process\.env/)).toEqual([]);
});

test('only src/main.ts looks at the clock: everyone else is told the time', () => {
  expect(offenders(/Date\.now|new Date\(\)|DateTime\.(?:now|local|utc)\(\)/)).toEqual([]);
});
