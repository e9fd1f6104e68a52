import { DomainError } from '../../base/errors.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { offerId } from '../../domain/offers/id.ts';
import type { OfferRecord } from '../../domain/offers/offer.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { UseCaseDeps } from '../deps.ts';
import { linkMessages } from './tell.ts';

/** @throws DomainError `entry_not_found` */
export async function needEntry(
  { store }: Pick<UseCaseDeps, 'store'>,
  prefecture: string,
  entryId: string,
): Promise<EntryRecord> {
  const entry = await store.entries.get(prefecture, entryId);
  if (!entry) throw new DomainError('entry_not_found', 'no such entry');
  return entry;
}

/** The offer or appointment that an entry holds. */
export async function heldBy(
  { store }: Pick<UseCaseDeps, 'store'>,
  prefecture: string,
  { id, held }: EntryRecord,
): Promise<OfferRecord | undefined> {
  return held ? store.offers.get(prefecture, offerId(held.draw, id)) : undefined;
}

/**
 * Leaves the waitlist, as its person asks. Safe to repeat.
 *
 * @throws DomainError `entry_not_found`, `entry_settled`
 */
export async function withdrawEntry(
  deps: Pick<UseCaseDeps, 'store' | 'waker'>,
  prefecture: Prefecture,
  entryId: string,
  nowMs: number,
): Promise<void> {
  const entry = await needEntry(deps, prefecture.id, entryId);
  if (entry.state === 'withdrawn') return;
  await deps.store.entries.leave(prefecture.id, entry.id, 'withdraw', nowMs, {
    messages: linkMessages(entry, 'withdraw', nowMs),
  });
  if (entry.held) deps.waker.soon('offers', prefecture.id);
  // Also told: what it costs to give an appointment up late.
  deps.waker.soon('dispatch', prefecture.id);
  deps.waker.soon('register', prefecture.id);
}
