import { type KnownParts, type MessageId, messageParts, parseMessageId } from '../domain/messages/id.ts';
import {
  isTrue,
  type MessageKind,
  type MessageSubject,
  messageRow,
} from '../domain/messages/kinds.ts';
import { personContext } from '../identity/person/context.ts';
import type { Person } from '../identity/person/person.ts';
import { type Channel, DeliveryError, pickChannel } from '../notifications/channels/channel.ts';
import type { RenderedMessage } from '../notifications/render/message.ts';
import { extendOffer } from '../usecases/offers/extend.ts';
import type { ReadPrefecture } from '../usecases/prefectures/cache.ts';
import type { WorkerDeps } from './deps.ts';
import { factsOf } from './message-facts.ts';

export interface NotificationDeps
  extends Pick<
    WorkerDeps,
    | 'store'
    | 'vault'
    | 'tokens'
    | 'channels'
    | 'renderer'
    | 'clock'
    | 'logger'
    | 'metrics'
    | 'publicUrl'
  > {
  readonly readPrefecture: ReadPrefecture;
}

/** One attempt to send one message. */
export interface Attempt {
  readonly prefecture: string;
  readonly message: MessageId;
  /** Counts from 1. */
  readonly attempt: number;
  readonly lastAttempt: number;
}

type Outcome = 'sent' | 'skipped' | 'dead';

/** Why nobody can be told: there is no e-mail address, telephone or webhook to send to. */
const noChannel = 'undeliverable';

/**
 * Sends one message if it is still true and was not sent yet. What cannot be delivered, at all or
 * any more, becomes a dead letter; an offer's deadline then moves, once.
 *
 * @throws DeliveryError when another attempt may help. Its text holds ids and words only.
 */
export async function sendMessage(deps: NotificationDeps, attempt: Attempt): Promise<Outcome> {
  const { prefecture, message } = attempt;
  const id = parseMessageId(message);
  if (!id) throw new Error('no message id');
  const { kind } = id;
  const [about, sent] = await Promise.all([
    readSubject(deps, prefecture, id),
    deps.store.messages.wasSent(prefecture, message),
  ]);
  if (sent || !about || !isTrue(kind, about, deps.clock())) {
    deps.metrics.notifications.inc({ channel: 'none', kind, outcome: 'skipped' });
    return 'skipped';
  }
  let channel: Channel | undefined;
  try {
    const to = openPerson(deps, about);
    channel = pickChannel(deps.channels, to);
    if (!channel) return await bury(deps, attempt, kind, noChannel, 'none');
    const rendered = render(deps, kind, about, to);
    await channel.send({ id: message, prefecture, kind, to, rendered });
  } catch (error) {
    return handleFailure(deps, attempt, kind, channel?.name ?? 'none', error);
  }
  await deps.store.messages.markSent(prefecture, message, messageRow(kind).sentSeconds);
  deps.metrics.notifications.inc({ channel: channel.name, kind, outcome: 'sent' });
  return 'sent';
}

async function readSubject(
  { store, readPrefecture }: NotificationDeps,
  prefectureId: string,
  { kind, entry: entryId, subject }: KnownParts,
): Promise<MessageSubject | undefined> {
  const [prefecture, entry, offer] = await Promise.all([
    readPrefecture(prefectureId),
    store.entries.get(prefectureId, entryId),
    messageRow(kind).about === 'offer'
      ? store.offers.get(prefectureId, `${subject}.${entryId}`)
      : undefined,
  ]);
  if (!prefecture || !entry) return undefined;
  const drawsLeft = await store.absences.drawsLeft(prefectureId, entry);
  return { prefecture, entry, offer, subject, drawsLeft };
}

function openPerson({ vault }: NotificationDeps, { prefecture, entry }: MessageSubject): Person {
  return vault.open(entry.sealed, personContext(prefecture.id, entry.id));
}

function render<Kind extends MessageKind>(
  { renderer, tokens, publicUrl }: NotificationDeps,
  kind: Kind,
  about: MessageSubject,
  { name, document }: Person,
): RenderedMessage {
  const facts = factsOf(about, { name, document: document.kind }, { tokens, publicUrl });
  return renderer.renderMessage(kind, about.entry.language, facts[kind]());
}

async function handleFailure(
  deps: NotificationDeps,
  attempt: Attempt,
  kind: MessageKind,
  channel: Channel['name'] | 'none',
  error: unknown,
): Promise<Outcome> {
  const failure = error instanceof DeliveryError ? error : undefined;
  const reason = failure?.reason ?? 'internal';
  if (failure?.permanent || attempt.attempt >= attempt.lastAttempt) {
    return bury(deps, attempt, kind, reason, channel);
  }
  deps.metrics.notifications.inc({ channel, kind, outcome: 'retried' });
  throw failure ?? withoutMessage(error);
}

async function bury(
  deps: NotificationDeps,
  { prefecture, message, attempt }: Attempt,
  kind: MessageKind,
  reason: string,
  channel: Channel['name'] | 'none',
): Promise<'dead'> {
  const { store, logger, metrics, clock } = deps;
  const letter = { id: message, reason, attempts: attempt, atMs: clock() };
  await store.messages.bury(prefecture, letter);
  if (messageRow(kind).asksAnswer) await extend(deps, prefecture, message);
  const outcome = reason === 'address_refused' ? 'bounced' : 'dead';
  metrics.notifications.inc({ channel, kind, outcome });
  logger.warn({ prefecture, message, reason, attempt }, 'a message could not be delivered');
  return 'dead';
}

async function extend(
  { store, clock, readPrefecture }: NotificationDeps,
  prefectureId: string,
  message: MessageId,
): Promise<void> {
  const prefecture = await readPrefecture(prefectureId);
  const { entry, subject: draw } = messageParts(message);
  if (prefecture) await extendOffer({ store }, prefecture, { draw, entry }, clock());
}

/**
 * An error of the same kind at the same place, without its words: whatever handled a person's data
 * may quote them, and BullMQ keeps what a job throws.
 */
function withoutMessage(error: unknown): Error {
  const bare = new Error(error instanceof Error ? error.name : 'unknown');
  const frames = error instanceof Error ? (error.stack?.match(/^ {4}at .*$/gm) ?? []) : [];
  bare.stack = [bare.message, ...frames].join('\n');
  return bare;
}
