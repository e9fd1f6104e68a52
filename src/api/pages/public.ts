import type { ErrorRequestHandler, IRouter, Request, Response } from 'express';
import type { Language } from '../../base/languages.ts';
import { typeStatistics } from '../../domain/draws/statistics.ts';
import type { Overviews } from '../../usecases/public/overview.ts';
import { pagePolicy } from '../../web/kit/layout.ts';
import { refusedPage } from '../../web/kit/refused-page.ts';
import { publicPage } from '../../web/public/page.ts';
import { chanceOf, drawView } from '../draws/view.ts';
import { publicFor, sendCacheable } from '../http/cacheable.ts';
import type { RouteDeps } from '../http/deps.ts';
import { problemOf, setRetryAfter } from '../http/problem.ts';

/** Draws that the page lists; the API lists all. */
const DRAWS_SHOWN = 20;

/** The page of a prefecture, for everyone. */
export function mountPublicPage(router: IRouter, deps: RouteDeps, overviews: Overviews): void {
  router.get('/p/:prefecture', async (req, res) => {
    res.locals.operation = 'showPublicPage';
    await deps.rateLimits.block(req, res, 'read');
    const prefecture = await deps.prefectures.get(String(req.params.prefecture));
    const lang = langOf(req);
    const [overview, { draws }, head, counts] = await Promise.all([
      overviews.of(prefecture.id),
      deps.store.draws.list(prefecture.id, { limit: DRAWS_SHOWN }),
      deps.store.register.head(prefecture.id),
      deps.store.register.counts(prefecture.id),
    ]);
    const types = prefecture.requestTypes.map(({ id, labels }) => {
      const row = typeStatistics(overview.lastDraw, id);
      const last = row && { ...row, chance: chanceOf(row) };
      return { label: labels[lang], waiting: overview.waiting(id), last };
    });
    const shown = draws.map((draw) => {
      const { entropy, voided } = drawView(draw);
      const { strength, note } = entropy;
      return { draw, strength, note: note[lang], voidNote: voided?.note[lang] };
    });
    const { nextDrawAtMs } = overview;
    const page = { prefecture, lang, nextDrawAtMs, types, draws: shown, head, counts };
    const text = publicPage(page);
    res.setHeader('Content-Security-Policy', pagePolicy);
    sendCacheable(req, res, text, publicFor(10), 'text/html');
  });
}

/** People get refusals as a page. What is our own fault is logged by the problem handler first. */
export const pageRefusal: ErrorRequestHandler = (error, req, res, next) => {
  const { status, code } = problemOf(error);
  const isPage = req.path.startsWith('/p/') || req.path === '/certificates';
  if (!isPage || code === 'internal' || res.headersSent) return next(error);
  setRetryAfter(res, error);
  if (status === 503) res.setHeader('Retry-After', '5');
  res.removeHeader('ETag');
  sendPersonalPage(res, status, refusedPage(status));
};

/** French unless the address asks for English. */
export function langOf(req: Request): Language {
  return req.query.lang === 'en' ? 'en' : 'fr';
}

/** Sends a page that nobody may keep, list or frame. `policy`: what it may load. */
export function sendPersonalPage(
  res: Response,
  status: number,
  text: string,
  policy = pagePolicy,
): void {
  res.setHeader('Content-Security-Policy', policy);
  res.setHeader('Cache-Control', 'no-store');
  res.setHeader('Referrer-Policy', 'no-referrer');
  res.setHeader('X-Robots-Tag', 'noindex');
  res.status(status).type('text/html').send(text);
}
