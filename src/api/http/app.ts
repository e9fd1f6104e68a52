import express, { type Express } from 'express';
import { createFindCountry } from '../../identity/person/countries.ts';
import { createSignals } from '../../usecases/abuse/signals.ts';
import { createPersonLimits } from '../../usecases/limits/limits.ts';
import { createProofOfWork } from '../../usecases/limits/proof-of-work.ts';
import { createPrefectureCache } from '../../usecases/prefectures/cache.ts';
import { createOverviews } from '../../usecases/public/overview.ts';
import { createWorkScript } from '../../web/join/work-script.ts';
import { createVerifyPage } from '../../web/verifier/page.ts';
import { beginLogin, finishLogin } from '../agents/sign-in.ts';
import { pages } from '../pages/pages.ts';
import { verifyCertificate } from '../papers/check-routes.ts';
import { ignoreAnyTag } from './cacheable.ts';
import type { ApiDeps, RouteDeps } from './deps.ts';
import { docsRoutes } from './docs.ts';
import { madeOnce } from './made-once.ts';
import { mountRoute } from './mount.ts';
import { pageRefusal, pageRoutes } from './mount-page.ts';
import { methodNotAllowed, routeNotFound } from './not-found.ts';
import { openApiText } from './openapi.ts';
import { operations } from './operations.ts';
import { problemHandler } from './problem.ts';
import { createRateLimits } from './rate-limit.ts';
import { observeRequests } from './request-log.ts';
import { isRoute } from './route.ts';
import { securityHeaders } from './security-headers.ts';
import { type HealthDeps, live, openApi, readKeys, readMetrics, ready } from './service.ts';
import { serviceRoutes } from './service-route.ts';

/** How old a prefecture may be here: about two requests of one person. */
const staleMs = 1000;

const healthRoutes = [live, ready, readMetrics];

/** What a worker shows of itself: health and metrics. Opens nothing and starts nothing. */
export function createHealthApp(deps: HealthDeps & Pick<ApiDeps, 'logger'>): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(securityHeaders());
  app.use(ignoreAnyTag());
  app.use(serviceRoutes(deps, healthRoutes));
  app.use(routeNotFound);
  app.use(problemHandler(deps.logger));
  return app;
}

/** Builds the whole API on what it is given. Opens nothing and starts nothing. */
export function createApp(deps: ApiDeps): Express {
  const { metrics, logger } = deps;
  const app = express();
  app.disable('x-powered-by');
  // Public answers have ETags of their own; the others must not be kept by anyone.
  app.disable('etag');
  app.set('trust proxy', deps.trustProxy);
  app.set('query parser', 'simple');

  app.use(observeRequests(logger, metrics));
  app.use(securityHeaders());
  app.use(ignoreAnyTag());
  mountPrefectures(app, deps);
  app.use(serviceRoutes(deps, healthRoutes));
  app.use(serviceRoutes({ document: openApiText() }, [openApi]));
  app.use(serviceRoutes(deps, [readKeys]));
  app.use(docsRoutes());
  app.use(routeNotFound);
  app.use(pageRefusal);
  app.use(problemHandler(logger));
  return app;
}

/** Everything about a prefecture. */
function mountPrefectures(app: Express, deps: ApiDeps): void {
  const { store, clock, limits, pseudonyms, metrics } = deps;
  const overviews = createOverviews(store, clock);
  const onRefused = () => metrics.requestsRefused.inc();
  const routeDeps: RouteDeps = {
    ...deps,
    prefectures: createPrefectureCache(store.prefectures, clock, staleMs),
    overviews,
    personLimits: createPersonLimits({ limits, counts: store.limits, clock, onRefused }),
    workScript: madeOnce(createWorkScript),
    verifyPage: madeOnce(createVerifyPage),
    countries: madeOnce(async () => createFindCountry()),
    rateLimits: createRateLimits({
      limits,
      pseudonyms,
      clock,
      counts: store.limits,
      onRefused,
    }),
    signals: createSignals(pseudonyms, store.signals),
    proofOfWork: createProofOfWork({ ...deps, counts: store.limits }),
  };
  // Joining is the busiest, and among the first: routes are tried in this order.
  for (const route of operations.filter(isRoute)) mountRoute(app, routeDeps, route);
  const costly = [beginLogin, finishLogin, verifyCertificate];
  app.use(serviceRoutes(routeDeps, costly, routeDeps.rateLimits));
  app.use(pageRoutes(routeDeps, pages));
  app.use(methodNotAllowed);
}
