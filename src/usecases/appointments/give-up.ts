import type { Hand } from '../../allocator/types.ts';
import type { Impediment } from '../../domain/absences/rule.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { UseCaseDeps } from '../deps.ts';

/**
 * Gives up an appointment. Safe to repeat.
 *
 * @throws DomainError `appointment_not_found`, `appointment_settled`
 */
export async function giveUpAppointment(
  { store, waker, metrics, signals }: Pick<UseCaseDeps, 'store' | 'waker' | 'metrics' | 'signals'>,
  prefecture: Prefecture,
  appointmentId: string,
  nowMs: number,
  { impediment, by }: { readonly impediment?: Impediment | undefined; readonly by?: Hand } = {},
): Promise<void> {
  const before = await store.offers.get(prefecture.id, appointmentId);
  await store.offers.cancel(prefecture.id, appointmentId, nowMs, {
    ...(impediment === undefined ? {} : { impediment }),
    ...(by === undefined ? {} : { by }),
  });
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
