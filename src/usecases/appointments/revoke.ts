import type { Cause } from '../../allocator/types.ts';
import type { OfferRecord } from '../../domain/offers/offer.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { UseCaseDeps } from '../deps.ts';

/**
 * Takes back an appointment, or an open offer, that the office cannot keep. Its person is told, and is
 * first in the next draw. Safe to repeat.
 *
 * @throws DomainError `appointment_not_found`, `appointment_settled`
 */
export async function revokeAppointment(
  { store, waker, metrics }: Pick<UseCaseDeps, 'store' | 'waker' | 'metrics'>,
  { id }: Prefecture,
  appointmentId: string,
  cause: Cause,
  nowMs: number,
): Promise<OfferRecord> {
  const before = await store.offers.get(id, appointmentId);
  const offer = await store.offers.revoke(id, appointmentId, { cause }, nowMs);
  const isNew = before?.state !== offer.state || before?.appointment !== offer.appointment;
  if (isNew) metrics.offers.inc({ outcome: 'revoked' });
  for (const name of ['offers', 'dispatch', 'register'] as const) waker.soon(name, id);
  return offer;
}
