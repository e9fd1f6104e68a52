import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Line {
  readonly at: string;
  readonly line: string;
}

const linesOf = (pattern: string): Line[] =>
  globSync(pattern).flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .map((line, index) => ({ at: `${file}:${index + 1}`, line })),
  );
const lua = linesOf('src/store/*/lua/*.lua').filter(({ line }) => !/^\s*--/.test(line));
const source = linesOf('src/**/*.ts');
const matching = (lines: readonly Line[], pattern: RegExp) =>
  lines.filter(({ line }) => pattern.test(line)).map(({ at, line }) => `${at} ${line.trim()}`);

test('a script is the text of a file, whole, and everything else goes to it as an argument', () => {
  expect(lua.length).toBeGreaterThan(500);
  // In one place, with the source as it was read: no template, no joining.
  const runs = matching(source, /\.(eval|evalsha|eval_ro|evalsha_ro|fcall|defineCommand)\(/);
  expect(runs.map((run) => run.replace(/^\S+ /, ''))).toEqual([
    '.evalsha(this.#sha1, keyCount, ...call)',
    'return redis.eval(this.#source, keyCount, ...call);',
  ]);
  for (const run of runs) expect(run).toMatch(/^src\/store\/core\/script\.ts:/);
  // What is put before the body are names, which its header gives: letters, digits, underscores.
  // The guard is a file as well, with one number in it.
  const made = matching(source, /#source =|\bloadScript\(file\);/);
  expect(made.map((line) => line.replace(/^\S+ /, ''))).toEqual([
    'const { source, header } = loadScript(file);',
    "this.#source = (isGuarded ? guard : '') + source;",
  ]);
});

test('every script is named by a constant', () => {
  const text = globSync('src/**/*.ts')
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const made = [...text.matchAll(/new Script\(\s*([^,]+),/g)].map((match) => match[1]);
  expect(made.length).toBeGreaterThan(30);
  expect(made.filter((name) => !/^'[a-z]+\/[a-z-]+\.lua'$/.test(name ?? ''))).toEqual([]);
});

test('no script runs text as code', () => {
  expect(matching(lua, /\b(loadstring|load|dofile|setfenv|require|rawset|_G)\b/)).toEqual([]);
});

test('no script encodes: an empty list would become an object', () => {
  expect(matching(lua, /\bc(json|msgpack)\b/)).toEqual([]);
});

test('no script takes the name of a command, or a pattern, from an argument', () => {
  const calls = lua.filter(({ line }) => /redis\.p?call\(/.test(line));
  expect(calls.length).toBeGreaterThan(150);
  const named = /redis\.p?call\(('[A-Z]+'|.* and '[A-Z]+' or '[A-Z]+')/;
  expect(calls.filter(({ line }) => !named.test(line))).toEqual([]);
  const patterns = matching(lua, /string\.(find|match|gmatch|gsub)\(/);
  expect(patterns.filter((one) => !/, '[^']+'(, 1, true)?\)/.test(one))).toEqual([]);
});
