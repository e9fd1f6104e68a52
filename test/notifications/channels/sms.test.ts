import { describe, expect, test } from 'vitest';
import { createSmsChannel } from '#src/notifications/channels/sms.ts';
import { createRenderer } from '#src/notifications/render/render.ts';
import { renderSms } from '#src/notifications/render/sms-text.ts';
import { facts } from '../support/facts.ts';
import { httpGateway } from '../support/servers.ts';

const { renderMessage } = createRenderer({ organizerEmail: 'ne-pas-repondre@rdv.example.org' });
const message = {
  id: 'offer.k3j5m7n9p1q2r4s6.20261123-7k2m9x',
  prefecture: '92',
  kind: 'offer',
  to: { name: 'Fatoumata', phone: '+33612345678' },
  rendered: renderMessage('offer', 'fr', facts.offer),
} as const;
const token = 'a-token-of-the-gateway';

const failure = (url: string, timeoutMs = 5000) =>
  createSmsChannel({ url, token, timeoutMs })
    .send(message)
    .then(
      () => 'delivered',
      ({ reason, permanent, status }) => ({ reason, permanent, status }),
    );

describe('an SMS', () => {
  test('reaches the gateway with number, text and reference, and nothing else', async () => {
    const { url, received } = await httpGateway((_request, response) => response.end());
    await createSmsChannel({ url, token }).send(message);
    const [request, ...more] = received;
    expect(more).toEqual([]);
    expect(request).toMatchObject({ method: 'POST', path: '/gateway' });
    expect(request?.headers).toMatchObject({
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    });
    expect(JSON.parse(request?.body ?? '')).toEqual({
      to: '+33612345678',
      text: message.rendered.sms,
      reference: message.id,
    });
  });

  test.each([
    [400, { reason: 'message_refused', permanent: true }],
    [403, { reason: 'gateway_refused', permanent: true }],
    [408, { reason: 'timeout', permanent: false }],
    [429, { reason: 'gateway_refused', permanent: false }],
    [503, { reason: 'gateway_failed', permanent: false }],
  ])('refused with %i', async (status, expected) => {
    const { url } = await httpGateway((_request, response) => {
      response.writeHead(status).end('+33612345678 is not wanted');
    });
    expect(await failure(url)).toEqual({ ...expected, status });
  });

  test('is not carried on to where a redirect leads', async () => {
    const { url, received } = await httpGateway((_request, response) => {
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await failure(url)).toMatchObject({ reason: 'gateway_refused', permanent: true });
    expect(received).toHaveLength(1);
  });

  test('is given up when the gateway does not answer in time', async () => {
    const { url } = await httpGateway(() => {});
    expect(await failure(url, 50)).toMatchObject({ reason: 'timeout', permanent: false });
  });

  test('passes when the gateway is away', async () => {
    const { url } = await httpGateway((request) => request.socket.destroy());
    expect(await failure(url)).toMatchObject({ reason: 'unreachable', permanent: false });
  });

  test('does not wait for an answer that never ends', async () => {
    const { url } = await httpGateway((_request, response) => response.write('…'));
    expect(await failure(url)).toBe('delivered');
  });

  test('needs a telephone number', async () => {
    const channel = createSmsChannel({ url: 'http://127.0.0.1:1/', token });
    expect(channel.accepts({ name: 'A' })).toBe(false);
    await expect(channel.send({ ...message, to: { name: 'A' } })).rejects.toMatchObject({
      permanent: true,
    });
  });
});

describe('the text of an SMS', () => {
  const url = 'https://rdv.example.org/x';

  test('is cut where it is too long, the link never', () => {
    const sms = renderSms('é'.repeat(400), url);
    expect(sms).toHaveLength(300);
    expect(sms.endsWith(`… ${url}`)).toBe(true);
  });

  test('is kept whole where it fits', () => {
    const text = 'a'.repeat(300 - url.length - 1);
    expect(renderSms(text, url)).toBe(`${text} ${url}`);
  });
});
