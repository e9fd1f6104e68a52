import type { Logger } from 'pino';
import type { Registry } from '../identity/directory/directory.ts';
import type { EntropySource } from '../identity/entropy/entropy.ts';
import type { Signer } from '../identity/keys/signer.ts';
import type { Tokens } from '../identity/keys/tokens.ts';
import type { Vault } from '../identity/keys/vault.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Channel } from '../notifications/channels/channel.ts';
import type { Renderer } from '../notifications/render/render.ts';
import type { Queues } from '../store/core/queues.ts';
import type { Connection } from '../store/core/redis.ts';
import type { DrawScheduler } from '../store/draws/scheduler.ts';
import type { Store } from '../store/store.ts';
import type { Allocation } from '../usecases/draws/allocation.ts';
import type { Witness } from './witnesses.ts';

/** What `createWorkers` is given. */
export interface WorkerDeps {
  readonly store: Store;
  /** Opens a connection for one BullMQ worker (`maxRetriesPerRequest: null`); it closes it. */
  readonly connect: () => Connection;
  readonly queues: Queues;
  readonly vault: Vault;
  /** Which AGDREF numbers exist; absent: nobody is asked. */
  readonly registry?: Registry | undefined;
  readonly tokens: Tokens;
  readonly channels: readonly Channel[];
  readonly renderer: Renderer;
  readonly entropy: EntropySource;
  readonly clock: () => number;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Signs the heads of registers. */
  readonly signer: Signer;
  /** What the names of registers begin with. */
  readonly registerOrigin: string;
  readonly witnesses: readonly Witness[];
  /** Where people find the service, without a slash at the end. */
  readonly publicUrl: string;
  /** Folders where messages and letters lie once they were sent, to be removed after a while. */
  readonly outboxes?: readonly string[];
  readonly onStep?: OnStep;
  /** How soon the jobs of a killed worker are taken over. BullMQ's defaults suit production. */
  readonly timing?: { readonly lockDuration: number; readonly stalledInterval: number };
}

/** Begin and end of each step: a progress log, or a test that kills the process right there. */
export type OnStep = (name: StepName, step: StepPhase) => void;

export const STEP_NAMES = [
  'close',
  'return-places',
  'count-misses',
  'freeze',
  'snapshot',
  'manifest',
  'allocate',
  'seal',
  'offers',
  'publish',
  'unwind',
  'reminders',
  'expiries',
  'refills',
  'dispatch',
] as const;
export type StepName = (typeof STEP_NAMES)[number];

export interface StepPhase {
  readonly phase: 'begin' | 'end';
  readonly prefecture: string;
  readonly draw?: string;
}

/** What the steps of draws and offers share. */
export interface StepDeps
  extends Pick<
    WorkerDeps,
    | 'store'
    | 'queues'
    | 'vault'
    | 'registry'
    | 'entropy'
    | 'clock'
    | 'logger'
    | 'metrics'
    | 'onStep'
  > {
  readonly scheduler: Pick<DrawScheduler, 'ensureNext'>;
  readonly allocation: Allocation;
}

/** Runs one step, announced before and after, and measured. */
export async function runStep<Result>(
  { onStep, clock, metrics, logger }: Pick<StepDeps, 'onStep' | 'clock' | 'metrics' | 'logger'>,
  name: StepName,
  of: Omit<StepPhase, 'phase'>,
  step: () => Promise<Result>,
): Promise<Result> {
  onStep?.(name, { ...of, phase: 'begin' });
  const startedMs = clock();
  const result = await step();
  const tookMs = clock() - startedMs;
  metrics.drawDuration.observe({ step: name }, tookMs / 1000);
  if (of.draw !== undefined) logger.info({ ...of, step: name, tookMs }, 'step of a draw done');
  onStep?.(name, { ...of, phase: 'end' });
  return result;
}
