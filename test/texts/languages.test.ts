import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { languages } from '#src/base/languages.ts';

/** Files that still list languages, or ask for one of them. The list only gets shorter. */
const toMend: readonly RegExp[] = [/^src\/web\//, /^src\/api\/pages\//];

test('no place but the table of languages lists them, or asks for one by its code', () => {
  const code = new RegExp(`'(?:${languages.join('|')})'`);
  const others = globSync('src/**/*.ts')
    // What countries are called is no text of ours: it has its own names of languages.
    .filter((file) => !/^src\/(?:base\/languages|identity\/person\/countries)\.ts$/.test(file))
    .filter((file) => !toMend.some((path) => path.test(file)))
    .filter((file) => code.test(readFileSync(file, 'utf8')));
  expect(others).toEqual([]);
});
