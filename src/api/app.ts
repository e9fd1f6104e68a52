import express, { type Express } from 'express';
import { createWorkScript } from '../web/work-script.ts';
import { ignoreAnyTag } from './cacheable.ts';
import type { ApiDeps } from './deps.ts';
import { madeOnce } from './made-once.ts';
import { methodNotAllowed, routeNotFound } from './not-found.ts';
import { createOverviews } from './overview.ts';
import { createPrefectureCache } from './prefecture-cache.ts';
import { problemHandler } from './problem.ts';
import { createProofOfWork } from './proof-of-work.ts';
import { createRateLimits } from './rate-limit.ts';
import { observeRequests } from './request-log.ts';
import { mountAbsences } from './routes/absences.ts';
import { mountAbuse } from './routes/abuse.ts';
import { mountAgents, mountPause } from './routes/agents.ts';
import { mountAnswerPage } from './routes/answer-page.ts';
import { mountAudit } from './routes/audit.ts';
import { mountConfiguration, mountRules } from './routes/configuration.ts';
import { mountDeskEntries } from './routes/desk-entries.ts';
import { docsRoutes } from './routes/docs.ts';
import { mountDrawPlans, mountSchedules } from './routes/draw-plans.ts';
import { mountDraws } from './routes/draws.ts';
import { mountDecisions, mountEntries } from './routes/entries.ts';
import { mountEntry } from './routes/entry.ts';
import { mountFlags } from './routes/flags.ts';
import { mountHelpers } from './routes/helpers.ts';
import { mountJoin } from './routes/join.ts';
import { mountDeskAnswers, mountLetters } from './routes/letters.ts';
import { mountLinkRequests } from './routes/link-requests.ts';
import { mountHelped, mountMandates } from './routes/mandates.ts';
import { mountMessages } from './routes/messages.ts';
import { mountOffers } from './routes/offers.ts';
import { mountPublicPage, pageRefusal } from './routes/pages.ts';
import { mountEntryPage } from './routes/pages-entry.ts';
import { mountJoinPage } from './routes/pages-join.ts';
import { mountLostLinkPage } from './routes/pages-lost-link.ts';
import { mountCertificatesPage, mountPaperCheck } from './routes/paper-check.ts';
import { mountCertificates, mountReceiptPaper } from './routes/papers.ts';
import { mountParticipation } from './routes/participation.ts';
import { mountPriority } from './routes/priority.ts';
import { mountErasure, mountExport } from './routes/privacy.ts';
import { mountPublic, mountStatistics } from './routes/public.ts';

import { mountRegister, mountRegisterKeys, mountRegisterProofs } from './routes/register.ts';

import { documentRoutes, type HealthDeps, healthRoutes, keyRoutes } from './routes/service.ts';

import { mountSignOut, signInRoutes } from './routes/sign-in.ts';
import { mountSlots } from './routes/slots.ts';
import { mountVerification } from './routes/verification.ts';
import { verifyPageRoutes } from './routes/verify-page.ts';
import { mountWork } from './routes/work.ts';
import { securityHeaders } from './security-headers.ts';
import { createSignals } from './signals.ts';

/** What a worker shows of itself: health and metrics. Opens nothing and starts nothing. */
export function createHealthApp(deps: HealthDeps & Pick<ApiDeps, 'logger'>): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(securityHeaders());
  app.use(ignoreAnyTag());
  app.use(healthRoutes(deps));
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
  app.use(healthRoutes(deps));
  app.use(documentRoutes());
  app.use(keyRoutes(deps));
  app.use(docsRoutes());
  app.use(verifyPageRoutes());
  app.use(routeNotFound);
  app.use(pageRefusal);
  app.use(problemHandler(logger));
  return app;
}

/** Everything about a prefecture. */
function mountPrefectures(app: Express, deps: ApiDeps): void {
  const { store, clock, limits, pseudonyms, metrics } = deps;
  const overviews = createOverviews(store, clock);
  const routeDeps = {
    ...deps,
    prefectures: createPrefectureCache(store.prefectures, clock),
    rateLimits: createRateLimits({
      limits,
      pseudonyms,
      clock,
      counts: store.limits,
      onRefused: () => metrics.requestsRefused.inc(),
    }),
    signals: createSignals(pseudonyms, store.signals),
    proofOfWork: createProofOfWork({ ...deps, counts: store.limits }),
  };
  // The first is the busiest: routes are tried in this order.
  mountJoin(app, routeDeps);
  mountWork(app, routeDeps);
  mountLinkRequests(app, routeDeps);
  mountVerification(app, routeDeps);
  mountEntry(app, routeDeps, overviews);
  mountReceiptPaper(app, routeDeps);
  mountExport(app, routeDeps);
  mountErasure(app, routeDeps);
  mountCertificates(app, routeDeps);
  mountParticipation(app, routeDeps, overviews);
  mountOffers(app, routeDeps);
  mountAnswerPage(app, routeDeps);
  mountPublic(app, routeDeps, overviews);
  mountStatistics(app, routeDeps, overviews);
  mountDraws(app, routeDeps);
  mountRegister(app, routeDeps);
  mountRegisterProofs(app, routeDeps);
  mountRegisterKeys(app, routeDeps);
  mountEntries(app, routeDeps);
  mountDecisions(app, routeDeps);
  mountDeskEntries(app, routeDeps);
  mountFlags(app, routeDeps);
  mountPriority(app, routeDeps);
  mountAbsences(app, routeDeps, overviews);
  mountSlots(app, routeDeps);
  mountDrawPlans(app, routeDeps, overviews);
  mountSchedules(app, routeDeps, overviews);
  mountMessages(app, routeDeps);
  mountLetters(app, routeDeps);
  mountDeskAnswers(app, routeDeps);
  mountHelpers(app, routeDeps);
  mountHelped(app, routeDeps, overviews);
  mountMandates(app, routeDeps);
  mountConfiguration(app, routeDeps);
  mountRules(app, routeDeps);
  mountPause(app, routeDeps);
  mountAgents(app, routeDeps);
  mountAbuse(app, routeDeps);
  mountAudit(app, routeDeps);
  mountSignOut(app, routeDeps);
  app.use(signInRoutes(routeDeps));
  mountPublicPage(app, routeDeps, overviews);
  mountEntryPage(app, routeDeps, overviews);
  const workScript = madeOnce(createWorkScript);
  mountJoinPage(app, routeDeps, workScript);
  mountLostLinkPage(app, routeDeps, workScript);
  mountPaperCheck(app, routeDeps);
  mountCertificatesPage(app, routeDeps);
  app.use(methodNotAllowed);
}
