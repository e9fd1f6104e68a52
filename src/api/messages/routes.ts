import type { IRouter } from 'express';
import { DomainError } from '../../base/errors.ts';
import { MESSAGE_KINDS } from '../../domain/messages/message.ts';
import { answerDeadline } from '../../domain/offers/deadline.ts';
import type { OfferRecord } from '../../domain/offers/offer.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { offerId } from '../../store/offers/codec.ts';
import type { RouteDeps } from '../http/deps.ts';
import { mount } from '../http/legacy-mount.ts';
import { instant, instantOrNull } from '../http/schemas.ts';
import { bounceMessage, listMessages, replayMessage } from './operations.ts';

/** Messages that did not reach their person. */
export function mountMessages(router: IRouter, deps: RouteDeps): void {
  const { store, waker, metrics, logger } = deps;

  mount(router, deps, listMessages, async ({ res, prefecture, query: { limit } }) => {
    const letters = await store.messages.deadLetters(prefecture.id, { limit });
    const messages = letters.map(({ id, reason, attempts, atMs }) => {
      const [kind = '', entry = ''] = id.split('.');
      return { id, kind, entry, reason, attempts, at: instant(atMs) };
    });
    res.json({ messages });
  });

  mount(router, deps, replayMessage, async ({ res, prefecture, params, agent }) => {
    const message = params.messageId;
    await store.messages.replay(prefecture.id, message);
    waker.soon('dispatch', prefecture.id);
    logger.info({ prefecture: prefecture.id, agent: agent(), message }, 'message replayed');
    res.status(202).end();
  });

  mount(router, deps, bounceMessage, async ({ res, prefecture, params, nowMs }) => {
    const { kind, entry, subject } = await need(deps, prefecture.id, params.messageId);
    const letter = { id: params.messageId, reason: 'bounced', attempts: 1, atMs: nowMs };
    await store.messages.bury(prefecture.id, letter);
    metrics.notifications.inc({ channel: 'email', kind, outcome: 'bounced' });
    const before =
      kind === 'offer' || kind === 'reminder'
        ? await store.offers.get(prefecture.id, offerId(subject, entry))
        : undefined;
    const after = before && (await extend(deps, prefecture, before, nowMs));
    const deadline = instantOrNull(after?.deadlineMs);
    res.json({ id: letter.id, extended: after?.deadlineMs !== before?.deadlineMs, deadline });
  });
}

/** The parts of a message's id, if there is anyone it can have been for. */
async function need({ store }: RouteDeps, prefecture: string, message: string) {
  const [word, entry = '', subject = ''] = message.split('.');
  const kind = MESSAGE_KINDS.find((known) => known === word);
  const exists = kind && (await store.entries.get(prefecture, entry));
  if (!kind || !exists) throw new DomainError('message_not_found', 'no such message');
  return { kind, entry, subject };
}

/** As much time again from now: an agent may still reach the person. Once in an offer's life. */
function extend(
  { store }: RouteDeps,
  { id, settings }: Prefecture,
  offer: OfferRecord,
  nowMs: number,
): Promise<OfferRecord> | OfferRecord {
  const slotStartMs = Date.parse(offer.slotStart);
  const deadlineMs = answerDeadline({ ...settings, nowMs, slotStartMs });
  if (deadlineMs === undefined) return offer;
  return store.offers.extend(id, offerId(offer.draw, offer.entry), deadlineMs);
}
