import { type Job, UnrecoverableError, Worker, type WorkerOptions } from 'bullmq';
import { z } from 'zod';
import { DomainError } from '../base/errors.ts';
import { Identifier } from '../domain/values.ts';
import { checkDataOf } from '../store/core/data-version.ts';
import {
  MessageJob,
  PrefectureJob,
  QUEUE_NAMES,
  type QueueName,
  type Queues,
  queuePrefix,
  type WakeName,
  WitnessJob,
  wake,
} from '../store/core/queues.ts';
import type { Connection } from '../store/core/redis.ts';
import { type AdvanceDeps, advanceDraws } from '../usecases/draws/advance.ts';
import { createDrawScheduler } from '../usecases/draws/scheduler.ts';
import { type DeliverDeps, deliver } from '../usecases/messages/deliver.ts';
import { type SweepDeps, sweep } from '../usecases/offers/sweep.ts';
import { createPrefectureCache } from '../usecases/prefectures/cache.ts';
import { type RegisterDeps, signRegister } from '../usecases/register/sign.ts';
import { informWitness, type WitnessDeps } from '../usecases/register/witnesses.ts';
import { type RetentionDeps, retain } from '../usecases/retention/retain.ts';
import { AllocationThread } from './allocation/allocation.ts';
import type { WorkerDeps } from './deps.ts';
import { dispatchMessages } from './dispatch.ts';

export interface Workers {
  /** Stops taking jobs, lets those under way finish, ends the thread and the connections. */
  close(): Promise<void>;
}

/** Jobs that one process runs at the same time. Of one prefecture, each queue runs one. */
export const concurrency: Record<QueueName, number> = {
  draws: 2,
  offers: 4,
  dispatch: 4,
  notifications: 50,
  register: 2,
  witnesses: 20,
  retention: 1,
};

const sweepEveryMs = 30_000;

/** How long a message may speak from settings and labels that an agent has just changed. */
const staleMs = 2000;

type Process = (job: Job) => Promise<unknown>;

/**
 * Starts a worker for each queue. They work from the moment they are made; several processes may
 * run them at the same time.
 */
export async function createWorkers(deps: WorkerDeps): Promise<Workers> {
  const allocation = new AllocationThread();
  const scheduler = createDrawScheduler(deps);
  const prefectures = createPrefectureCache(deps.store.prefectures, deps.clock, staleMs);
  const processes = processors({
    ...deps,
    scheduler,
    allocation,
    readPrefecture: prefectures.find,
  });
  const opened = QUEUE_NAMES.map((name) => open(deps, name, processes[name]));
  const close = async () => {
    await Promise.all(opened.map(({ worker }) => worker.close()));
    await allocation.close();
    await Promise.all(opened.map(({ connection }) => connection.quit()));
  };
  try {
    await scheduleSweeps(deps);
  } catch (error) {
    await close();
    throw error;
  }
  return { close };
}

export type ProcessorDeps = AdvanceDeps &
  SweepDeps &
  DeliverDeps &
  RegisterDeps &
  WitnessDeps &
  RetentionDeps & { readonly queues: Queues };

/** What each queue's worker does with a job. */
export function processors(deps: ProcessorDeps): Record<QueueName, Process> {
  const { queues, store } = deps;
  const ofPrefecture = (name: WakeName, run: (prefecture: string) => Promise<void>): Process => {
    return async (job) => {
      const { prefecture } = PrefectureJob.parse(job.data);
      // Timers only wake: the job that works is one at a time for each prefecture.
      if (job.name === 'tick') await wake(queues, name, prefecture);
      else await run(prefecture);
    };
  };
  const sweepOne = ofPrefecture('offers', (prefecture) => sweep(deps, prefecture));
  return {
    draws: ofPrefecture('draws', (prefecture) => advanceDraws(deps, prefecture)),
    offers: async (job) => {
      const all = job.name === 'sweep-all' ? await store.prefectures.list() : undefined;
      if (!all) await sweepOne(job);
      for (const prefecture of all ?? []) await wake(queues, 'offers', prefecture);
    },
    dispatch: ofPrefecture('dispatch', (prefecture) => dispatchMessages(deps, prefecture)),
    register: ofPrefecture('register', (prefecture) => signRegister(deps, prefecture)),
    retention: ofPrefecture('retention', (prefecture) => retain(deps, prefecture)),
    witnesses: async (job) => {
      const { prefecture, witness } = WitnessJob.parse(job.data);
      await informWitness(deps, prefecture, witness);
    },
    notifications: async (job) => {
      const { prefecture, message } = MessageJob.parse(job.data);
      const attempt = job.attemptsMade + 1;
      const lastAttempt = job.opts.attempts ?? 1;
      return deliver(deps, { prefecture, message, attempt, lastAttempt });
    },
  };
}

function open(
  deps: WorkerDeps,
  name: QueueName,
  process: Process,
): { worker: Worker; connection: Connection } {
  const { logger, timing = {} } = deps;
  const connection = deps.connect();
  connection.on('error', (error) => logger.error({ queue: name, error: error.message }, 'redis'));
  const options: WorkerOptions = {
    connection,
    prefix: queuePrefix(name),
    concurrency: concurrency[name],
    // A worker that is killed over and over must not make a job fail: every job can be repeated.
    maxStalledCount: 1000,
    ...timing,
  };
  const worker = new Worker(name, refusable(onOwnData(deps, process)), options);
  worker.on('error', (error) => logger.error({ queue: name, error: error.message }, 'worker'));
  worker.on('failed', (job, error) => {
    logger.error({ queue: name, job: job?.id, error: error.message }, 'a job failed');
  });
  return { worker, connection };
}

/**
 * A job works only on data of the version that this code writes. Scripts would refuse to write anyway;
 * but a message that went out could then not be noted as sent, and would go out again.
 */
function onOwnData({ store }: Pick<WorkerDeps, 'store'>, process: Process): Process {
  return async (job) => {
    const { prefecture } = OfPrefecture.parse(job.data);
    if (prefecture !== undefined) await checkDataOf(store.redis, prefecture);
    return process(job);
  };
}

const OfPrefecture = z.looseObject({ prefecture: Identifier.exactOptional() });

/** A refusal is final: the same job would be refused on every attempt. */
function refusable(process: Process): Process {
  return async (job) => {
    try {
      return await process(job);
    } catch (error) {
      if (error instanceof DomainError) throw new UnrecoverableError(error.code);
      throw error;
    }
  };
}

/** One timer for all prefectures, those created later included. */
async function scheduleSweeps({ queues }: Pick<WorkerDeps, 'queues'>): Promise<void> {
  await queues.offers.upsertJobScheduler(
    'sweep-all',
    { every: sweepEveryMs },
    { name: 'sweep-all', data: {}, opts: { removeOnComplete: true, removeOnFail: true } },
  );
}
