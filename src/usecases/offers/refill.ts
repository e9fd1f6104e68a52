import type { DrawRecord } from '../../domain/draws/draw.ts';
import { peopleOf } from '../../domain/entries/party.ts';
import { deadlinePolicy, deadlines, letterPolicy, newOffer } from '../../domain/offers/terms.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import { type Queues, wake } from '../../store/core/queues.ts';
import type { Store } from '../../store/store.ts';
import type { Allocation, NextRefill } from '../draws/allocation.ts';

export interface RefillDeps {
  readonly store: Pick<Store, 'draws' | 'offers' | 'slots'>;
  readonly queues: Pick<Queues, 'dispatch'>;
  readonly allocation: Pick<Allocation, 'reserveAt' | 'openReserve' | 'nextRefill'>;
  readonly clock: () => number;
  readonly metrics: Pick<Metrics, 'offers' | 'refills'>;
}

/** Attempts at one refill that something else may precede. */
const mostMissed = 100;

/**
 * Offers freed places down the reserve lists in use (lottery/v2 §6), draw by draw, as long as there is
 * somebody and time enough. The record decides: it is replayed, and an offer is written only if
 * nothing was appended since. Returns how many offers it made, at most `most`.
 */
export async function refillPlaces(
  deps: RefillDeps,
  prefecture: Prefecture,
  most: number,
): Promise<number> {
  const inUse = most > 0 ? await deps.store.draws.inUse(prefecture.id) : [];
  let made = 0;
  for (const draw of inUse) made += await refillDraw(deps, prefecture, draw, most - made);
  if (made > 0) await wake(deps.queues, 'dispatch', prefecture.id);
  return made;
}

async function refillDraw(
  deps: RefillDeps,
  prefecture: Prefecture,
  draw: DrawRecord,
  most: number,
): Promise<number> {
  let made = 0;
  let missed = 0;
  const skip: string[] = [];
  while (made < most) {
    const step = await refillOne(deps, prefecture, draw, skip);
    if (step === 'stop') break;
    if (step === 'refilled') made += 1;
    // People answer all the time, but not so fast that we never get a word in.
    missed = step === 'again' ? missed + 1 : 0;
    if (missed === mostMissed) throw new Error(`the record of draw ${draw.id} keeps moving`);
  }
  return made;
}

/** One place; a slot whose free places were taken out of the plan is added to `skip`. */
async function refillOne(
  deps: RefillDeps,
  prefecture: Prefecture,
  draw: DrawRecord,
  skip: string[],
): Promise<'refilled' | 'skipped' | 'again' | 'stop'> {
  const { store, metrics } = deps;
  const { next, replayed } = await nextInLine(deps, prefecture, draw, skip);
  if (next.outcome === 'none') return 'stop';
  if (next.outcome === 'missing') return 'again';
  // The record knows what was freed, not what was taken out since: such a place stays unused.
  const { slot } = next.seat;
  if (await store.slots.isTakenOut(prefecture.id, draw.id, slot, peopleOf(next.seat))) {
    skip.push(slot);
    return 'skipped';
  }
  const { settings } = prefecture;
  const nowMs = deps.clock();
  const offer = newOffer(next.seat, {
    draw: draw.id,
    via: 'refill',
    settings,
    nowMs,
    deadlineMs: next.deadlineMs,
    letterDeadlineMs: deadlines(letterPolicy(settings, nowMs))(next.seat.slotStart),
  });
  const outcome = await store.offers.refill(prefecture.id, offer, replayed);
  if (outcome === 'refilled') {
    metrics.refills.inc({ outcome: 'refilled' });
    metrics.offers.inc({ outcome: 'opened' });
    return 'refilled';
  }
  if (outcome === 'slot_closed') {
    skip.push(slot);
    return 'skipped';
  }
  // Another event, or another state of the entry: both are in the record, or will be at once.
  return outcome === 'events_moved' || outcome === 'entry_changed' ? 'again' : 'stop';
}

/** Brings the reserve list up to the end of the record and asks who is next. */
async function nextInLine(
  { store, allocation, clock }: RefillDeps,
  prefecture: Prefecture,
  draw: DrawRecord,
  skip: readonly string[],
): Promise<{ next: NextRefill; replayed: number }> {
  const key = `${prefecture.id}/${draw.id}`;
  const seen = await allocation.reserveAt(key);
  if (seen === undefined) {
    const input = await store.draws.input(prefecture.id, draw.id);
    const result = await store.draws.result(prefecture.id, draw.id);
    await allocation.openReserve({ key, input, result });
  }
  const from = Math.max(0, (seen ?? 0) - 1);
  const lines = await store.draws.events(prefecture.id, draw.id, from);
  const policy = deadlinePolicy(prefecture.settings, clock());
  const { ended = [] } = draw;
  const next = await allocation.nextRefill({ key, from, lines, ended, policy, skip });
  return { next, replayed: from + lines.length };
}
