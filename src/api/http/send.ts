import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { AnyReply, Cache, RawBody } from './route.ts';

/** What unpacking costs beside sending what lies there. */
const UNPACKED_COSTS = 4;
/** Bytes handed to a connection at once: by these it is seen that a reader reads. */
const BYTES_AT_ONCE = 16_384;

/** Counts what an answer costs beyond one request. @throws LimitReached */
export type Charge = (points: number) => Promise<void>;

/**
 * Sends what a handler returned: the only place, beside refusals and limits, that writes to an
 * answer. Nobody keeps it unless it says so. JSON goes out as one text, without negotiation.
 * `type` is the media type of a raw body; undefined: JSON.
 */
export async function send(
  req: Request,
  res: Response,
  reply: AnyReply,
  type?: string,
  charge?: Charge,
): Promise<void> {
  const isJson = type === undefined;
  const text = isJson && reply.body !== undefined ? JSON.stringify(reply.body) : undefined;
  const body = isJson ? text : (reply.body as RawBody | undefined); // typed by the route
  res.statusCode = reply.status;
  for (const [name, value] of Object.entries(reply.headers ?? {})) res.setHeader(name, value);
  const { gzipped } = reply;
  const gzip = gzipped !== undefined && req.acceptsEncodings(['gzip', 'identity']) === 'gzip';
  if (gzipped) res.vary('Accept-Encoding');
  setCache(res, reply.cache, body, gzip);
  if (reply.cache && req.fresh) {
    res.statusCode = 304;
    res.end();
  } else {
    if (gzipped && req.method !== 'HEAD') {
      await charge?.(gzipped.pieces * (gzip ? 1 : UNPACKED_COSTS));
    }
    if (body !== undefined)
      setType(res, type, reply.cache !== undefined && typeof body === 'string');
    if (gzip) res.setHeader('Content-Encoding', 'gzip');
    await write(req, res, gzip ? gzipped.body : body);
  }
  await reply.afterwards?.();
}

function setType(res: Response, type: string | undefined, isPublicText: boolean): void {
  if (res.hasHeader('Content-Type')) return;
  if (type === undefined) res.setHeader('Content-Type', 'application/json; charset=utf-8');
  else if (isPublicText) res.setHeader('Content-Type', `${type}; charset=utf-8`);
  else res.type(type);
}

/** Any page may read what is public: there is nothing in it that is not for everyone. */
function setCache(
  res: Response,
  cache: Cache | undefined,
  body: RawBody | undefined,
  gzip: boolean,
): void {
  if (cache === undefined) {
    if (!res.hasHeader('Cache-Control')) res.setHeader('Cache-Control', 'no-store');
    return;
  }
  const tag = cache.tag ?? tagOf(body);
  res.setHeader('ETag', `"${tag}${gzip ? '-gz' : ''}"`);
  res.setHeader('Cache-Control', cache.control);
  res.setHeader('Access-Control-Allow-Origin', '*');
}

function tagOf(body: RawBody | undefined): string {
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) {
    throw new Error('an answer in parts needs a tag of its own');
  }
  return hash('sha256', body, 'base64url').slice(0, 22);
}

async function write(req: Request, res: Response, body: RawBody | undefined): Promise<void> {
  if (body === undefined) return void res.end();
  if (typeof body === 'string' || body instanceof Uint8Array) {
    res.setHeader('Content-Length', Buffer.byteLength(body));
    return void (req.method === 'HEAD' ? res.end() : res.end(body));
  }
  if (req.method === 'HEAD') return void res.end();
  // The next part is read only when the last has gone out: a slow reader costs one part of memory.
  const parts = Readable.from(slicesOf(body), { highWaterMark: 1 });
  await pipeline(parts, res).catch((error: unknown) => {
    // The reader has gone: nobody is left to tell.
    if (!isHungUp(error)) throw error;
  });
}

async function* slicesOf(body: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const part of body) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    for (let at = 0; at < bytes.length; at += BYTES_AT_ONCE) {
      yield bytes.subarray(at, at + BYTES_AT_ONCE);
    }
  }
}

/** Whether it failed only because the reader has gone. Pure. */
function isHungUp(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
