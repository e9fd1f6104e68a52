import { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import { type Language, languages } from '../../base/languages.ts';
import { pagePolicy } from '../../web/kit/layout.ts';
import { refusedPage } from '../../web/kit/refused-page.ts';
import type { RouteDeps } from './deps.ts';
import { clientOf, expressPath } from './mount.ts';
import { PAGES, type Page, type PageReply } from './page.ts';
import { readFields, readUpload } from './page-form.ts';
import { problemOf, setRetryAfter } from './problem.ts';
import { checkInput, RequestError } from './request-error.ts';
import { send } from './send.ts';

/** Pages that are shown to people, by their declarations. */
export function pageRoutes(deps: RouteDeps, pages: readonly Page[]): Router {
  const loose = Router();
  const strict = Router({ strict: true });
  for (const page of pages) {
    (page.isStrict ? strict : loose)[page.method](expressPath(page.path), async (req, res) => {
      res.locals.operation = page.id;
      await sendPage(req, res, await replyOf(deps, page, req, res));
    });
  }
  return Router().use(loose, strict);
}

async function replyOf(
  deps: RouteDeps,
  page: Page,
  req: Request,
  res: Response,
): Promise<PageReply> {
  const query = checkInput(page.query, req.query);
  const stopped = await stop(deps, page, req, res, query);
  const { prefecture: id, ...rest } = req.params;
  const isOfPrefecture = page.path.startsWith(PAGES);
  const prefecture = isOfPrefecture ? await deps.prefectures.get(String(id)) : undefined;
  const params = page.params.safeParse(rest);
  if (!params.success) throw new RequestError('route_not_found', 'there is no such page');
  const call = {
    prefecture: prefecture as never, // undefined where the path has none, as its type says
    params: params.data,
    query,
    fields: await readFields(req, res, page),
    upload: await readUpload(req, res, page),
    lang: langOf(req.query.lang),
    nowMs: deps.clock(),
    client: clientOf(req),
    stopped,
  };
  return page.run(call, deps);
}

/** Counts the request. What stops it is thrown, or handed on to a page that tells it. */
async function stop(
  deps: RouteDeps,
  page: Page,
  req: Request,
  res: Response,
  query: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const budget = page.budget(query);
  if (budget === 'none') return undefined;
  const counted = deps.rateLimits.block(req, res, budget);
  return page.keepsForm ? counted.catch((error: unknown) => error) : counted;
}

/** The first of the languages, unless the address asks for another one that there is. */
function langOf(asked: unknown): Language {
  return languages.find((one) => one === asked) ?? languages[0];
}

async function sendPage(req: Request, res: Response, reply: PageReply): Promise<void> {
  const { status, headers, afterwards } = reply;
  const around = afterwards === undefined ? {} : { afterwards };
  if ('pdf' in reply) {
    const file = { status, headers: { ...headers }, body: reply.pdf, ...around };
    return send(req, res, file, 'application/pdf');
  }
  const { html, policy = pagePolicy, cache } = reply;
  const all = {
    'Content-Security-Policy': policy,
    ...(cache === undefined ? personal : {}),
    ...headers,
  };
  const kept = cache === undefined ? {} : { cache };
  return send(req, res, { status, headers: all, body: html, ...kept, ...around }, 'text/html');
}

/** Nobody lists it, and its address, which may hold a secret, does not travel on. */
const personal = { 'Referrer-Policy': 'no-referrer', 'X-Robots-Tag': 'noindex' };

/** People get refusals as a page. What is our own fault is logged by the problem handler first. */
export const pageRefusal: ErrorRequestHandler = (error, req, res, next) => {
  const { status, code } = problemOf(error);
  const isPage = req.path.startsWith('/p/') || req.path === '/certificates';
  if (!isPage || code === 'internal' || res.headersSent) return next(error);
  setRetryAfter(res, error);
  if (status === 503) res.setHeader('Retry-After', '5');
  res.removeHeader('ETag');
  return sendPage(req, res, { status, html: refusedPage(status) });
};
