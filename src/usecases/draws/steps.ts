import type { Logger } from 'pino';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import type { SkipReason } from '../../domain/draws/state.ts';
import { ownStatistics } from '../../domain/draws/statistics.ts';
import { deadlinePolicy, deadlines, letterPolicy, newOffer } from '../../domain/offers/terms.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { channelCounts, groundCounts, partyCounts } from '../../domain/register/pool-counts.ts';
import type { EntropySource } from '../../identity/entropy/entropy.ts';
import type { Vault } from '../../identity/keys/vault.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import { observeDraw } from '../../metrics/observe-draw.ts';
import { type Queues, wake, wakeDrawsLater } from '../../store/core/queues.ts';
import type { Store } from '../../store/store.ts';
import { runStep, type StepDeps } from '../steps.ts';
import type { Allocation } from './allocation.ts';
import type { TimeDeps } from './clock.ts';
import { closePrevious, settleClosing } from './close-previous.ts';
import { isInVain, lackOf } from './lack.ts';
import { voidDrawsBefore } from './plan.ts';
import type { DrawScheduler } from './scheduler.ts';
import { takeSnapshot } from './snapshot.ts';
import { tieManifest } from './tie-manifest.ts';

// One function a step. Each may be repeated after a crash at any line: it finds what is already
// done, and ends with the same result.

export interface DrawDeps extends StepDeps, TimeDeps {
  readonly store: Pick<Store, 'absences' | 'draws' | 'entries' | 'offers' | 'slots'>;
  readonly queues: Pick<Queues, 'draws' | 'offers' | 'dispatch'>;
  readonly entropy: Pick<EntropySource, 'declare' | 'reveal'>;
  readonly scheduler: Pick<DrawScheduler, 'ensureNext'>;
  readonly allocation: Pick<Allocation, 'freeze' | 'draw' | 'seats'>;
  /** Opens and seals people anew, where one of them leaves a party. */
  readonly vault: Pick<Vault, 'open' | 'seal'>;
  readonly metrics: Metrics;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
}

/** Whether the draw went on, or must wait for something: then somebody wakes the worker again. */
export type Progress = 'advanced' | 'waiting';

/** Winners whose offers are made by one call. */
const offersPerCall = 1000;

/**
 * scheduled → frozen: takes the pool and the places of one instant, publishes the manifest. A draw that
 * has nobody or nothing to draw is skipped: looked at before any reserve list is ended for it, and again
 * when the freeze has begun.
 */
export async function freezeDraw(
  deps: DrawDeps,
  prefecture: Prefecture,
  draw: DrawRecord,
): Promise<Progress> {
  const { store } = deps;
  const { id } = prefecture;
  if (!(await store.draws.frozenPrefecture(id, draw.id))) {
    if ((await store.slots.settleImport(id, deps.clock())) === 'pending') return 'waiting';
    await settleClosing(deps, id);
    const lack = await lackOf(deps, prefecture, draw);
    if (lack) return skipDraw(deps, id, draw, lack);
    await closePrevious(deps, id, draw);
  }
  const begun = await runStep(deps, 'freeze', { prefecture: id, draw: draw.id }, () =>
    store.draws.beginFreeze(id, draw.id, deps.playsTime && deps.clock()),
  );
  // A reserve list came into use meanwhile: it is to be ended first.
  if (begun.outcome === 'in_use') return 'advanced';
  if (begun.outcome !== 'freezing') return 'waiting';
  const frozen = await store.draws.frozenPrefecture(id, draw.id);
  if (!frozen) return 'advanced'; // Another worker has published the manifest meanwhile.
  // Now the public sees when the next draw of the schedule will be, whatever comes of this one.
  await deps.scheduler.ensureNext(id);
  return fixDraw(deps, frozen, draw, begun.frozenAtMs);
}

/** Ends a freeze that has begun. */
async function fixDraw(
  deps: DrawDeps,
  frozen: Prefecture,
  draw: DrawRecord,
  frozenAtMs: number,
): Promise<Progress> {
  const { store, allocation } = deps;
  const { id: prefecture, rules } = frozen;
  const of = { prefecture, draw: draw.id };
  const { entries, grounds, origins, slots } = await runStep(deps, 'snapshot', of, () =>
    takeSnapshot(deps, frozen, draw, frozenAtMs),
  );
  // Who was counted has left meanwhile, or what was counted was given to nobody.
  if (entries.length === 0) return skipDraw(deps, prefecture, draw, 'no_entries');
  if (slots.length === 0 || isInVain(entries, slots))
    return skipDraw(deps, prefecture, draw, 'no_places');
  const task = { draw: draw.id, prefecture, frozenAtMs, rules, slots };
  const { pool, parts, ...frozenPool } = await allocation.freeze(task, entries);
  const priority = { ...frozenPool.priority, ...groundCounts(grounds) };
  // A round that lies ahead does so by the clock that dates the freeze.
  const tie = (redisMs: number) =>
    tieManifest(pool, deps.entropy.declare(draw, deps.playsTime ? deps.clock() : redisMs));
  await runStep(deps, 'manifest', of, async () =>
    store.draws.publishManifest(
      prefecture,
      draw.id,
      {
        ...{
          parts,
          priority,
          channels: channelCounts(origins),
          parties: partyCounts(entries),
          tie,
        },
        afterVoid: await voidDrawsBefore(store, prefecture, draw, deps.clock()),
      },
      deps.clock(),
    ),
  );
  return 'advanced';
}

/** scheduled → skipped, in public; the next draw of the schedule is planned. */
async function skipDraw(
  deps: DrawDeps,
  prefecture: string,
  { id }: DrawRecord,
  reason: SkipReason,
): Promise<Progress> {
  const { state } = await deps.store.draws.skip(prefecture, id, reason, deps.clock());
  if (state === 'skipped') deps.metrics.draws.inc({ outcome: 'skipped' });
  deps.logger.info({ prefecture, draw: id, reason }, 'draw not held');
  await deps.scheduler.ensureNext(prefecture);
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
  const statistics = ownStatistics(draw, drawn.statistics);
  await runStep(deps, 'seal', of, () =>
    store.draws.seal(prefecture, draw.id, { ...drawn, statistics, entropy }, deps.clock()),
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

/** Takes back what a void draw gave, or the places of one that was skipped. */
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
