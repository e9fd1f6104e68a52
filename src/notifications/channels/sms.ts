import { assertDelivered, type Channel, DeliveryError } from './channel.ts';

export interface SmsOptions {
  /** The gateway's address. */
  readonly url: string;
  readonly token: string;
  readonly timeoutMs?: number;
}

/**
 * SMS through an HTTP gateway: `POST {to, text, reference}` with a bearer token. The reference is
 * the message's id, by which a gateway can tell a repetition.
 */
export function createSmsChannel({ url, token, timeoutMs = 10_000 }: SmsOptions): Channel {
  return {
    name: 'sms',
    accepts: (to) => to.phone !== undefined,
    async send({ id, to, rendered }) {
      if (to.phone === undefined) throw new DeliveryError('address_refused', true);
      const response = await fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ to: to.phone, text: rendered.sms, reference: id }),
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      }).catch((error: unknown) => {
        const timedOut = error instanceof Error && error.name === 'TimeoutError';
        throw new DeliveryError(timedOut ? 'timeout' : 'unreachable', false);
      });
      // Only the status counts; what else is said is not waited for.
      await response.body?.cancel();
      assertDelivered(response.status);
    },
    close: async () => {},
  };
}
