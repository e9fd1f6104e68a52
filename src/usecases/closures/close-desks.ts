import type { ClosureRecord } from '../../domain/closures/closure.ts';
import { decideDeskClosing, type Holding, whoGoes } from '../../domain/closures/desks.ts';
import { offerId } from '../../domain/offers/id.ts';
import { plannedPlaces } from '../../domain/slots/slot.ts';
import type { Holder } from '../../store/entries/holders.ts';
import type { Store } from '../../store/store.ts';

interface Deps {
  readonly store: Pick<Store, 'entries' | 'offers' | 'slots'>;
  readonly clock: () => number;
}

/** A slot that keeps `target` places. */
export interface FewerDesks {
  readonly slot: string;
  readonly target: number;
}

/** Two for each of as many people as a slot can have; what is left then is for the next sweep. */
const mostRounds = 2000;

/**
 * Takes desks from slots: places that nobody holds, then those of as few people as it takes, who are told
 * and first in the next draw. Safe to repeat: a slot that has come down to its target stays as it is.
 * `later`: a draw is under way that may still give these places.
 */
export async function closeDesks(
  deps: Deps,
  prefecture: string,
  closure: ClosureRecord,
  slots: readonly FewerDesks[],
): Promise<'done' | 'later'> {
  if (slots.length === 0) return 'done';
  const bySlot = await holdersOf(deps, prefecture, new Set(slots.map(({ slot }) => slot)));
  let word: 'done' | 'later' = 'done';
  for (const one of slots) {
    const holders = [...(bySlot.get(one.slot)?.values() ?? [])];
    if ((await comeDown(deps, prefecture, closure, one, holders)) === 'later') word = 'later';
  }
  return word;
}

async function comeDown(
  { store, clock }: Deps,
  prefecture: string,
  { id, cause }: ClosureRecord,
  { slot, target }: FewerDesks,
  holders: readonly Holder[],
): Promise<'done' | 'later'> {
  let left: readonly Holder[] = holders;
  for (let round = 0; round < mostRounds; round += 1) {
    const { outcome, standing } = await store.slots.change(prefecture, slot, (now) =>
      decideDeskClosing(now, target),
    );
    if (outcome === 'none' || outcome === 'unchanged' || standing?.closure) return 'done';
    if (outcome === 'done') continue;
    if (outcome === 'busy' || !standing) return 'later';
    const [next] = whoGoes(left, plannedPlaces(standing.slot) - target);
    if (!next) return 'later';
    left = left.filter((holder) => holder !== next);
    await takeBack(store, prefecture, next, { cause, closure: id, slot, nowMs: clock() });
  }
  return 'later';
}

/** Whoever holds nothing there any more is passed over. */
async function takeBack(
  store: Deps['store'],
  prefecture: string,
  { id, draw }: Holding & Pick<Holder, 'draw'>,
  why: Pick<ClosureRecord, 'cause'> & { closure: string; slot: string; nowMs: number },
): Promise<void> {
  const { cause, closure, slot, nowMs } = why;
  const offer = await store.offers.get(prefecture, offerId(draw, id));
  const holds = offer?.state === 'pending' || offer?.appointment === 'booked';
  if (!holds || offer.slot !== slot) return;
  await store.offers.revoke(prefecture, offerId(draw, id), { cause, closure }, nowMs);
}

/** Who holds places of slots, by slot and entry: a walk may show somebody twice. */
export async function holdersOf(
  { store }: Pick<Deps, 'store'>,
  prefecture: string,
  slots: ReadonlySet<string>,
): Promise<Map<string, Map<string, Holder>>> {
  const bySlot = new Map<string, Map<string, Holder>>();
  for await (const page of store.entries.holders(prefecture, slots)) {
    for (const holder of page) {
      const found = bySlot.get(holder.slot) ?? new Map<string, Holder>();
      bySlot.set(holder.slot, found.set(holder.id, holder));
    }
  }
  return bySlot;
}
