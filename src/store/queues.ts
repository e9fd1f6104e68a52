import { Queue } from 'bullmq';
import { z } from 'zod';
import type { Connection } from './redis.ts';
import { Identifier } from './types.ts';

export const QUEUE_NAMES = ['draws', 'offers', 'dispatch', 'notifications'] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

/** Jobs of `draws`, `offers` and `dispatch`: do whatever is due in this prefecture. */
export const PrefectureJob = z.strictObject({ prefecture: Identifier });

/** Jobs of `notifications`: one message. Ids only, never a name or a contact. */
export const MessageJob = z.strictObject({
  prefecture: Identifier,
  message: z.string().regex(/^[a-z_]+\.[A-Za-z0-9._-]{1,120}$/),
});

export type Queues = Record<QueueName, Queue>;

/** Key prefix of a queue. Its own hash tag puts all keys of the queue on one Cluster node. */
export function queuePrefix(name: QueueName): string {
  return `{tirage-${name}}`;
}

/** Opens every queue for adding jobs. Close each before the connection. */
export function createQueues(connection: Connection): Queues {
  const open = (name: QueueName) =>
    new Queue(name, {
      connection,
      prefix: queuePrefix(name),
      defaultJobOptions: { removeOnComplete: true, removeOnFail: { count: 1000 } },
    });
  return {
    draws: open('draws'),
    offers: open('offers'),
    dispatch: open('dispatch'),
    notifications: open('notifications'),
  };
}

/**
 * Asks a worker to look at a prefecture: run due draws, settle due offers, or dispatch messages.
 * Many calls while one job waits make one job; a call while it runs makes one more after it.
 */
export async function wake(
  queues: Pick<Queues, 'draws' | 'offers' | 'dispatch'>,
  name: 'draws' | 'offers' | 'dispatch',
  prefecture: string,
): Promise<void> {
  await queues[name].add(
    'run',
    { prefecture },
    {
      deduplication: { id: prefecture, keepLastIfActive: true },
      // Beyond that the periodic sweep calls again.
      attempts: 5,
      backoff: { type: 'exponential', delay: 500, jitter: 0.5 },
    },
  );
}
