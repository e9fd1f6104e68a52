import { exclusionFinder } from '../../allocator/draw/reason.ts';
import type { Entry, Slot } from '../../allocator/types.ts';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import { decideEnding, takesType } from '../../domain/draws/reserves.ts';
import type { SkipReason } from '../../domain/draws/state.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { drawEntry, isInPool } from '../../domain/entries/pool.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { chunks } from '../../domain/values.ts';
import { pagesByCursor } from '../../store/core/pages.ts';
import type { Store } from '../../store/store.ts';
import { drawableSlots } from './snapshot.ts';

interface LackDeps {
  readonly store: Pick<Store, 'draws' | 'entries' | 'slots'>;
  readonly clock: () => number;
}

type Chosen = Pick<DrawRecord, 'requestTypes'>;

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
  const slots = await slotsFor(deps, prefecture, draw);
  if (slots.length === 0) return 'no_places';
  // Places that nobody who waits could take are none.
  const isExcluded = exclusionFinder(slots);
  const mayCome = (entry: EntryRecord) =>
    isExcluded(drawEntry(entry, deps.clock(), prefecture.rules)) === undefined;
  return (await hasWaiting(deps, prefecture.id, draw, mayCome)) ? undefined : 'no_places';
}

/** Whether nobody of a pool could come to any of its slots: such a draw would only end lists. Pure. */
export function isInVain(entries: readonly Entry[], slots: readonly Slot[]): boolean {
  const isExcluded = exclusionFinder(slots);
  return entries.every((entry) => isExcluded(entry) !== undefined);
}

/** Whether somebody would be in the pool whom `isWanted` takes. Stops at the first. */
async function hasWaiting(
  { store }: LackDeps,
  prefecture: string,
  draw: Chosen,
  isWanted: (entry: EntryRecord) => boolean = () => true,
): Promise<boolean> {
  const counts = await store.entries.counts(prefecture);
  const waits = ({ state, requestType }: { state: string; requestType: string }) =>
    state === 'waiting' && takesType(draw, requestType);
  if (!counts.some(waits)) return false;
  // Some of them may sit out.
  const number = (await store.draws.latestNumber(prefecture)) + 1;
  const read = (cursor: string) => store.entries.page(prefecture, cursor);
  for await (const { entries } of pagesByCursor('entries', read)) {
    const isIn = entries.some(
      ({ value }) =>
        takesType(draw, value.requestType) && isInPool(value, number) && isWanted(value),
    );
    if (isIn) return true;
  }
  return false;
}

/** Slots with free places, and with those that a list which ends for this draw would give back. */
async function slotsFor(deps: LackDeps, prefecture: Prefecture, draw: Chosen): Promise<Slot[]> {
  const { draws } = deps.store;
  const free = await draws.freePlaces(prefecture.id);
  const slots = await drawable(deps, prefecture, draw, free, () => true);
  const reserves = await draws.reserves(prefecture.id);
  for (const inUse of await draws.inUse(prefecture.id)) {
    const found = decideEnding(inUse, draw, reserves);
    if (!found) continue;
    const idle = await draws.places(prefecture.id, inUse.id);
    const returns = (types: readonly string[]) =>
      found.isOver || types.some((type) => found.ended.includes(type));
    slots.push(...(await drawable(deps, prefecture, draw, idle, returns)));
  }
  return slots;
}

async function drawable(
  { store, clock }: LackDeps,
  prefecture: Prefecture,
  draw: Chosen,
  places: ReadonlyMap<string, number>,
  isWanted: (slotTypes: readonly string[]) => boolean,
): Promise<Slot[]> {
  const found: Slot[] = [];
  for (const ids of chunks([...places.keys()], slotsAtOnce)) {
    const records = await store.slots.getMany(prefecture.id, ids);
    const wanted = records.filter((record) => record && isWanted(record.requestTypes));
    found.push(...drawableSlots(wanted, places, prefecture, clock(), draw).slots);
  }
  return found;
}
