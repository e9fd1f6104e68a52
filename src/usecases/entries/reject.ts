import type { Rejection } from '../../allocator/types.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { messageId } from '../../domain/messages/id.ts';
import type { UseCaseDeps } from '../deps.ts';

/** Why an agent takes an entry off, and how records tell it (lottery/v2 §7). */
export const REJECTION_REASONS = {
  false_identity: 'identity',
  not_concerned: 'ineligible',
  duplicate_person: 'duplicate',
} as const satisfies Readonly<Record<string, Rejection>>;
export type RejectionReason = keyof typeof REJECTION_REASONS;

/** Who takes an entry off the waitlist, and why. */
export interface Rejecting {
  readonly agent: string;
  readonly reason: RejectionReason;
  readonly nowMs: number;
}

/**
 * Takes an entry off the waitlist, and tells its person why.
 *
 * @throws DomainError `entry_not_found`, `entry_settled`
 */
export async function rejectEntry(
  { store, waker, logger }: Pick<UseCaseDeps, 'store' | 'waker' | 'logger'>,
  prefecture: string,
  entryId: string,
  { agent, reason, nowMs }: Rejecting,
): Promise<EntryRecord> {
  const entry = await store.entries.leave(prefecture, entryId, 'reject', nowMs, {
    rejection: REJECTION_REASONS[reason],
    messages: [messageId('rejected', entryId, 1)],
  });
  logger.info({ prefecture, agent, entry: entry.id, reason }, 'entry rejected');
  // A place it held is free now.
  waker.soon('offers', prefecture);
  waker.soon('dispatch', prefecture);
  waker.soon('register', prefecture);
  return entry;
}
