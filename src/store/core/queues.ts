import { Queue } from 'bullmq';
import { z } from 'zod';
import { Identifier } from '../../domain/values.ts';
import type { Connection } from './redis.ts';

export const QUEUE_NAMES = [
  'draws',
  'offers',
  'dispatch',
  'notifications',
  'register',
  'witnesses',
  'retention',
] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

/** Queues whose jobs do whatever is due in a prefecture. */
export type WakeName = 'draws' | 'offers' | 'dispatch' | 'register' | 'retention';

/** Jobs of the queues of `WakeName`. */
export const PrefectureJob = z.strictObject({ prefecture: Identifier });

/** Jobs of `witnesses`: the newest head of a register, for one of them. */
export const WitnessJob = z.strictObject({
  prefecture: Identifier,
  witness: z.string().regex(/^[0-9a-f]{12}$/),
});

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
    register: open('register'),
    witnesses: open('witnesses'),
    retention: open('retention'),
  };
}

/** Opens the queue of draws to look at its jobs. Unlike other queues it writes nothing, ever. */
export function openDrawsToRead(connection: Connection): Queue {
  return new Queue('draws', { connection, prefix: queuePrefix('draws'), skipMetasUpdate: true });
}

/**
 * Asks a worker to look at a prefecture: run due draws, settle due offers, dispatch messages,
 * sign the register, or erase what is kept no longer.
 * Many calls while one job waits make one job; a call while it runs makes one more after it.
 */
export async function wake<Name extends WakeName>(
  queues: Pick<Queues, NoInfer<Name>>,
  name: Name,
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

/** Asks a worker to look at the draws of a prefecture after `delayMs`, once for each `jobId`. */
export async function wakeDrawsLater(
  { draws }: Pick<Queues, 'draws'>,
  prefecture: string,
  { jobId, delayMs }: { readonly jobId: string; readonly delayMs: number },
): Promise<void> {
  await draws.add('tick', { prefecture }, { jobId, delay: Math.max(0, delayMs) });
}

/** Asks the same at every instant that a cron rule names. The timer of the same id is replaced. */
export async function wakeDrawsAgain(
  { draws }: Pick<Queues, 'draws'>,
  prefecture: string,
  {
    id,
    pattern,
    timeZone,
  }: { readonly id: string; readonly pattern: string; readonly timeZone: string },
): Promise<void> {
  await draws.upsertJobScheduler(
    id,
    { pattern, tz: timeZone },
    { name: 'tick', data: { prefecture }, opts: { removeOnComplete: true } },
  );
}

/** Ends a timer. Safe to repeat. */
export async function endWaking({ draws }: Pick<Queues, 'draws'>, id: string): Promise<void> {
  await draws.removeJobScheduler(id);
}

/**
 * Has a witness sent the newest head of a register. One job for each waits, works or pauses between
 * two attempts, and sends what is newest by then: a witness that is down gathers no backlog.
 */
export async function wakeWitness(
  queues: Pick<Queues, 'witnesses'>,
  prefecture: string,
  witness: string,
): Promise<void> {
  await queues.witnesses.add(
    'push',
    { prefecture, witness },
    {
      deduplication: { id: `${prefecture}/${witness}`, keepLastIfActive: true },
      // About a quarter of an hour; beyond that the periodic sweep calls again.
      attempts: 10,
      backoff: { type: 'exponential', delay: 2000, jitter: 0.5 },
    },
  );
}
