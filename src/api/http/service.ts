import { type Request, type Response, Router } from 'express';
import { jwksOf } from '../../identity/keys/signer.ts';
import { checkGlobalVersion } from '../../store/core/data-version.ts';
import { QUEUE_NAMES } from '../../store/core/queues.ts';
import { publicFor, sendCacheable } from './cacheable.ts';
import type { ApiDeps } from './deps.ts';
import { openApiDocument } from './openapi.ts';

const JOB_STATES = ['waiting', 'active', 'delayed', 'failed'] as const;

export type HealthDeps = Pick<ApiDeps, 'metrics' | 'store' | 'queues' | 'draining'>;

/** Health and metrics: of the API, and of a worker that serves nothing else. */
export function healthRoutes(deps: HealthDeps): Router {
  const { metrics, store, draining } = deps;
  const router = Router();
  const answer = (res: Response, code: number, status: string) => {
    res.setHeader('Cache-Control', 'no-store');
    res.status(code).json({ status });
  };

  router.get('/live', (_req, res) => answer(res, 200, 'live'));

  router.get('/ready', async (_req, res) => {
    if (draining()) return answer(res, 503, 'shutting down');
    const pong = await store.redis.ping().catch(() => 'no answer');
    if (pong !== 'PONG') return answer(res, 503, 'no Redis');
    const isOurs = await checkGlobalVersion(store.redis).then(
      () => true,
      () => false,
    );
    return isOurs ? answer(res, 200, 'ready') : answer(res, 503, 'stored data is newer');
  });

  router.get('/metrics', async (_req, res) => {
    await readQueueDepths(deps);
    metrics.limitsUnshared.set(store.limits.unshared);
    res.setHeader('Cache-Control', 'no-store');
    res.setHeader('Content-Type', metrics.registry.contentType);
    res.send(await metrics.registry.metrics());
  });
  return router;
}

/** The public keys of receipts, certificates and register. */
export function keyRoutes({ signer }: Pick<ApiDeps, 'signer'>): Router {
  const router = Router();
  const document = JSON.stringify(jwksOf(signer.keys));
  router.get('/v1/keys', (req: Request, res: Response) =>
    sendCacheable(req, res, document, publicFor(300), 'application/jwk-set+json'),
  );
  return router;
}

/** The document of the API. */
export function documentRoutes(): Router {
  const router = Router();
  // Made once: it describes this version of the service.
  const document = JSON.stringify(openApiDocument());
  router.get('/openapi.json', (req: Request, res: Response) =>
    sendCacheable(req, res, document, publicFor(60)),
  );
  return router;
}

async function readQueueDepths({ queues, metrics }: HealthDeps): Promise<void> {
  await Promise.all(
    QUEUE_NAMES.map(async (queue) => {
      const counts = await queues[queue].getJobCounts(...JOB_STATES);
      for (const state of JOB_STATES) metrics.queueJobs.set({ queue, state }, counts[state] ?? 0);
    }),
  );
}
