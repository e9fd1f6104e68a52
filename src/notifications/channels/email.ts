import { isIP } from 'node:net';
import { createTransport } from 'nodemailer';
import addressparser from 'nodemailer/lib/addressparser';
import { minuteMs } from '../../base/units.ts';
import type { RenderedMessage } from '../render/message.ts';
import { isLoopback } from './addresses.ts';
import { type Channel, DeliveryError, type OutgoingMessage } from './channel.ts';

export interface EmailOptions {
  /** `smtps://user:password@host:465` or `smtp://user:password@host:587`. */
  readonly url: string;
  /** `Name <address>`. The part after the @ also ends every Message-ID. */
  readonly from: string;
  /** Connections kept open at the same time. */
  readonly connections?: number;
  /** Longest silence of the server at any step, in ms. */
  readonly stepTimeoutMs?: number;
  /** Longest time for one message from first to last, in ms: no server can hold us by trickling. */
  readonly timeoutMs?: number;
}

/**
 * One address and nothing else. Joining lets no other through; but a mailer takes
 * `a@x.example <b@y.example>` for the second of them, so it is not left to one check.
 */
const PLAIN_ADDRESS = /^[^\s\p{C}<>()[\]\\,;:"@]+@[^\s\p{C}<>()[\]\\,;:"@]+$/u;

/**
 * E-mail over SMTP. TLS is required: from the first byte for `smtps:`, by STARTTLS for `smtp:`.
 * Only a server on the loopback interface is spoken to in plain text.
 */
export function createEmailChannel(options: EmailOptions): Channel {
  const from = parseSender(options.from);
  const { timeoutMs = minuteMs } = options;
  const transport = createTransport(transportOptions(options));
  return {
    name: 'email',
    accepts: (to) => to.email !== undefined,
    async send(message) {
      const { email } = message.to;
      if (email === undefined || !PLAIN_ADDRESS.test(email))
        throw new DeliveryError('address_refused', true);
      const mail = {
        ...content(message.rendered),
        from,
        to: { name: '', address: email },
        envelope: { from: from.address, to: [email] },
        messageId: messageIdOf(message, from.address),
        signal: AbortSignal.timeout(timeoutMs),
      };
      await transport.sendMail(mail).catch((error: unknown) => {
        throw deliveryErrorOf(error);
      });
    },
    close: async () => transport.close(),
  };
}

/**
 * The address of a sender written `Name <address>`.
 *
 * @throws Error unless there is exactly one address.
 */
export function parseSender(text: string): { name: string; address: string } {
  const [sender, ...more] = addressparser(text, { flatten: true });
  if (!sender?.address.includes('@') || more.length > 0) {
    throw new Error('the sender must be written "Name <address>"');
  }
  return { name: sender.name, address: sender.address };
}

function transportOptions({ url, connections = 4, stepTimeoutMs = 20_000 }: EmailOptions) {
  const { protocol, hostname, port, username, password } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const secure = protocol === 'smtps:';
  const plain = !secure && (host === 'localhost' || (isIP(host) !== 0 && isLoopback(host)));
  return {
    pool: true as const,
    host,
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    ...(plain ? { ignoreTLS: true } : { requireTLS: !secure }),
    ...(username === ''
      ? {}
      : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    maxConnections: connections,
    // An idle connection that the server dropped is replaced once: the pool does so only while
    // not a byte of the message was sent. Later retries are for whoever queued the message.
    maxRequeues: 1,
    connectionTimeout: stepTimeoutMs,
    greetingTimeout: stepTimeoutMs,
    socketTimeout: stepTimeoutMs,
    dnsTimeout: stepTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function content({ language, subject, text, html, attachment }: RenderedMessage) {
  return {
    subject,
    text,
    html,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': language,
    },
    ...(attachment === undefined ? {} : { icalEvent: { ...attachment } }),
  };
}

/** `<id@domain>`: the same for the same message, however often it is sent. */
function messageIdOf({ id }: OutgoingMessage, sender: string): string {
  if (!/^[A-Za-z0-9._-]+$/.test(id)) throw new Error('a message id holds a foreign character');
  return `<${id}@${sender.slice(sender.lastIndexOf('@') + 1)}>`;
}

/** What nodemailer tells about a failure. */
interface SmtpFailure {
  readonly code?: unknown;
  readonly command?: unknown;
  readonly responseCode?: unknown;
}

/**
 * Reads a failure of nodemailer. A 5xx to the sender, the address or the message is final. Before
 * that stage (greeting, STARTTLS, login) it is for the operator to repair, and no message should
 * be lost meanwhile. Silence, 4xx and broken connections pass.
 */
function deliveryErrorOf(error: unknown): unknown {
  const { code, command, responseCode } = Object(error) as SmtpFailure; // all members are unknown
  // Every failure of the network has a code. Anything else is a bug, and stays one.
  if (typeof code !== 'string') return error;
  if (typeof responseCode !== 'number' || responseCode < 400) {
    // An address that nodemailer itself will not put into a command.
    if (code === 'EENVELOPE') return new DeliveryError('address_refused', true);
    const timedOut = code === 'ETIMEDOUT' || code === 'EABORT';
    return new DeliveryError(timedOut ? 'timeout' : 'unreachable', false);
  }
  const permanent = responseCode >= 500;
  switch (command) {
    case 'RCPT TO':
      return new DeliveryError('address_refused', permanent, responseCode);
    case 'DATA':
      return new DeliveryError('message_refused', permanent, responseCode);
    case 'MAIL FROM':
      return new DeliveryError('gateway_refused', permanent, responseCode);
    default:
      return new DeliveryError('gateway_refused', false, responseCode);
  }
}
