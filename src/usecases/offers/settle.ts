import type { Hand } from '../../allocator/types.ts';
import type { Impediment } from '../../domain/absences/rule.ts';
import type { OfferRecord } from '../../domain/offers/offer.ts';
import { policyOf } from '../../domain/offers/settle.ts';
import type { OfferAnswer } from '../../domain/offers/state.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { UseCaseDeps } from '../deps.ts';

const outcomes = { accept: 'accepted', decline: 'declined' } as const;

/**
 * Answers an offer for its person, who may say what keeps them from coming. Repeating the same
 * answer changes nothing.
 *
 * @throws DomainError `offer_not_found`, `offer_settled` (also: too late to accept)
 */
export async function settleOffer(
  { store, waker, metrics, signals }: Pick<UseCaseDeps, 'store' | 'waker' | 'metrics' | 'signals'>,
  prefecture: Prefecture,
  offerId: string,
  action: OfferAnswer,
  nowMs: number,
  { impediment, by }: { readonly impediment?: Impediment | undefined; readonly by?: Hand } = {},
): Promise<OfferRecord> {
  const { id } = prefecture;
  const before = await store.offers.get(id, offerId);
  const policy = { ...policyOf(prefecture), ...(by === undefined ? {} : { by }) };
  const offer = await store.offers.settle(id, offerId, action, nowMs, policy);
  if (before?.state === 'pending' && action === 'decline') {
    signals.happened(id, 'decline', before.entry, nowMs);
  }
  if (before?.state === 'pending') metrics.offers.inc({ outcome: outcomes[action] });
  // Counted, and kept nowhere: what kept somebody is nobody's business.
  if (impediment !== undefined) metrics.impediments.inc({ impediment });
  if (action === 'decline') waker.soon('offers', id);
  waker.soon('dispatch', id);
  waker.soon('register', id);
  return offer;
}
