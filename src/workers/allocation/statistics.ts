import type { Entry, Slot, Winner } from '../../allocator/types.ts';
import type { DrawStatistics, RequestTypeStatistics } from '../../domain/draws/draw.ts';

/** What a draw did, in all and for each request type of its entries and slots. Pure. */
export function drawStatistics(
  entries: readonly Entry[],
  slots: readonly Slot[],
  winners: readonly Winner[],
): DrawStatistics {
  const types = new Map<string, { waiting: number; places: number; waits: number[] }>();
  const of = (requestType: string) => {
    const found = types.get(requestType) ?? { waiting: 0, places: 0, waits: [] };
    types.set(requestType, found);
    return found;
  };
  const entryById = new Map(entries.map((entry) => [entry.id, entry]));
  for (const entry of entries) of(entry.requestType).waiting += 1;
  for (const slot of slots) {
    for (const requestType of slot.requestTypes) of(requestType).places += slot.capacity;
  }
  for (const winner of winners) {
    const entry = entryById.get(winner.entry);
    if (entry) of(entry.requestType).waits.push(entry.missed + 1);
  }
  const rows = [...types].map(([requestType, { waiting, places, waits }]) => {
    const row = { waiting, places, drawn: waits.length, medianWaitDraws: median(waits) };
    return [requestType, row satisfies RequestTypeStatistics] as const;
  });
  return {
    entries: entries.length,
    places: slots.reduce((sum, slot) => sum + slot.capacity, 0),
    drawn: winners.length,
    requestTypes: Object.fromEntries(rows.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** The middle value, or the mean of the two in the middle. */
function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
