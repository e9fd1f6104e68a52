import type { EntryRecord } from './entry.ts';

// lottery/v2 §1 and §9: an entry is owed a place when the service took back what it held, until it is
// offered one again. Draws that are void count for nothing, so what they changed is undone: therefore
// it stays known by which draw a debt came, and by which it was settled.

type Debtor = Pick<EntryRecord, 'owed'>;

/** Whether the entry goes ahead of all in the next draw. Pure. */
export function isOwed({ owed }: Debtor): boolean {
  return owed !== undefined && owed.settled === undefined;
}

/**
 * An entry whose place in draw `draw` the service takes back. Where that draw had settled an older
 * debt, it is as if it had not. Pure.
 */
export function withDebt(entry: EntryRecord, draw: number): EntryRecord {
  const { owed } = entry;
  const isUndone = owed !== undefined && (owed.settled === undefined || owed.settled === draw);
  return { ...entry, owed: { draw: isUndone ? owed.draw : draw } };
}

/** An entry that is offered a place in draw `draw`. Pure. */
export function withDebtSettled(entry: EntryRecord, draw: number): EntryRecord {
  const { owed } = entry;
  return owed && isOwed(entry) ? { ...entry, owed: { ...owed, settled: draw } } : entry;
}

/** An entry as it is once draw `draw` counts for nothing. Pure. */
export function withoutDebtsOf(entry: EntryRecord, draw: number): EntryRecord {
  const { owed, ...rest } = entry;
  if (!owed) return entry;
  if (owed.draw === draw) return rest;
  return owed.settled === draw ? { ...entry, owed: { draw: owed.draw } } : entry;
}
