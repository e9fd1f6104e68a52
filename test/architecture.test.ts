import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** What each folder of src/ may import, besides itself and Node's and npm's modules. */
const mayImport: Record<string, readonly string[]> = {
  allocator: [],
  metrics: [],
  simulator: ['allocator'],
  store: ['allocator'],
  identity: ['allocator'],
  notifications: ['allocator'],
  // A thread starts from a file of its own, so nobody can hand it a SHA-256.
  workers: ['allocator', 'store', 'identity', 'notifications', 'metrics', 'node-sha256.ts'],
  api: ['allocator', 'store', 'identity', 'notifications', 'metrics', 'web'],
  web: ['allocator', 'store', 'identity', 'notifications', 'metrics'],
};

const folderFiles = globSync('src/*/**/*.ts').map((file) => ({
  file,
  text: readFileSync(file, 'utf8'),
}));

test.each(folderFiles)('$file imports only what its folder may', ({ file, text }) => {
  const folder = file.split('/')[1] ?? '';
  const ours = [...text.matchAll(/(?:from|import)\s*\(?'((?:\.\.?\/|#src\/)[^']+)'/g)]
    .map((match) => new URL((match[1] ?? '').replace('#src/', '/src/'), `file:///${file}`))
    .map((url) => url.pathname.split('/').slice(1))
    .filter((path) => path[0] === 'src' && path[1] !== folder);
  for (const path of ours) {
    // Any other file directly under src/ is wiring (config, shutdown): only main.ts may know it.
    expect(mayImport[folder], `${file} imports ${path.join('/')}`).toContain(path[1]);
  }
});

test.each(folderFiles.filter(({ file }) => file.startsWith('src/allocator/')))(
  '$file is deterministic and synchronous',
  ({ text }) =>
    expect(text).not.toMatch(
      /Math\.random|Date\.now|new Date\(\)|\basync\b|\bawait\b|process\.|node:/,
    ),
);

test.each(folderFiles)('$file leaves the environment to src/config.ts', ({ text }) => {
  expect(text).not.toMatch(/process\.env/);
});

test.each(folderFiles)('$file is told the time', ({ text }) => {
  expect(text).not.toMatch(/Date\.now|new Date\(\)|DateTime\.(?:now|local|utc)\(\)/);
});
