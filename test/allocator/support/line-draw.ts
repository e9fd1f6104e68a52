import { allocateRanked } from '#src/allocator/draw/draw.ts';
import type { Entry, Rules, Slot } from '#src/allocator/types.ts';

/** An entry that can take the slots of these numbers only. */
export function line(id: string, requestType: string, days: readonly number[]): Entry {
  return { id, requestType, missed: 0, accepts: { sites: days.map((day) => `d${day}`) } };
}

/** A draw of numbered slots, one place each, open to all types; gives who sits where. */
export function createLineDraw(days: number) {
  return (ranked: readonly Entry[], rules: Rules = {}): Map<string, number> => {
    const requestTypes = [...new Set(ranked.map(({ requestType }) => requestType))];
    const slots = Array.from({ length: days }, (_, index): Slot => {
      const day = index + 1;
      const start = `2026-12-${`${day}`.padStart(2, '0')}T09:00:00+01:00`;
      return { id: `s${day}`, site: `d${day}`, start, capacity: 1, requestTypes };
    });
    const winners = allocateRanked(ranked, slots, rules);
    return new Map(winners.map(({ entry, slot }) => [entry, Number(slot.slice(1))]));
  };
}
