import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import {
  isLoopback,
  isPublicAddress,
  lookupPublic,
} from '#src/notifications/channels/addresses.ts';
import { createWebhookChannel, type WebhookOptions } from '#src/notifications/channels/webhook.ts';
import { createRenderer } from '#src/notifications/render/render.ts';
import { facts } from '../support/facts.ts';
import { httpGateway, listen } from '../support/servers.ts';

const { renderMessage } = createRenderer({ organizerEmail: 'ne-pas-repondre@rdv.example.org' });
const secret = `whsec_${randomBytes(32).toString('base64')}`;
const clock = () => Date.now();
const messageTo = (webhook: string) => ({
  id: 'offer.k3j5m7n9p1q2r4s6.20261123-7k2m9x',
  prefecture: '92',
  kind: 'offer' as const,
  to: { name: 'Fatoumata', webhook },
  rendered: renderMessage('offer', 'en', facts.offer),
});

const failure = (url: string, options: Partial<WebhookOptions> = {}) =>
  createWebhookChannel({ secret, clock, ...options })
    .send(messageTo(url))
    .then(
      () => 'delivered',
      ({ reason, permanent }) => ({ reason, permanent }),
    );
const locally = { allowPrivate: true };

describe('a webhook', () => {
  test('is signed so that the standard library accepts it, and no other body', async () => {
    const { url, received } = await httpGateway((_request, response) => response.end());
    expect(await failure(url, locally)).toBe('delivered');
    const { body = '', headers = {} } = received[0] ?? {};
    const signed = headers as Record<string, string>; // each of these is sent once
    const payload = new Webhook(secret).verify(body, signed);
    expect(payload).toMatchObject({
      type: 'tirage.offer',
      data: {
        entry: facts.offer.entry,
        offer: facts.offer.offer,
        language: 'en',
        // In the language of who reads it.
        site: 'Prefecture, Nanterre',
      },
    });
    expect(headers['webhook-id']).toBe(messageTo(url).id);
    expect(() => new Webhook(secret).verify(body.replace('92', '93'), signed)).toThrow();
    const other = new Webhook(randomBytes(32).toString('base64'));
    expect(() => other.verify(body, signed)).toThrow();
  });

  test('is signed for the time of the clock handed in', async () => {
    const { url, received } = await httpGateway((_request, response) => response.end());
    await failure(url, { ...locally, clock: () => 1_800_000_000_999 });
    expect(received[0]?.headers['webhook-timestamp']).toBe('1800000000');
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
      timestamp: '2027-01-15T08:00:00.999Z',
    });
  });

  test('that is replayed is too old for the library, or has an id that was seen', async () => {
    const { url, received } = await httpGateway((_request, response) => response.end());
    const hook = new Webhook(secret);
    const replayed = async (ageMs: number) => {
      await failure(url, { ...locally, clock: () => clock() - ageMs });
      const { body = '', headers = {} } = received.at(-1) ?? {};
      return { body, headers: headers as Record<string, string> }; // each of these is sent once
    };
    const old = await replayed(6 * 60_000);
    expect(() => hook.verify(old.body, old.headers)).toThrow('too old');
    const early = await replayed(-6 * 60_000);
    expect(() => hook.verify(early.body, early.headers)).toThrow('too new');
    // Within five minutes its id tells: the same for ever, and signed with the rest.
    const [one, two] = [await replayed(1000), await replayed(0)];
    expect(one.headers['webhook-id']).toBe(two.headers['webhook-id']);
    for (const name of ['webhook-id', 'webhook-timestamp']) {
      const changed = {
        ...two.headers,
        [name]: `${Number.parseInt(two.headers[name] ?? '', 10) + 1}`,
      };
      expect(() => hook.verify(two.body, changed)).toThrow('No matching signature');
    }
  });

  test('does not follow a redirect', async () => {
    const { url, received } = await httpGateway((_request, response) => {
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    expect(await failure(url, locally)).toEqual({ reason: 'gateway_refused', permanent: true });
    expect(received).toHaveLength(1);
  });

  test.each([
    [410, { reason: 'address_refused', permanent: true }],
    [500, { reason: 'gateway_failed', permanent: false }],
  ])('refused with %i', async (status, expected) => {
    const { url } = await httpGateway((_request, response) => response.writeHead(status).end());
    expect(await failure(url, locally)).toEqual(expected);
  });

  test('reads no more than a little of an answer without end', async () => {
    const { promise: hungUp, resolve } = Promise.withResolvers<void>();
    let [sent, open] = [0, true];
    const { url } = await httpGateway((_request, response) => {
      const more = () => {
        while (open && response.write('x'.repeat(65_536))) sent += 65_536;
      };
      response.on('drain', more).on('close', () => {
        open = false;
        resolve();
      });
      more();
    });
    expect(await failure(url, { ...locally, timeoutMs: 60_000 })).toBe('delivered');
    await hungUp;
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  test('is given up when nothing is answered in time', async () => {
    const { url } = await httpGateway(() => {});
    expect(await failure(url, { ...locally, timeoutMs: 50 })).toEqual({
      reason: 'timeout',
      permanent: false,
    });
  });

  test('is delivered once its status is known, even if the rest never comes', async () => {
    const { url } = await httpGateway((_request, response) => response.write('…'));
    expect(await failure(url, { ...locally, timeoutMs: 200 })).toBe('delivered');
  });

  test('passes when the other side is away', async () => {
    const { url } = await httpGateway((request) => request.socket.destroy());
    expect(await failure(url, locally)).toEqual({ reason: 'unreachable', permanent: false });
  });
});

describe('a webhook is never sent', () => {
  const unsafe = { reason: 'address_unsafe', permanent: true };

  test.each([
    'http://example.org/',
    'https://user:password@example.org/',
    'https://127.0.0.1/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://10.1.2.3/',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/',
    'https://[::ffff:10.1.2.3]/',
    'https://[fd00::1]/',
    'https://[64:ff9b::a01:203]/',
    'https://[2002:a01:203::]/',
  ])('to %s', async (url) => expect(await failure(url)).toEqual(unsafe));

  test('to a name that leads to a private address: not even a connection is made', async () => {
    let connections = 0;
    const port = await listen(createServer(() => (connections += 1)));
    expect(await failure(`https://localhost:${port}/`)).toEqual(unsafe);
    expect(connections).toBe(0);
  });

  test('to what is no address', async () => {
    expect(await failure('nowhere')).toEqual({ reason: 'address_refused', permanent: true });
  });
});

describe('an address', () => {
  test.each(['8.8.8.8', '1.1.1.1', '172.15.0.1', '172.32.0.1', '2606:4700:4700::1111'])(
    '%s is public',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  test.each([
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '127.1.2.3',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.19.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:8.8.8.8',
    'fc00::1',
    'fe80::1',
    'ff02::1',
    '2001:db8::1',
    '2001::1',
    '2002:808:808::1',
    'example.org',
    '',
  ])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false));

  test('is this machine’s own from 127.0.0.1 to ::1', () => {
    expect(['127.0.0.1', '127.9.9.9', '::1'].map(isLoopback)).toEqual([true, true, true]);
    expect(['0.0.0.0', '10.0.0.1', 'fe80::1'].map(isLoopback)).toEqual([false, false, false]);
  });

  test('that a name leads to is refused when it is private, in either form of lookup', async () => {
    for (const all of [true, false]) {
      const { promise, resolve } = Promise.withResolvers<unknown>();
      lookupPublic('localhost', { all }, resolve);
      expect(await promise).toMatchObject({ name: 'UnsafeAddress' });
    }
  });

  test('that is public is handed to the socket as it was checked, in either form', async () => {
    for (const all of [true, false]) {
      const { promise, resolve } = Promise.withResolvers<unknown[]>();
      lookupPublic('8.8.8.8', { all }, (...answer) => resolve(answer));
      expect(await promise).toEqual(
        all ? [null, [{ address: '8.8.8.8', family: 4 }]] : [null, '8.8.8.8', 4],
      );
    }
  });
});
