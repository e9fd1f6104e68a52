import type { RequestHandler } from 'express';

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
