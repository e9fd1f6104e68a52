import { DomainError } from '../allocator/errors.ts';
import { offerId } from '../store/codec-offer.ts';
import type { EntryRecord, OfferRecord, Prefecture } from '../store/types.ts';
import type { ApiDeps } from './deps.ts';

type Deps = Pick<ApiDeps, 'store' | 'waker' | 'metrics'>;

/** @throws DomainError `entry_not_found` */
export async function needEntry(
  { store }: Pick<Deps, 'store'>,
  prefecture: string,
  entryId: string,
): Promise<EntryRecord> {
  const entry = await store.entries.get(prefecture, entryId);
  if (!entry) throw new DomainError('entry_not_found', 'no such entry');
  return entry;
}

/** The offer or appointment that an entry holds. */
export async function heldBy(
  { store }: Pick<Deps, 'store'>,
  prefecture: string,
  { id, held }: EntryRecord,
): Promise<OfferRecord | undefined> {
  return held ? store.offers.get(prefecture, offerId(held.draw, id)) : undefined;
}

/**
 * Leaves the waitlist. Safe to repeat.
 *
 * @throws DomainError `entry_not_found`, `entry_settled`
 */
export async function withdrawEntry(
  deps: Pick<Deps, 'store' | 'waker'>,
  prefecture: Prefecture,
  entryId: string,
  nowMs: number,
): Promise<void> {
  const entry = await needEntry(deps, prefecture.id, entryId);
  if (entry.state === 'withdrawn') return;
  await deps.store.entries.leave(prefecture.id, entry.id, 'withdraw', nowMs);
  if (entry.held) deps.waker.soon('offers', prefecture.id);
  deps.waker.soon('register', prefecture.id);
}

/**
 * Gives up an appointment. Safe to repeat.
 *
 * @throws DomainError `appointment_not_found`, `appointment_settled`
 */
export async function giveUpAppointment(
  { store, waker, metrics }: Deps,
  prefecture: Prefecture,
  appointmentId: string,
  nowMs: number,
): Promise<void> {
  const before = await store.offers.get(prefecture.id, appointmentId);
  await store.offers.cancel(prefecture.id, appointmentId, nowMs);
  if (before?.appointment === 'booked') metrics.offers.inc({ outcome: 'cancelled' });
  waker.soon('offers', prefecture.id);
  waker.soon('dispatch', prefecture.id);
  waker.soon('register', prefecture.id);
}
