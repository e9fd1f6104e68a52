import type { Slot } from '../../allocator/types.ts';
import { hourMs } from '../../base/units.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { SlotRecord } from '../../domain/slots/slot.ts';
import type { FrozenPool } from '../../store/entries/frozen.ts';
import type { Store } from '../../store/store.ts';

/** The pool and the places of a draw whose freeze is under way, both sorted by id. Repeatable. */
export async function readSnapshot(
  store: Pick<Store, 'entries' | 'draws' | 'slots'>,
  prefecture: Prefecture,
  drawId: string,
  frozenAtMs: number,
): Promise<FrozenPool & { slots: Slot[] }> {
  const pool = await store.entries.readFrozen(prefecture.id);
  const places = await store.draws.places(prefecture.id, drawId);
  const records = await store.slots.getMany(prefecture.id, [...places.keys()]);
  return { ...pool, slots: drawableSlots(records, places, prefecture, frozenAtMs) };
}

/**
 * The slots that take part: with free places, far enough away to be answered, and of some use to
 * a known request type. The places of the others stay idle until the draw is closed. Pure.
 */
export function drawableSlots(
  records: readonly (SlotRecord | undefined)[],
  places: ReadonlyMap<string, number>,
  { settings, requestTypes }: Pick<Prefecture, 'settings' | 'requestTypes'>,
  frozenAtMs: number,
): Slot[] {
  const known = new Set(requestTypes.map((requestType) => requestType.id));
  const earliestMs = frozenAtMs + (settings.noticeHours + settings.minAnswerHours) * hourMs;
  return records
    .flatMap((record) => {
      const capacity = record ? (places.get(record.id) ?? 0) : 0;
      if (!record || capacity < 1 || Date.parse(record.start) < earliestMs) return [];
      if (!record.requestTypes.some((requestType) => known.has(requestType))) return [];
      const { id, site, start, requestTypes: serves } = record;
      return [{ id, site, start, capacity, requestTypes: serves }];
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
