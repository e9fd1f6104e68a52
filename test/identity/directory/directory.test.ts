import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkDocuments, type Registry } from '#src/identity/directory/directory.ts';
import { encodeRegistry, openFileRegistry } from '#src/identity/directory/file.ts';
import { createHttpRegistry } from '#src/identity/directory/http.ts';
import { newKeyring } from '../support.ts';

const number = (i: number) => String(i).padStart(10, '0');

describe('a registry in a file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tirage-registry-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  const keyring = newKeyring('k1');
  const write = (name: string, bytes: Buffer) => {
    const file = join(directory, name);
    writeFileSync(`${file}.new`, bytes);
    renameSync(`${file}.new`, file);
    return file;
  };
  const errors: string[] = [];
  const time = { nowMs: 0 };
  const open = (file: string, ring = keyring) =>
    openFileRegistry({
      ...{ file, keyring: ring, clock: () => time.nowMs },
      onError: (reason) => void errors.push(reason),
    });

  test('knows its numbers and no other', async () => {
    const numbers = Array.from({ length: 10_000 }, (_, i) => number(3 * i));
    const registry = await open(write('many', encodeRegistry(keyring, numbers)));
    for (const known of [0, 3, 15_000, 29_997]) {
      expect(await registry.check(number(known))).toBe('known');
    }
    for (let i = 0; i < 1000; i += 1)
      expect(await registry.check(number(3 * i + 1))).toBe('unknown');
  });

  test('may hold one number, none, or one twice, and shows none of them', async () => {
    const one = encodeRegistry(keyring, [number(7), number(7)]);
    expect(one).toHaveLength(64 + 8);
    expect(one.toString('latin1')).not.toContain(number(7));
    expect(await (await open(write('one', one))).check(number(7))).toBe('known');
    expect(await (await open(write('none', encodeRegistry(keyring, [])))).check(number(7))).toBe(
      'unknown',
    );
  });

  test('that is torn, of another key or no registry is refused', async () => {
    const good = encodeRegistry(keyring, [number(1), number(2)]);
    await expect(open(write('torn', good.subarray(0, -1)))).rejects.toThrow('torn');
    await expect(open(write('x', Buffer.from('9912345678\n')))).rejects.toThrow('npm run registry');
    await expect(open(write('key', good), newKeyring('k2'))).rejects.toThrow('key k1');
    await expect(open(join(directory, 'nothing'))).rejects.toThrow('ENOENT');
  });

  test('a newer file in its place is taken up; a broken one is not', async () => {
    const file = write('renewed', encodeRegistry(keyring, [number(1)]));
    const registry = await open(file);
    write('renewed', encodeRegistry(keyring, [number(1), number(2)]));
    expect(await registry.check(number(2))).toBe('unknown');
    time.nowMs += 60_000;
    await expect.poll(() => registry.check(number(2))).toBe('known');
    write('renewed', Buffer.from('broken'));
    time.nowMs += 60_000;
    await registry.check(number(2));
    await expect.poll(() => errors).toHaveLength(1);
    expect(await registry.check(number(2))).toBe('known');
  });
});

describe('a registry behind HTTP', () => {
  type Manner = (response: ServerResponse, body: string) => void;
  const answering =
    (text: string, status = 200): Manner =>
    (response) =>
      void response.writeHead(status).end(text);
  const asked: { body: string; token: string | undefined }[] = [];
  let manner: Manner;
  let url = '';
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    asked.push({ body, token: request.headers.authorization });
    manner(response, body);
  });
  const time = { nowMs: 0 };
  let registry: Registry;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/check`; // it listens on TCP
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(() => {
    asked.length = 0;
    registry = createHttpRegistry({
      ...{ url, token: 'a token of the registry', clock: () => time.nowMs, timeoutMs: 100 },
    });
  });

  test('is asked with its token, the number in the body only', async () => {
    manner = (response, body) =>
      answering(JSON.stringify({ known: body.includes('1') }))(response, '');
    expect(await registry.check(number(1))).toBe('known');
    expect(await registry.check(number(2))).toBe('unknown');
    const token = 'Bearer a token of the registry';
    expect(asked[0]).toEqual({ body: '{"agdref":"0000000001"}', token });
  });

  test.each([
    ['an error', answering('{"known":true}', 500)],
    ['no access', answering('{"known":false}', 401)],
    [
      'another place',
      ((response) => void response.writeHead(302, { location: url }).end()) as Manner,
    ],
    ['no JSON', answering('<html>')],
    ['another JSON', answering('{"known":"yes"}')],
    ['an endless answer', answering(`{"known":true,"x":"${'x'.repeat(5000)}"}`)],
    ['a torn answer', ((response) => void response.destroy()) as Manner],
    ['silence', (() => {}) as Manner],
  ])('%s is no answer: asked twice, then unavailable', async (_, one) => {
    manner = one;
    expect(await registry.check(number(1))).toBe('unavailable');
    expect(asked).toHaveLength(2);
  });

  test('one failure is made good by asking again', async () => {
    manner = (response) =>
      answering('{"known":true}', asked.length === 1 ? 503 : 200)(response, '');
    expect(await registry.check(number(1))).toBe('known');
  });

  test('after five failures nobody asks for 30 s, then one does, until it is answered', async () => {
    manner = answering('', 503);
    for (let i = 0; i < 5; i += 1) await registry.check(number(1));
    expect(asked).toHaveLength(10);
    expect(await registry.check(number(1))).toBe('unavailable');
    expect(asked).toHaveLength(10);
    time.nowMs += 30_000;
    await Promise.all(Array.from({ length: 20 }, () => registry.check(number(1))));
    expect(asked).toHaveLength(12);
    time.nowMs += 30_000;
    manner = answering('{"known":true}');
    expect(await registry.check(number(1))).toBe('known');
    expect(await registry.check(number(1))).toBe('known');
  });

  test('is not asked more than fifty at once', async () => {
    registry = createHttpRegistry({ url, token: 'x', clock: () => 0, timeoutMs: 10_000 });
    const waiting: ServerResponse[] = [];
    manner = (response) => {
      waiting.push(response);
      if (waiting.length === 50) for (const one of waiting) answering('{"known":true}')(one, '');
    };
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) => registry.check(number(i))),
    );
    expect(answers.filter((answer) => answer === 'known')).toHaveLength(50);
    expect(answers.filter((answer) => answer === 'unavailable')).toHaveLength(10);
  });
});

test('of documents only AGDREF numbers are asked about, and the unknown one is named', async () => {
  const registry: Registry = {
    check: (given) => Promise.resolve(given === number(1) ? 'known' : 'unknown'),
  };
  const passport = { kind: 'passport', country: 'MLI', number: 'AA1' } as const;
  const agdref = (i: number) => ({ kind: 'agdref', number: number(i) }) as const;
  expect(await checkDocuments(registry, [passport, agdref(1)])).toEqual({ answer: 'known' });
  expect(await checkDocuments(registry, [passport, agdref(2)])).toEqual({
    answer: 'unknown',
    index: 1,
  });
  expect(await checkDocuments(undefined, [agdref(2)])).toEqual({ answer: 'known' });
});
