import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createHttpServer, lookAt } from '#src/api/http/server.ts';

const short = { headersMs: 200, requestMs: 200, readerMs: 100, checkMs: 20 };

async function listening(app: RequestListener) {
  const server = createHttpServer(app, short).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return () => connect(port, '127.0.0.1');
}

describe('who reads', () => {
  test('nothing of an answer without end is cut off, and the answer ends', async () => {
    const sent: Promise<unknown>[] = [];
    const open = await listening((_req, res) => {
      const endless = Readable.from(
        (function* () {
          for (;;) yield Buffer.alloc(16_384);
        })(),
      );
      sent.push(pipeline(endless, res).catch((error: unknown) => error));
    });
    const socket = open();
    socket.on('error', () => {});
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    // It takes the first bytes, and no more.
    await once(socket, 'readable');
    expect(await sent[0]).toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
    socket.destroy();
  });

  test('slowly, but at all, is not slow; for whom nothing waits is not slow either', () => {
    const fresh = { taken: 0, idleChecks: 0 };
    const stuck = lookAt(fresh, { bytesWritten: 16_384, writableLength: 16_384 });
    expect(stuck).toEqual({ taken: 0, idleChecks: 1 });
    expect(lookAt(stuck, { bytesWritten: 16_384, writableLength: 16_384 }).idleChecks).toBe(2);
    expect(lookAt(stuck, { bytesWritten: 32_768, writableLength: 16_384 }).idleChecks).toBe(0);
    expect(lookAt(stuck, { bytesWritten: 0, writableLength: 0 }).idleChecks).toBe(0);
  });
});

describe('who sends', () => {
  test.each([
    ['headers', 'GET / HTTP/1.1\r\nHost: x\r\n'],
    ['a body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc'],
  ])('%s without end is answered 408', async (_what, begun) => {
    const open = await listening((req, res) => {
      req.resume();
      req.on('end', () => res.end());
    });
    const socket = open();
    socket.write(begun);
    const answer = Buffer.concat(await socket.toArray()).toString();
    expect(answer).toContain('408 Request Timeout');
  });
});
