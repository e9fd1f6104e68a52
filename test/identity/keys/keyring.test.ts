import { randomBytes } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseKeyring, purposeKey, weakness } from '#src/identity/keys/keyring.ts';

const random = () => randomBytes(32).toString('base64');
const text = (word: string) => Buffer.from(word).toString('base64');

describe('a keyring', () => {
  test('uses its first key and finds every other by its id', () => {
    const ring = parseKeyring(`k2:${random()}, k1:${random()}`);
    expect(ring.current.id).toBe('k2');
    expect(ring.keys.map(({ id }) => id)).toEqual(['k2', 'k1']);
    expect(ring.find('k1')?.id).toBe('k1');
    expect(ring.find('k3')).toBeUndefined();
  });

  test.each([
    ['', 'key 1 must be written id:base64'],
    ['k1', 'key 1 must be written id:base64'],
    [`${random()}`, 'key 1 must be written id:base64'],
    [`k1:${random()},`, 'key 2 must be written id:base64'],
    [`k 1:${random()}`, 'key 1 must be written id:base64'],
    [`k1:${text('short')}`, 'key 1 must be 32 bytes, it has 5'],
    [`k1:${random()},k1:${random()}`, 'two keys of a keyring have the same id'],
  ])('refuses %j', (ring, message) => {
    expect(() => parseKeyring(ring)).toThrow(message);
    expect(weakness(ring)).toBe(message);
  });

  test('a refusal shows nothing of the key', () => {
    const secret = randomBytes(31).toString('base64');
    expect(weakness(`k1:${secret}`)).not.toContain(secret.slice(0, 8));
  });

  test('a key prints as an opaque object', () => {
    const key = parseKeyring(`k1:${random()}`).current;
    expect(JSON.stringify(key)).toBe('{"id":"k1","secret":{}}');
  });

  test('each purpose has a key of its own, the same every time', () => {
    const { current } = parseKeyring(`k1:${random()}`);
    const bytes = (purpose: string) => purposeKey(current, purpose).export().toString('hex');
    expect(bytes('a')).toBe(bytes('a'));
    expect(bytes('a')).not.toBe(bytes('b'));
  });
});

describe('weakness', () => {
  test.each([
    ['all bytes equal', Buffer.alloc(32, 7)],
    ['a repeated word', Buffer.from('deadbeef'.repeat(8), 'hex')],
    ['bytes that count up', Buffer.from(Array.from({ length: 32 }, (_, index) => index))],
    ['an example of the documentation', Buffer.from('example-key-do-not-use-anywhere!')],
  ])('names a key of %s', (_, bytes) => {
    expect(weakness(`k2:${random()},k1:${bytes.toString('base64')}`)).toMatch(/^key k1 is not/);
  });

  test('names a ring that holds one key under two ids', () => {
    const key = random();
    expect(weakness(`k2:${key},k1:${key}`)).toBe('a keyring holds the same key twice');
  });

  test('names a key that stands in public documentation', () => {
    const example = 'nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=';
    expect(weakness(`k1:${example}`)).toBe('key k1 is an example that everybody knows');
  });

  test('refuses every key that our own files show', () => {
    const files = globSync(['*.md', '*.yaml', 'Dockerfile', 'docs/**/*.md', 'examples/**/*.*']);
    expect(files).toEqual(expect.arrayContaining(['compose.yaml', 'docs/operations.md']));
    const shown = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/[\w-]{1,16}:[A-Za-z0-9+/_-]{43}=/g)].map(
        ([key]) => key,
      ),
    );
    expect(shown.filter((key) => weakness(key) === undefined)).toEqual([]);
  });

  test('finds nothing against random keys', () => {
    fc.assert(
      fc.property(fc.constant(undefined), () => {
        expect(weakness(`k2:${random()},k1:${random()}`)).toBeUndefined();
      }),
    );
  });
});
