import {
  type InTheWay,
  isToCome,
  type Survey,
  surveyChange,
} from '../../domain/prefectures/in-the-way.ts';
import { slotPlaces } from '../../domain/slots/change.ts';
import type { Offered } from '../../domain/slots/serving.ts';
import type { SlotRecord } from '../../domain/slots/slot.ts';
import { chunks } from '../../domain/values.ts';
import { pagesByCursor } from '../../store/core/pages.ts';
import type { Store } from '../../store/store.ts';

type Stores = Pick<Store, 'slots' | 'entries'>;

/** Slots whose places are read at once. */
const slotsAtOnce = 500;

/**
 * What a change of sites or request types would leave behind: slots to come, people who hold a place of
 * them, people who would have no site left. Goes through slots and entries, page by page, if it takes
 * anything away; keeps the slots that are concerned. Not of one instant.
 */
export async function findInTheWay(
  store: Stores,
  prefecture: string,
  { before, after }: { readonly before: Offered; readonly after: Offered },
  nowMs: number,
): Promise<InTheWay[]> {
  const survey = surveyChange(before, after);
  if (!survey.takes) return [];
  const slots = await lookAtSlots(store, prefecture, survey, nowMs);
  if (slots.size > 0 || survey.takesSites) await lookAtEntries(store, prefecture, survey, slots);
  return survey.result();
}

async function lookAtSlots(
  { slots: store }: Pick<Stores, 'slots'>,
  prefecture: string,
  survey: Survey,
  nowMs: number,
): Promise<Map<string, SlotRecord>> {
  const found = new Map<string, SlotRecord>();
  const read = (cursor: string) => store.list(prefecture, { cursor, limit: slotsAtOnce });
  for await (const { slots } of pagesByCursor('slots', read)) {
    for (const slot of slots) {
      if (isToCome(slot, nowMs) && survey.lostTypes(slot).length > 0) found.set(slot.id, slot);
    }
  }
  for (const ids of chunks([...found.keys()], slotsAtOnce)) {
    for (const one of await store.standings(prefecture, ids)) {
      if (one) survey.addSlot(one.slot, slotPlaces(one));
    }
  }
  return found;
}

async function lookAtEntries(
  { entries: store }: Pick<Stores, 'entries'>,
  prefecture: string,
  survey: Survey,
  slots: ReadonlyMap<string, SlotRecord>,
): Promise<void> {
  // One may be on two pages.
  const seen = new Set<string>();
  const read = (cursor: string) => store.page(prefecture, cursor);
  for await (const { entries } of pagesByCursor('entries', read)) {
    for (const { value: entry } of entries) {
      if (seen.has(entry.id)) continue;
      const { state, held, requestType } = entry;
      const slot = held && slots.get(held.slot);
      if (state === 'offered' || state === 'booked') {
        seen.add(entry.id);
        if (slot) survey.addHolder(slot, requestType, state);
      } else if (state === 'waiting' || state === 'unverified') {
        seen.add(entry.id);
        survey.addWaiting(entry);
      }
    }
  }
}
