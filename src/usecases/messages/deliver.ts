import type { Logger } from 'pino';
import { type KnownParts, type MessageId, parseMessageId } from '../../domain/messages/id.ts';
import {
  isTrue,
  type MessageKind,
  type MessageSubject,
  messageRow,
} from '../../domain/messages/kinds.ts';
import { offerId } from '../../domain/offers/id.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { Vault } from '../../identity/keys/vault.ts';
import { personContext } from '../../identity/person/context.ts';
import type { Person } from '../../identity/person/person.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import { type Channel, DeliveryError, pickChannel } from '../../notifications/channels/channel.ts';
import type { RenderedMessage } from '../../notifications/render/message.ts';
import type { Renderer } from '../../notifications/render/render.ts';
import type { Store } from '../../store/store.ts';
import type { ReadPrefecture } from '../prefectures/cache.ts';
import { factsOf, type Sources } from './facts.ts';
import { buryMessage } from './undelivered.ts';

export interface DeliverDeps {
  readonly store: Pick<Store, 'entries' | 'offers' | 'absences' | 'closures' | 'messages'>;
  readonly vault: Pick<Vault, 'open'>;
  readonly tokens: Sources['tokens'];
  readonly channels: readonly Channel[];
  readonly renderer: Renderer;
  readonly clock: () => number;
  readonly logger: Pick<Logger, 'warn'>;
  readonly metrics: Pick<Metrics, 'notifications'>;
  /** Where people find the service, without a slash at the end. */
  readonly publicUrl: string;
  /** A prefecture as it was a moment ago: thousands of messages need the same one. */
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

/** What is sent, and by which channel. */
interface By {
  readonly kind: MessageKind;
  readonly channel: Channel['name'] | 'none';
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
export async function deliver(deps: DeliverDeps, attempt: Attempt): Promise<Outcome> {
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
    const none = { kind, channel: 'none' } as const;
    if (!channel) return await bury(deps, attempt, about.prefecture, none, noChannel);
    const rendered = render(deps, kind, about, to);
    await channel.send({ id: message, prefecture, kind, to, rendered });
  } catch (error) {
    const by: By = { kind, channel: channel?.name ?? 'none' };
    return handleFailure(deps, attempt, about.prefecture, by, error);
  }
  await deps.store.messages.markSent(prefecture, message, messageRow(kind).sentSeconds);
  deps.metrics.notifications.inc({ channel: channel.name, kind, outcome: 'sent' });
  return 'sent';
}

async function readSubject(
  { store, readPrefecture }: DeliverDeps,
  prefectureId: string,
  { kind, entry: entryId, subject }: KnownParts,
): Promise<MessageSubject | undefined> {
  const [prefecture, entry] = await Promise.all([
    readPrefecture(prefectureId),
    store.entries.get(prefectureId, entryId),
  ]);
  if (!prefecture || !entry) return undefined;
  const { about } = messageRow(kind);
  // What was done for a person concerns what the entry holds, if it holds something.
  const draw = about === 'offer' ? subject : about === 'proxy' ? entry.held?.draw : undefined;
  const offer =
    draw === undefined ? undefined : await store.offers.get(prefectureId, offerId(draw, entryId));
  const drawsLeft = await store.absences.drawsLeft(prefectureId, entry);
  const closure =
    offer?.closure === undefined
      ? undefined
      : await store.closures.get(prefectureId, offer.closure);
  return { prefecture, entry, offer, subject, closureText: closure?.text, drawsLeft };
}

function openPerson({ vault }: DeliverDeps, { prefecture, entry }: MessageSubject): Person {
  return vault.open(entry.sealed, personContext(prefecture.id, entry.id));
}

function render<Kind extends MessageKind>(
  { renderer, tokens, publicUrl, clock }: DeliverDeps,
  kind: Kind,
  about: MessageSubject,
  { name, document, others = [] }: Person,
): RenderedMessage {
  const sources = { tokens, publicUrl };
  const person = { name, document: document.kind, others: others.map((one) => one.name) };
  const facts = factsOf(about, person, sources, clock());
  return renderer.renderMessage(kind, about.entry.language, facts[kind]());
}

async function handleFailure(
  deps: DeliverDeps,
  attempt: Attempt,
  prefecture: Prefecture,
  by: By,
  error: unknown,
): Promise<Outcome> {
  const failure = error instanceof DeliveryError ? error : undefined;
  const reason = failure?.reason ?? 'internal';
  if (failure?.permanent || attempt.attempt >= attempt.lastAttempt) {
    return bury(deps, attempt, prefecture, by, reason);
  }
  deps.metrics.notifications.inc({ ...by, outcome: 'retried' });
  throw failure ?? withoutMessage(error);
}

async function bury(
  deps: DeliverDeps,
  { message, attempt }: Attempt,
  prefecture: Prefecture,
  by: By,
  reason: string,
): Promise<'dead'> {
  const letter = { id: message, reason, attempts: attempt, atMs: deps.clock() };
  await buryMessage(deps, prefecture, letter, by);
  const of = { prefecture: prefecture.id, message, reason, attempt };
  deps.logger.warn(of, 'a message could not be delivered');
  return 'dead';
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
