import type { Logger } from 'pino';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import { deadlinePolicy, deadlines, letterPolicy, newOffer } from '../../domain/offers/terms.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { channelCounts, groundCounts } from '../../domain/register/leaf.ts';
import type { EntropySource } from '../../identity/entropy/entropy.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import { observeDraw } from '../../metrics/observe-draw.ts';
import { type Queues, wake, wakeDrawsLater } from '../../store/core/queues.ts';
import type { Store } from '../../store/store.ts';
import { runStep, type StepDeps } from '../steps.ts';
import type { Allocation } from './allocation.ts';
import type { DrawScheduler } from './scheduler.ts';
import { takeSnapshot } from './snapshot.ts';
import { tieManifest } from './tie-manifest.ts';

// One function a step. Each may be repeated after a crash at any line: it finds what is already
// done, and ends with the same result.

export interface DrawDeps extends StepDeps {
  readonly store: Pick<Store, 'absences' | 'draws' | 'entries' | 'offers' | 'slots'>;
  readonly queues: Pick<Queues, 'draws' | 'offers' | 'dispatch'>;
  readonly entropy: Pick<EntropySource, 'declare' | 'reveal'>;
  readonly scheduler: Pick<DrawScheduler, 'ensureNext'>;
  readonly allocation: Pick<Allocation, 'freeze' | 'draw' | 'seats'>;
  readonly metrics: Metrics;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
}

/** Whether the draw went on, or must wait for something: then somebody wakes the worker again. */
export type Progress = 'advanced' | 'waiting';

/** Winners whose offers are made by one call. */
const offersPerCall = 1000;

/** Ends the previous draw: no refill any more, idle places to the next one, misses counted. */
export async function closePrevious(deps: DrawDeps, prefecture: string): Promise<void> {
  const { absences, draws, entries } = deps.store;
  const current = await draws.current(prefecture);
  if (current) {
    await runStep(deps, 'close', { prefecture, draw: current.id }, () =>
      draws.close(prefecture, current.id, deps.clock()),
    );
  }
  const closing = await draws.closing(prefecture);
  if (!closing) return;
  const of = { prefecture, draw: closing.id };
  const returned = await runStep(deps, 'return-places', of, () =>
    draws.returnIdlePlaces(prefecture, closing.id),
  );
  deps.metrics.refills.inc({ outcome: 'later_draw' }, returned);
  await runStep(deps, 'count-misses', of, async () => {
    if (closing.number === undefined) return;
    const isEligible = await eligibleIn(deps, prefecture, closing);
    await entries.countMisses(prefecture, { number: closing.number, isEligible });
  });
  if (closing.number !== undefined) await absences.prune(prefecture, closing.number);
  await draws.finishClosing(prefecture, closing.id);
}

/** In lottery/v1, and in a draw without an index, everybody misses what they were in. */
async function eligibleIn(
  { store }: Pick<DrawDeps, 'store'>,
  prefecture: string,
  draw: DrawRecord,
): Promise<(entry: string) => boolean> {
  const isV1 = draw.manifest?.algorithm === 'lottery/v1';
  const found = isV1 ? undefined : await store.draws.eligible(prefecture, draw.id);
  return found ?? (() => true);
}

/** scheduled → frozen: takes the pool and the places of one instant, publishes the manifest. */
export async function freezeDraw(
  deps: DrawDeps,
  { id: prefecture }: Prefecture,
  draw: DrawRecord,
): Promise<Progress> {
  const { store, allocation } = deps;
  const of = { prefecture, draw: draw.id };
  await closePrevious(deps, prefecture);
  if ((await store.slots.settleImport(prefecture, deps.clock())) === 'pending') return 'waiting';

  const begun = await runStep(deps, 'freeze', of, () =>
    store.draws.beginFreeze(prefecture, draw.id, deps.clock()),
  );
  if (begun.outcome !== 'freezing') return 'waiting';
  const { frozenAtMs } = begun;
  const frozen = await store.draws.frozenPrefecture(prefecture, draw.id);
  if (!frozen) return 'advanced'; // Another worker has published the manifest meanwhile.
  // Now the public sees when the next draw of the schedule will be, whatever comes of this one.
  await deps.scheduler.ensureNext(prefecture);

  const { entries, grounds, origins, slots } = await runStep(deps, 'snapshot', of, () =>
    takeSnapshot(deps, frozen, draw.id, frozenAtMs),
  );
  const { rules } = frozen;
  const task = { draw: draw.id, prefecture, frozenAtMs, rules, slots };
  const { pool, parts, ...frozenPool } = await allocation.freeze(task, entries);
  const priority = { ...frozenPool.priority, ...groundCounts(grounds) };
  const tie = () => tieManifest(pool, deps.entropy.declare(draw, deps.clock()));
  await runStep(deps, 'manifest', of, () =>
    store.draws.publishManifest(
      prefecture,
      draw.id,
      { parts, priority, channels: channelCounts(origins), tie },
      deps.clock(),
    ),
  );
  return 'advanced';
}

