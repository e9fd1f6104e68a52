import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { languages } from '#src/base/languages.ts';

test('no place but the table of languages lists them, or asks for one by its code', () => {
  const codes = languages.join('|');
  const code = new RegExp(`'(?:${codes})'|\\b(?:${codes})\\??: |label-(?:${codes})'`);
  const others = globSync('{src,scripts}/**/*.ts')
    // Catalogues may use the letters of a code as a word: “de”.
    .filter((file) => !/^src\/texts\/[a-z]+\//.test(file))
    // Samples that benchmarks send.
    .filter((file) => !file.startsWith('scripts/bench/'))
    // What countries are called is no text of ours: it has its own names of languages.
    .filter((file) => !/^src\/(?:base\/languages|identity\/person\/countries)\.ts$/.test(file))
    .filter((file) => code.test(readFileSync(file, 'utf8')));
  expect(others).toEqual([]);
});
