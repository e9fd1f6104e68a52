import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Request, Response } from 'express';
import type { AnyReply, Cache, RawBody } from './route.ts';

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
): Promise<void> {
  const isJson = type === undefined;
  const text = isJson && reply.body !== undefined ? JSON.stringify(reply.body) : undefined;
  const body = isJson ? text : (reply.body as RawBody | undefined); // typed by the route
  res.statusCode = reply.status;
  for (const [name, value] of Object.entries(reply.headers ?? {})) res.setHeader(name, value);
  const gzip = reply.gzip === true && req.acceptsEncodings(['gzip', 'identity']) === 'gzip';
  if (reply.gzip) res.vary('Accept-Encoding');
  setCache(res, reply.cache, body, gzip);
  if (reply.cache && req.fresh) {
    res.statusCode = 304;
    res.end();
  } else {
    if (body !== undefined)
      setType(res, type, reply.cache !== undefined && typeof body === 'string');
    if (gzip) res.setHeader('Content-Encoding', 'gzip');
    await write(req, res, body, gzip);
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

async function write(
  req: Request,
  res: Response,
  body: RawBody | undefined,
  gzip: boolean,
): Promise<void> {
  if (body === undefined) return void res.end();
  if (typeof body === 'string' || body instanceof Uint8Array) {
    res.setHeader('Content-Length', Buffer.byteLength(body));
    return void (req.method === 'HEAD' ? res.end() : res.end(body));
  }
  if (req.method === 'HEAD') return void res.end();
  // The next part is read only when the last has gone out: a slow reader costs one part of memory.
  const parts = Readable.from(body, { highWaterMark: 1 });
  const sent = gzip ? pipeline(parts, createGzip(), res) : pipeline(parts, res);
  await sent.catch((error: unknown) => {
    // The reader has gone: nobody is left to tell.
    if (!isHungUp(error)) throw error;
  });
}

/** Whether it failed only because the reader has gone. Pure. */
function isHungUp(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