/** frozen → drawn: reveals the entropy, ranks and seats off the event loop, seals the result. */
export async function drawWinners(
  deps: DrawDeps,
  { id: prefecture }: Prefecture,
  draw: DrawRecord,
): Promise<Progress> {
  const { store, allocation } = deps;
  const of = { prefecture, draw: draw.id };
  const revealed = await deps.entropy.reveal(prefecture, draw);
  const wait = { prefecture: deps.metrics.prefecture(prefecture) };
  const lateMs = revealed.outcome === 'waiting' ? (revealed.lateMs ?? 0) : 0;
  deps.metrics.entropyWait.set(wait, lateMs / 1000);
  if (revealed.outcome === 'waiting') {
    if (lateMs > 0) deps.logger.warn({ ...of, lateMs }, 'no relay gives the round of a draw');
    const delayMs = revealed.untilMs - deps.clock();
    const jobId = `entropy.${prefecture}.${draw.id}.${revealed.untilMs}`;
    await wakeDrawsLater(deps.queues, prefecture, { jobId, delayMs });
    return 'waiting';
  }
  const input = await store.draws.input(prefecture, draw.id);
  const { entropy } = revealed;
  const drawn = await runStep(deps, 'allocate', of, () => allocation.draw({ input, entropy }));
  await runStep(deps, 'seal', of, () =>
    store.draws.seal(prefecture, draw.id, { ...drawn, entropy }, deps.clock()),
  );
  return 'advanced';
}

/** drawn → published: an offer to each winner, then the reserve list is in use. */
export async function publishDraw(
  deps: DrawDeps,
  prefecture: Prefecture,
  draw: DrawRecord,
): Promise<Progress> {
  const { store, allocation, queues, metrics } = deps;
  const of = { prefecture: prefecture.id, draw: draw.id };
  const seats = await allocation.seats({
    input: await store.draws.input(prefecture.id, draw.id),
    result: await store.draws.result(prefecture.id, draw.id),
  });
  const nowMs = deps.clock();
  const terms = { draw: draw.id, via: 'draw', settings: prefecture.settings, nowMs } as const;
  const deadlineOf = deadlines(deadlinePolicy(prefecture.settings, nowMs));
  const letterDeadlineOf = deadlines(letterPolicy(prefecture.settings, nowMs));
  const offers = seats.map((seat) => {
    const deadlineMs = deadlineOf(seat.slotStart);
    // After a long pause a slot may be too near. Its winner is told, and the place is free.
    if (deadlineMs === undefined) {
      return newOffer(seat, { ...terms, deadlineMs: nowMs, tooLate: true });
    }
    const letterDeadlineMs = letterDeadlineOf(seat.slotStart);
    return newOffer(seat, { ...terms, deadlineMs, letterDeadlineMs });
  });
  await runStep(deps, 'offers', of, async () => {
    for (let at = 0; at < offers.length; at += offersPerCall) {
      const chunk = offers.slice(at, at + offersPerCall);
      const opened = await store.offers.openMany(prefecture.id, draw.id, chunk);
      metrics.offers.inc({ outcome: 'opened' }, opened);
      await wake(queues, 'dispatch', prefecture.id);
    }
  });
  await runStep(deps, 'publish', of, () =>
    store.draws.publish(prefecture.id, draw.id, deps.clock()),
  );
  if (draw.statistics) observeDraw(metrics, prefecture.id, draw.statistics);
  await wake(queues, 'offers', prefecture.id);
  await wake(queues, 'dispatch', prefecture.id);
  return 'advanced';
}

/** Takes back what a void draw gave. */
export async function unwindDraw(
  deps: DrawDeps,
  { id: prefecture }: Prefecture,
  draw: DrawRecord,
): Promise<Progress> {
  deps.metrics.entropyWait.set({ prefecture: deps.metrics.prefecture(prefecture) }, 0);
  await runStep(deps, 'unwind', { prefecture, draw: draw.id }, () =>
    deps.store.draws.unwind(prefecture, draw.id, deps.clock()),
  );
  await wake(deps.queues, 'dispatch', prefecture);
  return 'advanced';
}
