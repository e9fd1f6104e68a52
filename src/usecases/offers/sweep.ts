import { DomainError } from '../../base/errors.ts';
import { policyOf, type SettlePolicy } from '../../domain/offers/settle.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import { type Queues, type WakeName, wake } from '../../store/core/queues.ts';
import type { Store } from '../../store/store.ts';
import { type CloseDeps, closeDue } from '../closures/close.ts';
import { type ClockDeps, isClockOff, type TimeDeps } from '../draws/clock.ts';
import type { DrawScheduler } from '../draws/scheduler.ts';
import { type RecheckDeps, recheckDocuments } from '../entries/recheck.ts';
import { isRetentionDue } from '../retention/retain.ts';
import { runStep, type StepDeps } from '../steps.ts';
import { carryOut } from './proxy.ts';
import { type RefillDeps, refillPlaces } from './refill.ts';

export interface SweepDeps extends StepDeps, TimeDeps {
  readonly store: RecheckDeps['store'] &
    RefillDeps['store'] &
    CloseDeps['store'] &
    ClockDeps['store'] &
    Pick<Store, 'audit' | 'letters' | 'prefectures' | 'retention'>;
  readonly queues: Pick<Queues, WakeName>;
  readonly scheduler: Pick<DrawScheduler, 'ensureNext'>;
  readonly allocation: RefillDeps['allocation'];
  readonly vault: RecheckDeps['vault'];
  readonly registry?: RecheckDeps['registry'];
  readonly metrics: Metrics;
  readonly logger: StepDeps['logger'] & ClockDeps['logger'];
}

/** Offers settled by one job; the rest is for the next one, so that no job runs for ever. */
const settledPerJob = 1000;
const perPage = 200;

/**
 * Does what time makes due in a prefecture: reminders, expiries, and places down the reserve list.
 * Says in the register how far the audit log goes, asks the registry of documents again, and counts
 * letters that wait. Also finds due draws, undispatched messages and unsigned leaves whose job was
 * lost, and wakes retention when it is time for it. Does nothing where this machine's clock is off: an
 * offer must not end before its time. Safe to repeat.
 */
export async function sweep(deps: SweepDeps, prefectureId: string): Promise<void> {
  const { store, queues } = deps;
  const prefecture = await store.prefectures.get(prefectureId);
  if (!prefecture || (await isClockOff(deps, prefectureId))) return;
  await deps.scheduler.ensureNext(prefectureId);
  const unfinished = await store.draws.unfinished(prefectureId, deps.clock());
  if (unfinished.length > 0) await wake(queues, 'draws', prefectureId);
  // Before expiries and refills: nobody is offered, or loses, what is closed.
  await closeDue(deps, prefectureId);
  if (!prefecture.paused) await settleDue(deps, prefecture);
  await recheckDocuments(deps, prefectureId);
  await store.audit.anchor(prefectureId, deps.clock());
  const waiting = { prefecture: deps.metrics.prefecture(prefectureId) };
  deps.metrics.lettersWaiting.set(waiting, await store.letters.count(prefectureId));
  await wake(queues, 'dispatch', prefectureId);
  await wake(queues, 'register', prefectureId);
  if (await isRetentionDue(deps, prefectureId)) await wake(queues, 'retention', prefectureId);
}

async function settleDue(deps: SweepDeps, prefecture: Prefecture): Promise<void> {
  const of = { prefecture: prefecture.id };
  const expired = await runStep(deps, 'expiries', of, () => expire(deps, prefecture));
  // After the expiries: nobody is reminded of what has ended.
  const reminded = await runStep(deps, 'reminders', of, () => remind(deps, prefecture.id));
  const refilled = await runStep(deps, 'refills', of, () =>
    refillPlaces(deps, prefecture, settledPerJob - expired),
  );
  const mostIsDone = expired + refilled >= settledPerJob || reminded >= settledPerJob;
  if (mostIsDone) await wake(deps.queues, 'offers', prefecture.id);
}

/** Hands over the reminders that are due, each once. */
async function remind({ store, clock }: SweepDeps, prefecture: string): Promise<number> {
  let reminded = 0;
  while (reminded < settledPerJob) {
    const due = await store.offers.dueReminders(prefecture, clock(), perPage);
    if (due.length === 0) break;
    await store.offers.markReminded(prefecture, due);
    reminded += due.length;
  }
  return reminded;
}

/** Ends offers whose deadline has passed. After a pause people have a time of grace. */
async function expire(deps: SweepDeps, prefecture: Prefecture): Promise<number> {
  const { store, clock } = deps;
  const policy = policyOf(prefecture);
  let expired = 0;
  while (clock() >= policy.graceUntilMs && expired < settledPerJob) {
    const limit = Math.min(perPage, settledPerJob - expired);
    const due = await store.offers.due(prefecture.id, clock(), limit);
    let settled = 0;
    for (const offerId of due) {
      if (await hasExpired(deps, prefecture.id, offerId, policy)) settled += 1;
    }
    expired += settled;
    // Offers of a void draw stay due until it is unwound: they are no reason to go on.
    if (due.length < limit || settled === 0) break;
  }
  return expired;
}

async function hasExpired(
  { store, clock, metrics }: SweepDeps,
  prefecture: string,
  offerId: string,
  policy: SettlePolicy,
): Promise<boolean> {
  const asked = await store.offers.get(prefecture, offerId);
  if (asked?.deferred) return carryOut({ store, metrics }, prefecture, asked, clock());
  try {
    const offer = await store.offers.settle(prefecture, offerId, 'expire', clock(), policy);
    if (offer.state === 'expired') metrics.offers.inc({ outcome: 'expired' });
    return offer.state === 'expired';
  } catch (error) {
    // Answered at the last moment, or taken back with its draw.
    if (!(error instanceof DomainError) || error.code !== 'offer_settled') throw error;
    return false;
  }
}
