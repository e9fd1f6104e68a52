import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { UseCaseDeps } from '../deps.ts';

/** Who takes an entry off the waitlist, and why: a word of a closed list. */
export interface Rejecting {
  readonly agent: string;
  readonly reason: string;
  readonly nowMs: number;
}

/**
 * Takes an entry off the waitlist.
 *
 * @throws DomainError `entry_not_found`, `entry_settled`
 */
export async function rejectEntry(
  { store, waker, logger }: Pick<UseCaseDeps, 'store' | 'waker' | 'logger'>,
  prefecture: string,
  entryId: string,
  { agent, reason, nowMs }: Rejecting,
): Promise<EntryRecord> {
  const entry = await store.entries.leave(prefecture, entryId, 'reject', nowMs);
  logger.info({ prefecture, agent, entry: entry.id, reason }, 'entry rejected');
  // A place it held is free now.
  waker.soon('offers', prefecture);
  waker.soon('register', prefecture);
  return entry;
}
