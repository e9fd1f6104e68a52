import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Request, Response } from 'express';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import { IMMUTABLE, publicFor, setCacheHeaders } from '../http/cacheable.ts';
import type { ApiDeps } from '../http/deps.ts';

interface RecordRequest {
  readonly req: Request;
  readonly res: Response;
  readonly prefecture: string;
  /** A draw that has a result. */
  readonly draw: DrawRecord;
  /** `result` ends before the events and never changes. */
  readonly part: 'all' | 'result';
}

/**
 * Streams the record of a draw, gzipped for those who take it. Reads the next part only when the
 * last has gone out, so a slow reader costs one part of memory.
 */
export async function sendRecord(
  { store }: Pick<ApiDeps, 'store'>,
  { req, res, prefecture, draw, part }: RecordRequest,
): Promise<void> {
  const gzip = req.acceptsEncodings(['gzip', 'identity']) === 'gzip';
  const events = part === 'all' ? await store.draws.countEvents(prefecture, draw.id) : 'result';
  // Nothing follows in a void draw.
  const final = part === 'result' || draw.state === 'void';
  const tag = `${draw.outcomeHash?.slice(0, 22)}-${events}${gzip ? '-gz' : ''}`;
  setCacheHeaders(res, tag, final ? IMMUTABLE : publicFor(10));
  res.vary('Accept-Encoding');
  if (req.fresh) {
    res.status(304).end();
    return;
  }
  res.type('application/x-ndjson');
  if (gzip) res.setHeader('Content-Encoding', 'gzip');
  if (req.method === 'HEAD') {
    res.end();
    return;
  }
  const all = store.draws.record(prefecture, draw.id);
  const parts = Readable.from(part === 'all' ? all : beforeEvents(all), { highWaterMark: 1 });
  const sent = gzip ? pipeline(parts, createGzip(), res) : pipeline(parts, res);
  await sent.catch((error: unknown) => {
    // The reader has gone: nobody is left to tell.
    if (!isHungUp(error)) throw error;
  });
}

/** JCS sorts members, so that only events begin with `at`. */
const EVENT_START = '{"at":';

async function* beforeEvents(parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const part of parts) {
    if (part.subarray(0, EVENT_START.length).toString() === EVENT_START) return;
    yield part;
  }
}

/** Whether it failed only because the reader has gone. Pure. */
export function isHungUp(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
