import { answerDeadline } from '../../domain/offers/deadline.ts';
import { offerId } from '../../domain/offers/id.ts';
import type { OfferRecord } from '../../domain/offers/offer.ts';
import { deadlinePolicy } from '../../domain/offers/terms.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { Store } from '../../store/store.ts';

/** An offer before and after it was extended: the same where there was nothing to extend. */
export interface Extension {
  readonly before: OfferRecord;
  readonly after: OfferRecord;
}

/**
 * Gives the person of an offer whose message reached nobody as much time again from `nowMs`, once in
 * the life of the offer: an agent may still reach them. Undefined if there is no such offer. Safe to
 * repeat.
 */
export async function extendOffer(
  { store }: { readonly store: { readonly offers: Pick<Store['offers'], 'get' | 'extend'> } },
  { id, settings }: Pick<Prefecture, 'id' | 'settings'>,
  { draw, entry }: Pick<OfferRecord, 'draw' | 'entry'>,
  nowMs: number,
): Promise<Extension | undefined> {
  const before = await store.offers.get(id, offerId(draw, entry));
  if (!before) return undefined;
  const slotStartMs = Date.parse(before.slotStart);
  const deadlineMs = answerDeadline({ ...deadlinePolicy(settings, nowMs), slotStartMs });
  if (deadlineMs === undefined) return { before, after: before };
  return { before, after: await store.offers.extend(id, offerId(draw, entry), deadlineMs) };
}
