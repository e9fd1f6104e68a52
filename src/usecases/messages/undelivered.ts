import { DomainError } from '../../base/errors.ts';
import {
  type KnownParts,
  type MessageId,
  messageParts,
  parseMessageId,
} from '../../domain/messages/id.ts';
import { type MessageKind, messageRow } from '../../domain/messages/kinds.ts';
import type { DeadLetter } from '../../domain/messages/message.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import type { ChannelName } from '../../notifications/channels/channel.ts';
import type { Store } from '../../store/store.ts';
import type { UseCaseDeps } from '../deps.ts';
import { type Extension, extendOffer } from '../offers/extend.ts';

/** Reasons that say: this address takes no mail. */
const bounces: readonly string[] = ['address_refused', 'bounced'];

/**
 * Keeps a message that reached nobody for an agent to see. Where it asks for an answer, its person
 * gets as much time again, once in the life of the offer, for the agent may still reach them:
 * answers that offer. Safe to repeat.
 */
export async function buryMessage(
  {
    store,
    metrics,
  }: {
    readonly store: Pick<Store, 'messages' | 'offers'>;
    readonly metrics: Pick<Metrics, 'notifications'>;
  },
  prefecture: Prefecture,
  letter: DeadLetter,
  { kind, channel }: { readonly kind: MessageKind; readonly channel: ChannelName | 'none' },
): Promise<Extension | undefined> {
  await store.messages.bury(prefecture.id, letter);
  const { entry, subject: draw } = messageParts(letter.id);
  const extension = messageRow(kind).asksAnswer
    ? await extendOffer({ store }, prefecture, { draw, entry }, letter.atMs)
    : undefined;
  const outcome = bounces.includes(letter.reason) ? 'bounced' : 'dead';
  metrics.notifications.inc({ channel, kind, outcome });
  return extension;
}

/**
 * Notes that a message came back to the mail system.
 *
 * @throws DomainError `message_not_found`
 */
export async function bounceMessage(
  deps: Pick<UseCaseDeps, 'store' | 'metrics'>,
  prefecture: Prefecture,
  id: MessageId,
  nowMs: number,
): Promise<Extension | undefined> {
  const { kind } = await need(deps, prefecture.id, id);
  const letter = { id, reason: 'bounced', attempts: 1, atMs: nowMs };
  return buryMessage(deps, prefecture, letter, { kind, channel: 'email' });
}

/**
 * Makes a message that reached nobody due once more.
 *
 * @throws DomainError `message_not_found`
 */
export async function replayMessage(
  { store, waker, logger }: Pick<UseCaseDeps, 'store' | 'waker' | 'logger'>,
  prefecture: string,
  message: MessageId,
  agent: string,
): Promise<void> {
  await store.messages.replay(prefecture, message);
  waker.soon('dispatch', prefecture);
  logger.info({ prefecture, agent, message }, 'message replayed');
}

/** The parts of a message's id, if there is anyone it can have been for. */
async function need(
  { store }: Pick<UseCaseDeps, 'store'>,
  prefecture: string,
  message: MessageId,
): Promise<KnownParts> {
  const parts = parseMessageId(message);
  const exists = parts && (await store.entries.get(prefecture, parts.entry));
  if (!parts || !exists) throw new DomainError('message_not_found', 'no such message');
  return parts;
}
