import { describe, expect, test } from 'vitest';
import {
  assertDelivered,
  type Channel,
  type ChannelName,
  DeliveryError,
  pickChannel,
} from '#src/notifications/channels/channel.ts';

const channel = (name: ChannelName, member: 'email' | 'phone' | 'webhook'): Channel => ({
  name,
  accepts: (to) => to[member] !== undefined,
  send: async () => {},
  close: async () => {},
});
const email = channel('email', 'email');
const sms = channel('sms', 'phone');
const webhook = channel('webhook', 'webhook');
const everywhere = {
  name: 'A',
  email: 'a@example.org',
  phone: '+33612345678',
  webhook: 'https://example.org/',
};

describe('the channel of a person', () => {
  test('is e-mail, then SMS, then webhook, however they are listed', () => {
    expect(pickChannel([webhook, sms, email], everywhere)).toBe(email);
    expect(pickChannel([webhook, sms, email], { ...everywhere, email: undefined })).toBe(sms);
    expect(pickChannel([webhook, sms], everywhere)).toBe(sms);
    expect(pickChannel([webhook, email], { name: 'A', webhook: 'x' })).toBe(webhook);
  });

  test('is none for who cannot be reached, or not by what is set up', () => {
    expect(pickChannel([email, sms, webhook], { name: 'A' })).toBeUndefined();
    expect(pickChannel([email], { name: 'A', phone: '+33612345678' })).toBeUndefined();
  });
});

describe('the answer of an HTTP gateway', () => {
  test.each([200, 201, 202, 204])('%i is delivered', (status) => {
    expect(() => assertDelivered(status)).not.toThrow();
  });

  test.each([
    [408, 'timeout', false],
    [429, 'gateway_refused', false],
    [500, 'gateway_failed', false],
    [503, 'gateway_failed', false],
    [301, 'gateway_refused', true],
    [400, 'message_refused', true],
    [401, 'gateway_refused', true],
    [404, 'address_refused', true],
    [410, 'address_refused', true],
    [422, 'message_refused', true],
    [0, 'gateway_refused', true],
  ] as const)('%i is %s, final: %s', (status, reason, permanent) => {
    expect(() => assertDelivered(status)).toThrow(
      expect.objectContaining({ reason, permanent, status }),
    );
  });

  test('an error tells reason and status, nothing else', () => {
    expect(new DeliveryError('address_refused', true, 550).message).toBe('address_refused (550)');
    expect(new DeliveryError('timeout', false).message).toBe('timeout');
  });
});
