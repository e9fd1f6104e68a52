import type { Logger } from 'pino';
import type { Metrics } from '../metrics/metrics.ts';

export const STEP_NAMES = [
  'close',
  'return-places',
  'count-misses',
  'partings',
  'freeze',
  'snapshot',
  'manifest',
  'allocate',
  'seal',
  'offers',
  'publish',
  'unwind',
  'closures',
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

/** Begin and end of each step: a progress log, or a test that kills the process right there. */
export type OnStep = (name: StepName, step: StepPhase) => void;

/** What tells of steps. */
export interface StepDeps {
  readonly clock: () => number;
  readonly metrics: Pick<Metrics, 'drawDuration'>;
  readonly logger: Pick<Logger, 'info'>;
  readonly onStep?: OnStep;
}

/** Runs one step, announced before and after, and measured. */
export async function runStep<Result>(
  { onStep, clock, metrics, logger }: StepDeps,
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
