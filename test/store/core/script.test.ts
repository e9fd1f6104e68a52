import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { compileScript, readScript, Script } from '#src/store/core/script.ts';
import { useRedis } from '../../support/redis.ts';

const redis = useRedis();
/** Functions that other scripts include: not scripts by themselves. */
const isShared = (path: string) => !/^-- Returns /m.test(readFileSync(path, 'utf8'));
const files = globSync('src/store/*/lua/*.lua')
  .filter((path) => !isShared(path))
  .map((path) => path.replace('src/store/', '').replace('/lua/', '/'));

test('an include line is replaced by the shared functions it names', () => {
  const source = readScript('entries/leave.lua');
  expect(source).not.toMatch(/^-- include/m);
  expect(source.match(/local function (write_entry|append_leaf|append_event)\(/g)).toHaveLength(3);
});

test('every script is read', () => {
  expect(files.length).toBeGreaterThan(30);
});

test.each(files)('%s compiles, and its body has the names of its header', async (file) => {
  expect(await redis.script('LOAD', readScript(file))).toMatch(/^[0-9a-f]{40}$/);
});

/** Scripts that compare with what was read, one at a time: one of a list says how many it changed. */
const comparing = files.filter((file) => /^-- ARGV\[\d+\].* as read\b/m.test(readScript(file)));

test('a compare-and-set answers done or conflict', () => {
  expect(comparing.length).toBeGreaterThan(10);
  for (const file of comparing) {
    const returns = /^-- Returns .*\n(-- .+\n)*/m.exec(readScript(file))?.[0] ?? '';
    expect([file, returns]).toEqual([file, expect.stringMatching(/'done'.*'conflict'/s)]);
  }
});

test('a header gives names to keys and arguments, in the order of their numbers', () => {
  const source = compiled(['-- KEYS[2]  b  hash', '-- ARGV[3…] rest  at most 9'], 'use(b, rest)');
  expect(source.split('\n').slice(-5)).toEqual([
    'local a, b = KEYS[1], KEYS[2]',
    'local one, two = ARGV[1], ARGV[2]',
    'local rest = { unpack(ARGV, 3) }',
    '',
    'return call(a, one, two) or use(b, rest)',
  ]);
});

test('what a header says each of a list holds is decoded', () => {
  const source = compiled(
    ['-- ARGV[3…] items  at most 9, each in JSON:', '--   .id', '--   .text?  or none'],
    'use(items[1].id, items[1].text)',
  );
  expect(source).toContain('for at = 1, #items do items[at] = cjson.decode(items[at]) end');
});

const refusals: [why: string, lines: string[], more: string, error: RegExp][] = [
  ['a gap', ['-- KEYS[3]  c  hash'], 'c', /KEYS\[3\] stands where 2 is due/],
  ['a number twice', ['-- ARGV[2]  c'], 'c', /ARGV\[2\] stands where 3 is due/],
  ['a name twice', ['-- ARGV[3]  a'], 'a', /a is there twice/],
  ['a name that is no name', ['-- ARGV[3]  the entry'], '1', /a line nobody can read: .*the entry/],
  ['a word of Lua', ['-- ARGV[3]  end'], '1', /end is a word of Lua/],
  ['a key without a type', ['-- KEYS[2]  c'], 'c', /KEYS\[2\] c does not say its type/],
  ['a list without a bound', ['-- ARGV[3…] c  texts'], 'c', /c needs a bound/],
  ['a list too long for one call', ['-- ARGV[3…] c  at most 5001'], 'c', /at most 5000/],
  ['more after a list', ['-- ARGV[3…] c  at most 1', '-- ARGV[4]  d'], 'c', /after the list c/],
  ['a name that is not used', ['-- ARGV[3]  c'], '1', /c is not used/],
  ['a name in a comment only', ['-- ARGV[3]  c'], '1 -- c', /c is not used/],
  ['a name in a text only', ['-- ARGV[3]  c'], "'c'", /c is not used/],
  ['a key by number', [], 'KEYS[2]', /uses KEYS by number/],
  ['an argument by number', [], 'ARGV[1]', /uses ARGV by number/],
  [
    'a member that is not there',
    ['-- ARGV[3…] c  at most 1:', '--   .id'],
    'c[1].ids',
    /\.ids is not/,
  ],
  ['a member of nothing', [], 'a.id', /a\.id is not in its header/],
  [
    'an idle member',
    ['-- ARGV[3…] c  at most 1:', '--   .id', '--   .x'],
    'c[1].id',
    /\.x is not used/,
  ],
  ['a member twice', ['-- ARGV[3…] c  at most 1:', '--   .id', '--   .id'], 'c', /member id twice/],
  ['members of keys', ['-- KEYS[2…] c  hash  at most 1:', '--   .id'], 'c', /keys have no members/],
  ['a long string', [], '[[a]]', /long strings/],
];
test.each(refusals)('a script with %s does not load', (_, lines, more, error) => {
  expect(() => compiled(lines, more)).toThrow(error);
});

test('a script that does not say what it returns does not load', () => {
  const text = ['-- A script.', '-- KEYS[1]  a  hash', '', 'return a'].join('\n');
  expect(() => compileScript('a/b.lua', text, () => '')).toThrow(
    /script a\/b.lua: .*what it returns/,
  );
});

test('a name that an included function has does not load', () => {
  const text = ['-- include x', '-- KEYS[1]  a  hash', '-- Returns 1', '', 'return a'].join('\n');
  const shared = 'local function a() return 1 end';
  expect(() => compileScript('a/b.lua', text, () => shared)).toThrow('a is what it includes');
});

/** A script of one key, two arguments and what is added. */
function compiled(lines: readonly string[], more: string): string {
  const header = ['-- KEYS[1]  a  hash', '-- ARGV[1]  one', '-- ARGV[2]  two', ...lines];
  const body = ['', `return call(a, one, two) or ${more}`];
  return compileScript('a/b.lua', [...header, '-- Returns 1', ...body].join('\n'), () => '').source;
}

const due = { keys: ['mailDue'], args: ['messages[]'] } as const;
const field = { keys: ['hash'], args: ['field before after'] } as const;
const changes = {
  keys: ['entries counts freezing before'],
  args: ['changes[]'],
  members: ['id old new'],
} as const;

test('TypeScript that names something else than the header does not load', () => {
  const file = 'core/replace-field.lua';
  const made = (names: { keys: string[]; args: string[]; members?: string[] }) => () =>
    new Script(file, names, z.string());
  expect(made({ keys: ['hash'], args: ['field before after'] })).not.toThrow();
  expect(made({ keys: ['hash'], args: ['after before', 'field'] })).not.toThrow();
  expect(made({ keys: [], args: ['field before after'] })).toThrow(
    /does not name hash among its keys/,
  );
  expect(made({ keys: ['hash'], args: ['field before'] })).toThrow(/not name after among its arg/);
  expect(made({ keys: ['hash key'], args: ['field before after'] })).toThrow(
    /no key among its keys/,
  );
  expect(made({ keys: ['hash'], args: ['field before after after'] })).toThrow(/arguments twice/);
  expect(made({ keys: ['hash[]'], args: ['field before after'] })).toThrow(/not name hash among/);
  expect(made({ ...field, keys: ['hash'], args: [...field.args], members: ['id'] })).toThrow(
    /no id among its members/,
  );
});

test('a missing, unknown or overlong argument is refused before anything is sent', async () => {
  const script = new Script('core/replace-field.lua', field, z.string());
  const args = { field: 'f', before: '1', after: '2' };
  await redis.hset('h', 'f', '1');
  // @ts-expect-error a key is missing
  await expect(script.run(redis, {}, args)).rejects.toThrow(/replace-field.lua: hash is missing/);
  // @ts-expect-error an argument is missing
  await expect(script.run(redis, { hash: 'h' }, { field: 'f', after: '2' })).rejects.toThrow(
    'before is missing',
  );
  // @ts-expect-error an argument is unknown
  await expect(script.run(redis, { hash: 'h' }, { ...args, more: '3' })).rejects.toThrow(
    'takes nothing but field,before,after',
  );
  // @ts-expect-error a key is unknown
  await expect(script.run(redis, { hash: 'h', other: 'o' }, args)).rejects.toThrow('nothing but');
  expect(await redis.hget('h', 'f')).toBe('1');

  const list = new Script('messages/drop-due.lua', due, z.int());
  // @ts-expect-error a text is no list
  await expect(list.run(redis, { mailDue: 'due' }, { messages: 'a' })).rejects.toThrow('missing');
  const tooMany = Array.from({ length: 501 }, String);
  await expect(list.run(redis, { mailDue: 'due' }, { messages: tooMany })).rejects.toThrow(
    '501 messages, and 500 at most',
  );
  expect(list.most).toBe(500);
});

test('a missing or unknown member, or a number that Lua would round, is refused', async () => {
  const script = new Script('entries/change-entries.lua', changes, z.int());
  const keys = { entries: 'e', counts: 'c', freezing: 'f', before: 'b' };
  const run = (id: string | number, rest: object) =>
    script.run(redis, keys, { changes: [{ id, old: 'a', new: 'b', ...rest }] });
  // @ts-expect-error a member is missing
  await expect(script.run(redis, keys, { changes: [{ id: 'i', old: 'a' }] })).rejects.toThrow(
    'new is missing in one of its changes',
  );
  await expect(run('i', { more: 1 })).rejects.toThrow('member that is not in the header');
  for (const number of [1e14, -1e14, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    await expect(run(number, {})).rejects.toThrow(`id is ${number}: numbers are whole`);
  }
  expect(await run(1e14 - 1, {})).toBe(0);
});

test('a script that the server forgot is loaded again', async () => {
  const script = new Script('messages/drop-due.lua', due, z.int());
  await redis.rpush('due', 'a');
  await redis.script('FLUSH');
  expect(await script.run(redis, { mailDue: 'due' }, { messages: ['a'] })).toBe(1);
  expect(await script.run(redis, { mailDue: 'due' }, { messages: ['a'] })).toBe(0);
});

test('a reply of another form is an error', async () => {
  const script = new Script('messages/drop-due.lua', due, z.literal('never'));
  const run = script.run(redis, { mailDue: 'due' }, { messages: ['a'] });
  await expect(run).rejects.toThrow(z.ZodError);
});
