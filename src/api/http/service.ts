import { type Request, type Response, Router } from 'express';
import { jwksOf } from '../../identity/keys/signer.ts';
import { checkGlobalVersion } from '../../store/core/data-version.ts';
import { QUEUE_NAMES } from '../../store/core/queues.ts';
import { publicFor } from './cacheable.ts';
import type { ApiDeps } from './deps.ts';
import { openApiText } from './openapi.ts';
import { send } from './send.ts';

const JOB_STATES = ['waiting', 'active', 'delayed', 'failed'] as const;

export type HealthDeps = Pick<ApiDeps, 'metrics' | 'store' | 'queues' | 'draining'>;

/** Health and metrics: of the API, and of a worker that serves nothing else. */
export function healthRoutes(deps: HealthDeps): Router {
  const { metrics, store, draining } = deps;
  const router = Router();
  const answer = (req: Request, res: Response, code: number, status: string) =>
    send(req, res, { status: code, body: { status } });

  router.get('/live', (req, res) => answer(req, res, 200, 'live'));

  router.get('/ready', async (req, res) => {
    if (draining()) return answer(req, res, 503, 'shutting down');
    const pong = await store.redis.ping().catch(() => 'no answer');
    if (pong !== 'PONG') return answer(req, res, 503, 'no Redis');
    const isOurs = await checkGlobalVersion(store.redis).then(
      () => true,
      () => false,
    );
    return isOurs ? answer(req, res, 200, 'ready') : answer(req, res, 503, 'stored data is newer');
  });

  router.get('/metrics', async (req, res) => {
    await readQueueDepths(deps);
    metrics.limitsUnshared.set(store.limits.unshared);
    const body = await metrics.registry.metrics();
    await send(req, res, { status: 200, body }, metrics.registry.contentType);
  });
  return router;
}

/** The public keys of receipts, certificates and register. */
export function keyRoutes({ signer }: Pick<ApiDeps, 'signer'>): Router {
  const router = Router();
  const document = JSON.stringify(jwksOf(signer.keys));
  const cache = { control: publicFor(300) };
  router.get('/v1/keys', (req, res) =>
    send(req, res, { status: 200, body: document, cache }, 'application/jwk-set+json'),
  );
  return router;
}

/** The document of the API. */
export function documentRoutes(): Router {
  const router = Router();
  const document = openApiText();
  const cache = { control: publicFor(60) };
  router.get('/openapi.json', (req, res) =>
    send(req, res, { status: 200, body: document, cache }, 'application/json'),
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
