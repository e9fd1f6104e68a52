import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Webhook } from 'standardwebhooks';
import { lookupPublic, UnsafeAddress } from './addresses.ts';
import { assertDelivered, DeliveryError } from './channel.ts';

/** More of an answer than this is not read. */
const LONGEST_ANSWER_BYTES = 16 * 1024;

export interface SignedPostOptions {
  /** `whsec_` and a key in base64, as in the Standard Webhooks specification. */
  readonly secret: string;
  readonly clock: () => number;
  readonly timeoutMs?: number;
}

export interface SignedMessage {
  /** Names the message for ever: sent twice, it bears the same. */
  readonly id: string;
  /** JSON. */
  readonly body: string;
  /** Whether the name may lead to an address that is not public. */
  readonly allowPrivate: boolean;
}

/** Posts one signed message. @throws DeliveryError unless the answer is 2xx. */
export type SignedPost = (url: URL, message: SignedMessage) => Promise<void>;

/**
 * Posts JSON with a Standard Webhooks signature. No redirect is followed, little of the answer is
 * read. The caller answers for the URL itself.
 */
export function createSignedPost(options: SignedPostOptions): SignedPost {
  const { clock, timeoutMs = 10_000 } = options;
  const signer = new Webhook(options.secret);
  return async (url, { id, body, allowPrivate }) => {
    const sentAtMs = clock();
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'Tirage',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(sentAtMs / 1000)),
      'webhook-signature': signer.sign(id, new Date(sentAtMs), body),
    };
    const status = await post(url, body, {
      method: 'POST',
      headers,
      agent: false,
      signal: AbortSignal.timeout(timeoutMs),
      ...(allowPrivate ? {} : { lookup: lookupPublic }),
    });
    assertDelivered(status);
  };
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
