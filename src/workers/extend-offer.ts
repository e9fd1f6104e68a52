import type { MessageId } from '../domain/messages/message.ts';
import { deadlinePolicy, deadlines } from '../domain/offers/terms.ts';
import type { WorkerDeps } from './deps.ts';
import type { ReadPrefecture } from './prefecture-cache.ts';

/**
 * Gives the person of an undeliverable offer as much time again from now, once in its life: an
 * agent may still reach them. Safe to repeat.
 */
export async function extendOffer(
  deps: Pick<WorkerDeps, 'store' | 'clock'> & { readonly readPrefecture: ReadPrefecture },
  prefectureId: string,
  message: MessageId,
): Promise<void> {
  const [, entry, draw] = message.split('.');
  const offerId = `${draw}.${entry}`;
  const prefecture = await deps.readPrefecture(prefectureId);
  const offer = await deps.store.offers.get(prefectureId, offerId);
  if (!prefecture || offer?.state !== 'pending') return;
  const policy = deadlinePolicy(prefecture.settings, deps.clock());
  const deadlineMs = deadlines(policy)(offer.slotStart);
  if (deadlineMs !== undefined) await deps.store.offers.extend(prefectureId, offerId, deadlineMs);
}
