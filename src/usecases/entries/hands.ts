import { DomainError } from '../../base/errors.ts';
import type { Impediment } from '../../domain/absences/rule.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { OfferRecord } from '../../domain/offers/offer.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { appealContext } from '../../identity/person/context.ts';
import { offerId } from '../../store/offers/codec.ts';
import type { UseCaseDeps } from '../deps.ts';

type Deps = Pick<UseCaseDeps, 'store' | 'waker' | 'metrics'>;

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
  if (entry.held) {
    deps.waker.soon('offers', prefecture.id);
    // Who gives an appointment up late is told what that costs.
    deps.waker.soon('dispatch', prefecture.id);
  }
  deps.waker.soon('register', prefecture.id);
}

/**
 * Gives up an appointment. Safe to repeat.
 *
 * @throws DomainError `appointment_not_found`, `appointment_settled`
 */
export async function giveUpAppointment(
  { store, waker, metrics, signals }: Deps & Pick<UseCaseDeps, 'signals'>,
  prefecture: Prefecture,
  appointmentId: string,
  nowMs: number,
  impediment?: Impediment,
): Promise<void> {
  const before = await store.offers.get(prefecture.id, appointmentId);
  await store.offers.cancel(prefecture.id, appointmentId, nowMs, impediment);
  if (before?.appointment === 'booked') {
    signals.happened(prefecture.id, 'cancel', before.entry, nowMs);
    metrics.offers.inc({ outcome: 'cancelled' });
    // Counted, and kept nowhere: what kept somebody is nobody's business.
    if (impediment !== undefined) metrics.impediments.inc({ impediment });
  }
  waker.soon('offers', prefecture.id);
  waker.soon('dispatch', prefecture.id);
  waker.soon('register', prefecture.id);
}

/**
 * Takes a person's word on an absence, sealed. Until it is decided a second one replaces the first.
 *
 * @throws DomainError `entry_not_found`, `absence_not_found`, `absence_settled`
 */
export function takeAppeal(
  { store, vault }: Pick<UseCaseDeps, 'store' | 'vault'>,
  prefecture: string,
  entryId: string,
  statement: string,
  nowMs: number,
): Promise<EntryRecord> {
  const sealed = vault.sealText(statement, appealContext(prefecture, entryId));
  return store.absences.appeal(prefecture, entryId, { sealed, atMs: nowMs });
}
