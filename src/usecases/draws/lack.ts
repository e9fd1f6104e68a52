import type { DrawRecord } from '../../domain/draws/draw.ts';
import { decideEnding, takesType } from '../../domain/draws/reserves.ts';
import type { SkipReason } from '../../domain/draws/state.ts';
import { isInPool } from '../../domain/entries/pool.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { Store } from '../../store/store.ts';
import { drawableSlots } from './snapshot.ts';

interface LackDeps {
  readonly store: Pick<Store, 'draws' | 'entries' | 'slots'>;
  readonly clock: () => number;
}

type Chosen = Pick<DrawRecord, 'requestTypes'>;

/** Pages of entries read at most: enough for any waitlist. */
const mostPages = 100_000;
/** Slots looked at in one step. */
const slotsAtOnce = 500;

/**
 * What a draw would lack if it froze now, looked at before any reserve list is ended for it; undefined:
 * nothing. Idle places that the end of those lists would give it count. Only reads; people may come and go
 * meanwhile, so the freeze looks again.
 */
export async function lackOf(
  deps: LackDeps,
  prefecture: Prefecture,
  draw: Chosen,
): Promise<SkipReason | undefined> {
  if (!(await hasWaiting(deps, prefecture.id, draw))) return 'no_entries';
  return (await hasPlaces(deps, prefecture, draw)) ? undefined : 'no_places';
}

/** Stops at the first entry that would be in the pool. */
async function hasWaiting({ store }: LackDeps, prefecture: string, draw: Chosen): Promise<boolean> {
  const counts = await store.entries.counts(prefecture);
  const waits = ({ state, requestType }: { state: string; requestType: string }) =>
    state === 'waiting' && takesType(draw, requestType);
  if (!counts.some(waits)) return false;
  // Some of them may sit out.
  const number = (await store.draws.latestNumber(prefecture)) + 1;
  let cursor: string | undefined = '0';
  for (let at = 0; at < mostPages && cursor !== undefined; at += 1) {
    const page: Awaited<ReturnType<Store['entries']['page']>> = await store.entries.page(
      prefecture,
      cursor,
    );
    const isIn = page.entries.some(
      ({ value }) => takesType(draw, value.requestType) && isInPool(value, number),
    );
    if (isIn) return true;
    cursor = page.cursor;
  }
  return false;
}

/** Free places, and those that a list which ends for this draw would give back. */
async function hasPlaces(deps: LackDeps, prefecture: Prefecture, draw: Chosen): Promise<boolean> {
  const { draws } = deps.store;
  const free = await draws.freePlaces(prefecture.id);
  if (await someDrawable(deps, prefecture, draw, free, () => true)) return true;
  const reserves = await draws.reserves(prefecture.id);
  for (const inUse of await draws.inUse(prefecture.id)) {
    const found = decideEnding(inUse, draw, reserves);
    if (!found) continue;
    const idle = await draws.places(prefecture.id, inUse.id);
    const returns = (types: readonly string[]) =>
      found.isOver || types.some((type) => found.ended.includes(type));
    if (await someDrawable(deps, prefecture, draw, idle, returns)) return true;
  }
  return false;
}

async function someDrawable(
  { store, clock }: LackDeps,
  prefecture: Prefecture,
  draw: Chosen,
  places: ReadonlyMap<string, number>,
  isWanted: (slotTypes: readonly string[]) => boolean,
): Promise<boolean> {
  const ids = [...places.keys()];
  for (let at = 0; at < ids.length; at += slotsAtOnce) {
    const records = await store.slots.getMany(prefecture.id, ids.slice(at, at + slotsAtOnce));
    const wanted = records.filter((record) => record && isWanted(record.requestTypes));
    const { slots } = drawableSlots(wanted, places, prefecture, clock(), draw);
    if (slots.length > 0) return true;
  }
  return false;
}
