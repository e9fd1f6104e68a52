import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBytes, readLines, readText } from '../../scripts/verify/read-lines.ts';

const text = 'one\ntwo\n';
const packed = gzipSync(text);

/** Servers as they are met, by path. */
const answers: Record<string, (res: ServerResponse) => void> = {
  '/plain': (res) => res.end(text),
  '/file.gz': (res) => res.end(packed),
  '/encoded': (res) => res.writeHead(200, { 'content-encoding': 'gzip' }).end(packed),
  '/moved': (res) => res.writeHead(302, { location: '/plain' }).end(),
  '/missing': (res) => res.writeHead(404).end(),
  '/broken': (res) =>
    res.writeHead(200, { 'content-length': 100 }).write('one\n', () => res.destroy()),
  '/silent': (res) => res.write('one\n'),
  '/bomb': (res) => res.end(gzipSync(Buffer.alloc(3_000_000))),
};

const server = createServer((req, res) => answers[req.url ?? '']?.(res));
let address = '';
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const limits = { bytes: 1_000_000, ms: 10_000 };

async function read(path: string, given = limits): Promise<string[]> {
  const batches = await Array.fromAsync(
    readLines(readBytes(`${address}${path}`, undefined, given)),
  );
  return batches.flat();
}

describe('an address', () => {
  test.each(['/plain', '/file.gz', '/encoded', '/moved'])('is read: %s', async (path) => {
    expect(await read(path)).toEqual(['one\n', 'two\n']);
  });

  test('that is short is read as one text', async () => {
    expect(await readText(`${address}/plain`)).toBe(text);
  });

  test('that answers an error, or stops in the middle, is refused', async () => {
    await expect(read('/missing')).rejects.toThrow('the server answered 404');
    await expect(read('/broken')).rejects.toThrow();
  });

  test('that never ends is given up', async () => {
    await expect(read('/silent', { ...limits, ms: 100 })).rejects.toThrow('timeout');
    await expect(read('/bomb')).rejects.toThrow('longer than 1000000 bytes');
  });
});
