import type { Hand } from '../../allocator/types.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { UseCaseDeps } from '../deps.ts';
import { needEntry } from '../entries/hands.ts';

/**
 * Leaves the waitlist and erases everything personal, for good. Safe to repeat: the first time
 * stands.
 *
 * @throws DomainError `entry_not_found`
 */
export async function eraseEntry(
  deps: Pick<UseCaseDeps, 'store' | 'waker'>,
  prefecture: string,
  entryId: string,
  nowMs: number,
  by?: Hand,
): Promise<EntryRecord> {
  const { store, waker } = deps;
  const before = await needEntry(deps, prefecture, entryId);
  const concerns = (entry: EntryRecord) => entry.state !== 'erased';
  const after = await store.entries.leave(prefecture, entryId, 'erase', nowMs, {
    concerns,
    ...(by === undefined ? {} : { by }),
  });
  // A place it held is free now.
  if (before.held) waker.soon('offers', prefecture);
  waker.soon('register', prefecture);
  return after;
}
