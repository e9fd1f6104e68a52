import type { MessageKind } from '../../domain/messages/kinds.ts';
import type { RenderedMessage } from '../render/message.ts';

/** How a person can be reached: the part of a person that channels look at. */
export interface Recipient {
  readonly name: string;
  readonly email?: string | undefined;
  /** E.164. */
  readonly phone?: string | undefined;
  readonly webhook?: string | undefined;
  /** Lines of a postal address, without the name. */
  readonly postal?: readonly string[] | undefined;
}

export interface OutgoingMessage {
  /** Names the message for ever: sent twice, it bears the same Message-ID or reference. */
  readonly id: string;
  readonly prefecture: string;
  readonly kind: MessageKind;
  readonly to: Recipient;
  readonly rendered: RenderedMessage;
}

export const CHANNEL_NAMES = ['email', 'sms', 'webhook', 'letter'] as const;
export type ChannelName = (typeof CHANNEL_NAMES)[number];

/** A way to reach people. */
export interface Channel {
  readonly name: ChannelName;
  /** Whether the person gave what this channel needs. */
  accepts(to: Recipient): boolean;
  /**
   * Hands the message over. Returns once the other side has taken charge of it.
   *
   * @throws DeliveryError for everything the other side or the network can do to us.
   */
  send(message: OutgoingMessage): Promise<void>;
  /** Lets go of connections. Messages under way are finished first. */
  close(): Promise<void>;
}

export type DeliveryReason =
  /** This address takes no mail: mistyped, full, closed. */
  | 'address_refused'
  /** The address leads where we do not send: not public, not https. */
  | 'address_unsafe'
  /** The gateway would not have this message, whoever it is for. */
  | 'message_refused'
  /** The gateway would not have us: login, sender, rate. */
  | 'gateway_refused'
  /** The gateway is in trouble of its own. */
  | 'gateway_failed'
  | 'unreachable'
  | 'timeout';

/**
 * A message that was not delivered. Its text holds no address, and it carries no `cause`: what
 * mail servers answer often quotes both address and message.
 */
export class DeliveryError extends Error {
  readonly reason: DeliveryReason;
  /** Trying again later is useless. */
  readonly permanent: boolean;
  /** The SMTP or HTTP status that was answered, if one was. */
  readonly status: number | undefined;

  constructor(reason: DeliveryReason, permanent: boolean, status?: number) {
    super(status === undefined ? reason : `${reason} (${status})`);
    this.name = 'DeliveryError';
    this.reason = reason;
    this.permanent = permanent;
    this.status = status;
  }
}

/** The first channel by which this person can be reached: e-mail, then SMS, then webhook, then post. */
export function pickChannel(channels: readonly Channel[], to: Recipient): Channel | undefined {
  return CHANNEL_NAMES.map((name) =>
    channels.find((channel) => channel.name === name && channel.accepts(to)),
  ).find((channel) => channel !== undefined);
}

/**
 * Reads an HTTP gateway's status: 2xx is delivered. 408, 429 and 5xx pass, any other refusal is
 * final, a redirect too: whoever holds the old address must not choose where messages go.
 *
 * @throws DeliveryError
 */
export function assertDelivered(status: number): void {
  if (status >= 200 && status < 300) return;
  if (status === 408) throw new DeliveryError('timeout', false, status);
  if (status === 429) throw new DeliveryError('gateway_refused', false, status);
  if (status >= 500) throw new DeliveryError('gateway_failed', false, status);
  if (status === 404 || status === 410) throw new DeliveryError('address_refused', true, status);
  if (status === 400 || status === 413 || status === 422) {
    throw new DeliveryError('message_refused', true, status);
  }
  throw new DeliveryError('gateway_refused', true, status);
}
