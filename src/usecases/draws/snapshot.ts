import type { Slot } from '../../allocator/types.ts';
import { hourMs } from '../../base/units.ts';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import { takesType } from '../../domain/draws/reserves.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { servedTypes } from '../../domain/slots/serving.ts';
import type { SlotRecord } from '../../domain/slots/slot.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import type { FrozenPool } from '../../store/entries/frozen.ts';
import type { Store } from '../../store/store.ts';

type Stores = Pick<Store, 'entries' | 'draws' | 'slots'>;

/** What takes part in a draw, and which slots do not. */
export interface Snapshot extends FrozenPool {
  /** Sorted by id. */
  readonly slots: Slot[];
  readonly leftOut: LeftOut;
}

/** Slots with places that do not take part. */
export interface LeftOut {
  readonly ids: readonly string[];
  /** Of those that come early enough: the configuration lets them serve nobody any more. */
  readonly unserved: { readonly slots: number; readonly places: number };
}

/** The pool and the places of a draw whose freeze is under way, both sorted by id. Repeatable. */
export async function readSnapshot(
  store: Stores,
  prefecture: Prefecture,
  draw: Pick<DrawRecord, 'id' | 'requestTypes'>,
  frozenAtMs: number,
): Promise<Snapshot> {
  const pool = await store.entries.readFrozen(prefecture.id, draw);
  // The freeze took all places in one instant: those that serve others go back before the manifest.
  if (draw.requestTypes) await store.draws.returnIdlePlaces(prefecture.id, draw.id);
  const places = await store.draws.places(prefecture.id, draw.id);
  const records = await store.slots.getMany(prefecture.id, [...places.keys()]);
  return { ...pool, ...drawableSlots(records, places, prefecture, frozenAtMs, draw) };
}

/**
 * The same, and the places of slots that do not take part are given back at once, to the next draw.
 * Safe to repeat: what was given back would not take part the next time either.
 */
export async function takeSnapshot(
  {
    store,
    metrics,
    logger,
  }: {
    readonly store: Stores;
    readonly metrics: Pick<Metrics, 'drawLeftOut'>;
    readonly logger: { warn(facts: object, text: string): void };
  },
  prefecture: Prefecture,
  draw: Pick<DrawRecord, 'id' | 'requestTypes'>,
  frozenAtMs: number,
): Promise<Snapshot> {
  const snapshot = await readSnapshot(store, prefecture, draw, frozenAtMs);
  const { ids, unserved } = snapshot.leftOut;
  await store.draws.leaveOut(prefecture.id, draw.id, ids);
  if (unserved.slots > 0) {
    metrics.drawLeftOut.inc(unserved.places);
    const of = { prefecture: prefecture.id, draw: draw.id, ...unserved };
    logger.warn(of, 'slots that the configuration no longer allows stay out of a draw');
  }
  return snapshot;
}

/**
 * The slots that take part: with free places, far enough away to be answered, and with a request type of
 * the draw that their site serves now, if it is open on their day. Nobody is sent where nobody receives
 * them. Pure.
 */
export function drawableSlots(
  records: readonly (SlotRecord | undefined)[],
  places: ReadonlyMap<string, number>,
  prefecture: Pick<Prefecture, 'settings' | 'sites' | 'requestTypes'>,
  frozenAtMs: number,
  draw: Pick<DrawRecord, 'requestTypes'> = {},
): Pick<Snapshot, 'slots' | 'leftOut'> {
  const { noticeHours, minAnswerHours } = prefecture.settings;
  const earliestMs = frozenAtMs + (noticeHours + minAnswerHours) * hourMs;
  const typesOf = servedTypes(prefecture);
  const slots: Slot[] = [];
  const ids: string[] = [];
  const unserved = { slots: 0, places: 0 };
  for (const record of records) {
    const capacity = record ? (places.get(record.id) ?? 0) : 0;
    if (!record || capacity < 1) continue;
    const { id, site, start } = record;
    const isEarlyEnough = Date.parse(start) >= earliestMs;
    const requestTypes = typesOf(record);
    if (isEarlyEnough && requestTypes.some((type) => takesType(draw, type))) {
      slots.push({ id, site, start, capacity, requestTypes });
      continue;
    }
    ids.push(id);
    if (!isEarlyEnough || requestTypes.length > 0) continue;
    unserved.slots += 1;
    unserved.places += capacity;
  }
  return { slots: slots.sort((a, b) => (a.id < b.id ? -1 : 1)), leftOut: { ids, unserved } };
}
