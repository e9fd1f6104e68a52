import { isIP } from 'node:net';
import { isPublicAddress } from './addresses.ts';
import { type Channel, DeliveryError, type OutgoingMessage } from './channel.ts';
import { createSignedPost, type SignedPostOptions } from './signed-post.ts';

export interface WebhookOptions extends SignedPostOptions {
  /** Lets webhooks go to private addresses and over plain http: for tests on one machine. */
  readonly allowPrivate?: boolean;
}

/**
 * Signed webhooks (standardwebhooks.com). People choose where they go, so an address is a way to
 * make this server speak to its neighbours: only https, only public addresses, checked at the
 * moment of connecting, no redirect followed, little of the answer read.
 */
export function createWebhookChannel(options: WebhookOptions): Channel {
  const { clock, allowPrivate = false } = options;
  const post = createSignedPost(options);
  return {
    name: 'webhook',
    accepts: (to) => to.webhook !== undefined,
    async send(message) {
      const url = safeUrl(message.to.webhook, allowPrivate);
      const body = JSON.stringify(payloadOf(message, clock()));
      await post(url, { id: message.id, body, allowPrivate });
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
