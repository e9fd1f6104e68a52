import { hash } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';

/** What never changes may be kept for a year, which is as long as caches care. */
export const IMMUTABLE = 'public, max-age=31536000, immutable';

/** For what changes now and then. */
export function publicFor(seconds: number): string {
  return `public, max-age=${seconds}`;
}

/**
 * Takes `If-None-Match: *` off a request. Express would answer 304 without a body to it, on every
 * route: also where there is no tag, and a probe or a person waits for an answer.
 */
export function ignoreAnyTag(): RequestHandler {
  return (req, _res, next) => {
    if (req.headers['if-none-match'] === '*') delete req.headers['if-none-match'];
    next();
  };
}

/**
 * Sends a public answer with an ETag made from its text, or 304 to who has it already. Any page
 * may read it: there is nothing in it that is not for everyone.
 */
export function sendCacheable(
  req: Request,
  res: Response,
  text: string,
  cacheControl: string,
  type = 'application/json',
): void {
  setCacheHeaders(res, hash('sha256', text, 'base64url').slice(0, 22), cacheControl);
  if (req.fresh) res.status(304).end();
  else res.type(type).send(text);
}

/** Sets what `req.fresh` and caches look at. */
export function setCacheHeaders(res: Response, tag: string, cacheControl: string): void {
  res.setHeader('ETag', `"${tag}"`);
  res.setHeader('Cache-Control', cacheControl);
  res.setHeader('Access-Control-Allow-Origin', '*');
}
