import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';

export interface ServerPatience {
  /** For the headers of a request, and then for all of it. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** Without that a reader takes a piece of an answer that waits for it: 16 kB. */
  readonly readerMs: number;
  /** How often it is looked. */
  readonly checkMs: number;
}

const PATIENCE = { headersMs: 15_000, requestMs: 30_000, readerMs: 30_000, checkMs: 5000 };

/**
 * The HTTP server, before it listens. Who sends slowly is answered 408; who reads slowly is cut off,
 * so that nobody holds a connection, and what waits for it, as long as they like.
 */
export function createHttpServer(
  app: RequestListener,
  { headersMs, requestMs, readerMs, checkMs }: ServerPatience = PATIENCE,
): Server {
  const server = createServer(
    {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: checkMs,
    },
    app,
  );
  const readers = new Map<Socket, Reader>();
  server.on('connection', (socket: Socket) => {
    readers.set(socket, { taken: 0, idleChecks: 0 });
    socket.once('close', () => readers.delete(socket));
  });
  const mostChecks = Math.ceil(readerMs / checkMs);
  const timer = setInterval(() => {
    for (const [socket, reader] of readers) {
      const next = lookAt(reader, socket);
      if (next.idleChecks > mostChecks) socket.destroy();
      else readers.set(socket, next);
    }
  }, checkMs);
  timer.unref();
  server.on('close', () => clearInterval(timer));
  return server;
}

/** How far somebody has read, as of the last look. */
export interface Reader {
  /** Bytes that the connection took. */
  readonly taken: number;
  /** Looks at which bytes waited, and none had been taken since the one before. */
  readonly idleChecks: number;
}

/** The next look at who reads: a connection for which nothing waits is not slow. Pure. */
export function lookAt(
  { taken, idleChecks }: Reader,
  socket: Pick<Socket, 'bytesWritten' | 'writableLength'>,
): Reader {
  const takenNow = socket.bytesWritten - socket.writableLength;
  const isIdle = socket.writableLength > 0 && takenNow === taken;
  return { taken: takenNow, idleChecks: isIdle ? idleChecks + 1 : 0 };
}
