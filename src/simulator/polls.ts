import { binomial } from './distributions.ts';
import type { Run, TypeRun } from './run.ts';

/** Polls of one request type, before the invalid ones are taken out. */
export interface PollCount {
  shown: number;
  failed: number;
}

/** No robot asks more often than every few milliseconds; so counts stay exact. */
const shortestHours = 1e-6;

/** Counts the polls of one period of `race` at which a place was shown, and the others. */
export function countPolls(run: Run, type: TypeRun, polls: PollCount): void {
  const hours = 24 * run.scenario.drawEveryDays;
  const every = Math.max(run.scenario.polls?.everyHours ?? 1, shortestHours);
  const all = pollsBefore(hours, every);
  const shown = Math.min(all, pollsBefore(shownHours(run, type, hours), every));
  polls.shown += shown;
  polls.failed += all - shown;
}

/** How many of the times h/2, 3h/2, … lie before an hour. */
function pollsBefore(hour: number, every: number): number {
  return Math.max(0, Math.ceil(hour / every - 0.5));
}

/** From the release until the last place is taken. */
function shownHours(run: Run, { ownFree, servedNow, scenario }: TypeRun, hours: number): number {
  if (ownFree + run.sharedFree > 0) return hours;
  const { bookingsPerHour } = scenario;
  return bookingsPerHour === undefined ? 0 : Math.min(hours, servedNow / bookingsPerHour);
}

/** Counts the valid polls of a replication in the type's tally. */
export function tallyPolls(run: Run, { tally }: TypeRun, { shown, failed }: PollCount): void {
  const valid = 1 - (run.scenario.polls?.errorShare ?? 0);
  tally.failedPolls = binomial(failed, valid, run.random);
  tally.polls = tally.failedPolls + binomial(shown, valid, run.random);
}
