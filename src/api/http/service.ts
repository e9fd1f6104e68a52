import { z } from 'zod';
import { jwksOf } from '../../identity/keys/signer.ts';
import { checkGlobalVersion } from '../../store/core/data-version.ts';
import { QUEUE_NAMES } from '../../store/core/queues.ts';
import { publicFor } from './cacheable.ts';
import type { ApiDeps } from './deps.ts';
import { Jwk } from './schemas.ts';
import { serviceRoute } from './service-route.ts';

const JOB_STATES = ['waiting', 'active', 'delayed', 'failed'] as const;

export type HealthDeps = Pick<ApiDeps, 'metrics' | 'store' | 'queues' | 'draining'>;

const Status = z.strictObject({ status: z.string() }).meta({ id: 'ServiceStatus' });

export const live = serviceRoute({
  id: 'live',
  get: '/live',
  tag: 'Service',
  summary: 'Whether the process runs. Looks at nothing else.',
  answers: { 200: { description: 'It runs.', schema: Status } },
  run: async () => ({ status: 200, body: { status: 'live' } }),
});

export const ready = serviceRoute({
  id: 'ready',
  get: '/ready',
  tag: 'Service',
  summary: 'Whether requests should be sent here',
  answers: {
    200: { description: 'Redis answers.', schema: Status },
    503: {
      description: 'Redis does not answer, or the service is shutting down.',
      schema: Status,
    },
  },
  async run(_call, { store, draining }: HealthDeps) {
    const not = (status: string) => ({ status: 503 as const, body: { status } });
    if (draining()) return not('shutting down');
    const pong = await store.redis.ping().catch(() => 'no answer');
    if (pong !== 'PONG') return not('no Redis');
    const isOurs = await checkGlobalVersion(store.redis).then(
      () => true,
      () => false,
    );
    return isOurs ? { status: 200, body: { status: 'ready' } } : not('stored data is newer');
  },
});

export const readMetrics = serviceRoute({
  id: 'metrics',
  get: '/metrics',
  tag: 'Service',
  summary: 'Metrics for Prometheus. Keep it inside your network.',
  answers: {
    200: {
      description: 'The metrics of this process.',
      schema: z.string(),
      type: 'text/plain',
    },
  },
  async run(_call, deps: HealthDeps) {
    const { metrics, store } = deps;
    await readQueueDepths(deps);
    metrics.limitsUnshared.set(store.limits.unshared);
    const body = await metrics.registry.metrics();
    // Of which version of their format they are.
    return { status: 200, body, headers: { 'Content-Type': metrics.registry.contentType } };
  },
});

const KeySet = z
  .strictObject({
    keys: z.array(Jwk),
  })
  .meta({ id: 'KeySet' });

const unchanged = { description: 'Unchanged since the ETag that was sent.' };

export const readKeys = serviceRoute({
  id: 'readKeys',
  get: '/v1/keys',
  tag: 'Service',
  summary: 'The public keys that receipts, certificates and the register are signed with',
  answers: {
    200: {
      description: 'A JSON Web Key Set; the key that signs now comes first.',
      schema: KeySet,
      type: 'application/jwk-set+json',
    },
    304: unchanged,
  },
  async run(_call, { signer }: Pick<ApiDeps, 'signer'>) {
    const body = JSON.stringify(jwksOf(signer.keys));
    return { status: 200, body, cache: { control: publicFor(300) } };
  },
});

export const openApi = serviceRoute({
  id: 'openApi',
  get: '/openapi.json',
  tag: 'Service',
  summary: 'This document',
  answers: {
    200: {
      description: 'OpenAPI 3.1.',
      schema: z.looseObject({ openapi: z.string() }),
      type: 'application/json',
    },
    304: unchanged,
  },
  // It describes this route too, so it cannot be imported here.
  run: async (_call, { document }: { readonly document: string }) => ({
    status: 200,
    body: document,
    cache: { control: publicFor(60) },
  }),
});

async function readQueueDepths({ queues, metrics }: HealthDeps): Promise<void> {
  await Promise.all(
    QUEUE_NAMES.map(async (queue) => {
      const counts = await queues[queue].getJobCounts(...JOB_STATES);
      for (const state of JOB_STATES) metrics.queueJobs.set({ queue, state }, counts[state] ?? 0);
    }),
  );
}
