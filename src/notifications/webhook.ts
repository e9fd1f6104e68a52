import { request as httpRequest } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { isPublicAddress, lookupPublic, UnsafeAddress } from './addresses.ts';
import { assertDelivered, type Channel, DeliveryError, type OutgoingMessage } from './channel.ts';

/** More of an answer than this is not read. */
const LONGEST_ANSWER_BYTES = 16 * 1024;

export interface WebhookOptions {
  /** `whsec_` and a key in base64, as in the Standard Webhooks specification. */
  readonly secret: string;
  readonly clock: () => number;
  readonly timeoutMs?: number;
  /** Lets webhooks go to private addresses and over plain http: for tests on one machine. */
  readonly allowPrivate?: boolean;
}

/**
 * Signed webhooks (standardwebhooks.com). People choose where they go, so an address is a way to
 * make this server speak to its neighbours: only https, only public addresses, checked at the
 * moment of connecting, no redirect followed, little of the answer read.
 */
export function createWebhookChannel(options: WebhookOptions): Channel {
  const { clock, timeoutMs = 10_000, allowPrivate = false } = options;
  const signer = new Webhook(options.secret);
  return {
    name: 'webhook',
    accepts: (to) => to.webhook !== undefined,
    async send(message) {
      const url = safeUrl(message.to.webhook, allowPrivate);
      const body = JSON.stringify(payloadOf(message, clock()));
      const sentAtMs = clock();
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Tirage',
        'webhook-id': message.id,
        'webhook-timestamp': String(Math.floor(sentAtMs / 1000)),
        'webhook-signature': signer.sign(message.id, new Date(sentAtMs), body),
      };
      const status = await post(url, body, {
        method: 'POST',
        headers,
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
        ...(allowPrivate ? {} : { lookup: lookupPublic }),
      });
      assertDelivered(status);
    },
    close: async () => {},
  };
}

function payloadOf({ kind, rendered }: OutgoingMessage, nowMs: number) {
  const { language, subject, text, data } = rendered;
  const timestamp = new Date(nowMs).toISOString();
  return { type: `tirage.${kind}`, timestamp, data: { ...data, language, subject, text } };
}

function safeUrl(address: string | undefined, allowPrivate: boolean): URL {
  const url = URL.parse(address ?? '');
  if (url === null) throw new DeliveryError('address_refused', true);
  if (allowPrivate) return url;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // A socket resolves names only: an address written out is never seen by `lookup`.
  const unsafe = isIP(host) !== 0 && !isPublicAddress(host);
  if (unsafe || url.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    throw new DeliveryError('address_unsafe', true);
  }
  return url;
}

/** Posts and returns the status. The rest of the answer is read up to a bound and forgotten. */
async function post(url: URL, body: string, options: RequestOptions): Promise<number> {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const request = send(url, options, (response) => {
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > LONGEST_ANSWER_BYTES) response.destroy();
    });
    // The status stands, however the rest of the answer ends: at its end or at the timeout.
    response.on('error', () => {});
    resolve(response.statusCode ?? 0);
  });
  request.on('error', (error) => reject(deliveryErrorOf(error)));
  request.end(body);
  return promise;
}

function deliveryErrorOf(error: Error): DeliveryError {
  if (error instanceof UnsafeAddress) return new DeliveryError('address_unsafe', true);
  const timedOut = error.name === 'TimeoutError' || error.name === 'AbortError';
  return new DeliveryError(timedOut ? 'timeout' : 'unreachable', false);
}
