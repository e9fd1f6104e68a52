import { readFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { type ParsedMail, simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import type { MessageKind } from '#src/domain/messages/kinds.ts';
import type { OutgoingMessage } from '#src/notifications/channels/channel.ts';
import {
  createEmailChannel,
  type EmailOptions,
  parseSender,
} from '#src/notifications/channels/email.ts';
import { createRenderer } from '#src/notifications/render/render.ts';
import { facts } from '../support/facts.ts';
import { closeLater, listen, smtpServer } from '../support/servers.ts';

const { renderMessage } = createRenderer({ organizerEmail: 'ne-pas-repondre@rdv.example.org' });
const from = 'Préfecture, guichet <ne-pas-repondre@rdv.example.org>';

function message(kind: MessageKind = 'offer', change: object = {}): OutgoingMessage {
  return {
    id: `${kind}.k3j5m7n9p1q2r4s6.20261123-7k2m9x`,
    prefecture: '92',
    kind,
    to: { name: 'Fatoumata', email: 'fatoumata@example.org' },
    rendered: renderMessage(kind, 'fr', { ...facts[kind], ...change }),
  };
}

function channelTo(url: string, options: Partial<EmailOptions> = {}) {
  const channel = createEmailChannel({ url, from, ...options });
  closeLater(() => channel.close());
  return channel;
}

const failure = (url: string, options: Partial<EmailOptions> = {}) =>
  channelTo(url, options)
    .send(message())
    .then(
      () => 'delivered',
      ({ reason, permanent, status }) => ({ reason, permanent, status }),
    );

/** An SMTP refusal as smtp-server sends it. */
const refuse = (responseCode: number) =>
  Object.assign(new Error('fatoumata@example.org is not wanted'), { responseCode });

describe('an e-mail arrives', () => {
  async function arrived(sent: OutgoingMessage): Promise<ParsedMail> {
    const server = await smtpServer();
    await channelTo(server.url).send(sent);
    return simpleParser(server.received[0]?.source ?? '');
  }

  test('with its accents, as text and as HTML', async () => {
    const sent = message();
    const mail = await arrived(sent);
    expect(mail.subject).toBe(sent.rendered.subject);
    expect(mail.text?.trim()).toBe(sent.rendered.text);
    expect(`${mail.html}`.trim()).toBe(sent.rendered.html.trim());
  });

  test('from and to whom it should, marked as sent by a machine', async () => {
    const server = await smtpServer();
    await channelTo(server.url).send(message());
    const [received] = server.received;
    expect(received?.from).toBe('ne-pas-repondre@rdv.example.org');
    expect(received?.to).toEqual(['fatoumata@example.org']);
    const { headers, from: sender } = await simpleParser(received?.source ?? '');
    expect(sender?.value).toEqual([
      { name: 'Préfecture, guichet', address: 'ne-pas-repondre@rdv.example.org' },
    ]);
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    expect(headers.get('content-language')).toBe('fr');
  });

  test('with a Message-ID that is the same when it is sent again', async () => {
    const server = await smtpServer();
    const channel = channelTo(server.url);
    await channel.send(message());
    await channel.send(message());
    const ids = server.received.map(({ source }) => /^Message-ID: (.*)$/m.exec(`${source}`)?.[1]);
    expect(ids).toHaveLength(2);
    expect(new Set(ids)).toEqual(
      new Set(['<offer.k3j5m7n9p1q2r4s6.20261123-7k2m9x@rdv.example.org>']),
    );
  });

  test('with the appointment as a calendar file, in the mail and attached', async () => {
    const sent = message('booked');
    const mail = await arrived(sent);
    const [inline, file, ...more] = mail.attachments;
    expect(more).toEqual([]);
    expect(inline?.contentType).toBe('text/calendar');
    expect(file?.filename).toBe('rendez-vous.ics');
    expect(file?.content.toString()).toBe(sent.rendered.attachment?.content);
  });

  test('with no header more, whatever a name or a label holds', async () => {
    const evil = 'X\r\nBcc: everybody@example.org\r\nSubject: Pay\r\n\r\nHello';
    const labels = { fr: evil, en: evil };
    const plain = await arrived(message('booked'));
    const odd = await arrived({
      ...message('booked', {
        name: evil,
        requestType: labels,
        prefecture: { id: '92', labels },
        slot: { ...facts.booked.slot, site: labels, address: labels },
      }),
      to: { name: evil, email: 'fatoumata@example.org' },
    });
    expect([...odd.headers.keys()]).toEqual([...plain.headers.keys()]);
    expect(odd.subject).toBe(plain.subject);
    expect(odd.to).toEqual(plain.to);
  });
});

describe('an e-mail is refused', () => {
  test.each([
    ['onRcptTo', 550, { reason: 'address_refused', permanent: true, status: 550 }],
    ['onRcptTo', 450, { reason: 'address_refused', permanent: false, status: 450 }],
    ['onRcptTo', 421, { reason: 'gateway_refused', permanent: false, status: 421 }],
    ['onMailFrom', 553, { reason: 'gateway_refused', permanent: true, status: 553 }],
    ['onMailFrom', 451, { reason: 'gateway_refused', permanent: false, status: 451 }],
  ] as const)('by %s with %i', async (step, code, expected) => {
    const { url } = await smtpServer({
      [step]: (_address: unknown, _session: unknown, callback: (error: Error) => void) =>
        callback(refuse(code)),
    });
    expect(await failure(url)).toEqual(expected);
  });

  test.each([
    [554, true],
    [452, false],
  ])('after its content with %i, final: %s', async (code, permanent) => {
    const { url } = await smtpServer({
      onData(stream, _session, callback) {
        stream.resume().on('end', () => callback(refuse(code)));
      },
    });
    expect(await failure(url)).toEqual({ reason: 'message_refused', permanent, status: code });
  });

  test.each([421, 554])('by a greeting of %i: the server’s trouble, so it passes', async (code) => {
    const { url } = await smtpServer({
      onConnect: (_session, callback) => callback(refuse(code)),
    });
    expect(await failure(url)).toEqual({
      reason: 'gateway_refused',
      permanent: false,
      status: code,
    });
  });

  test('to our login: ours to repair, so it passes', async () => {
    const { url } = await smtpServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (_auth, _session, callback) => callback(refuse(535)),
    });
    const withLogin = url.replace('smtp://', 'smtp://rdv:wrong%21@');
    expect(await failure(withLogin)).toEqual({
      reason: 'gateway_refused',
      permanent: false,
      status: 535,
    });
  });

  test('and the error quotes neither address nor answer', async () => {
    const { url } = await smtpServer({
      onRcptTo: (_address, _session, callback) => callback(refuse(550)),
    });
    const error: unknown = await channelTo(url)
      .send(message())
      .catch((reason) => reason);
    expect(error).toMatchObject({ name: 'DeliveryError', message: 'address_refused (550)' });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/fatoumata/);
  });
});

describe('a mail server that', () => {
  test('never greets is given up after the time allowed', async () => {
    const port = await listen(createServer());
    const url = `smtp://127.0.0.1:${port}`;
    expect(await failure(url, { stepTimeoutMs: 50 })).toMatchObject({
      reason: 'timeout',
      permanent: false,
    });
  });

  test('trickles for ever is given up after the time allowed', async () => {
    const { url } = await smtpServer({
      // Answers the greeting and never again.
      onMailFrom: () => {},
    });
    expect(await failure(url, { timeoutMs: 100 })).toMatchObject({
      reason: 'timeout',
      permanent: false,
    });
  });

  test('is not there is unreachable', async () => {
    const port = await listen(createServer((socket) => socket.destroy()));
    expect(await failure(`smtp://127.0.0.1:${port}`)).toMatchObject({
      reason: 'unreachable',
      permanent: false,
    });
  });

  /** Stands between a client and an SMTP server, and can cut the line. */
  async function cuttableLine(server: { url: string }) {
    const lines = new Set<Socket>();
    const port = await listen(
      createServer((client) => {
        const onward = connect(Number(new URL(server.url).port), '127.0.0.1');
        client.pipe(onward).pipe(client);
        for (const socket of [client, onward]) lines.add(socket.on('error', () => {}));
      }),
    );
    const cut = () => {
      for (const socket of lines) socket.destroy();
      lines.clear();
    };
    closeLater(async () => cut());
    return { url: `smtp://127.0.0.1:${port}`, cut };
  }

  test('hangs up after the content gets it a second time only from whoever queued it', async () => {
    let messages = 0;
    const server = await smtpServer({
      onData(stream) {
        messages += 1;
        stream.resume().on('end', () => line.cut());
      },
    });
    const line = await cuttableLine(server);
    expect(await failure(line.url)).toMatchObject({ reason: 'unreachable', permanent: false });
    expect(messages).toBe(1);
  });

  test('dropped an idle connection gets the message over another', async () => {
    let messages = 0;
    const server = await smtpServer({
      onMailFrom(_address, _session, callback) {
        messages += 1;
        return messages === 2 ? line.cut() : callback();
      },
    });
    const line = await cuttableLine(server);
    const channel = channelTo(line.url);
    await channel.send(message('welcome'));
    await channel.send(message('offer'));
    expect(server.received).toHaveLength(2);
    expect(messages).toBe(3);
  });
});

describe('TLS', () => {
  const pem = readFileSync(
    new URL('../support/test-only-certificate.pem', import.meta.url),
    'utf8',
  );
  // 0.0.0.0 leads to this machine, but is not known as its own: like any server out there.
  const outside = (url: string) => url.replace('127.0.0.1', '0.0.0.0');

  test('is required: a server that does not offer it gets nothing', async () => {
    const server = await smtpServer();
    expect(await failure(outside(server.url))).toMatchObject({ permanent: false });
    expect(server.received).toEqual([]);
  });

  test('with a certificate nobody vouches for is not enough', async () => {
    const server = await smtpServer({ disabledCommands: ['AUTH'], key: pem, cert: pem });
    expect(await failure(outside(server.url))).toMatchObject({ permanent: false });
    expect(server.received).toEqual([]);
  });

  test('is used by STARTTLS for smtp: and from the first byte for smtps:', async () => {
    const before = getCACertificates('default');
    setDefaultCACertificates([...before, pem]);
    closeLater(async () => setDefaultCACertificates(before));
    const upgraded = await smtpServer({ disabledCommands: ['AUTH'], key: pem, cert: pem });
    await channelTo(outside(upgraded.url)).send(message());
    const wrapped = await smtpServer({ secure: true, key: pem, cert: pem });
    await channelTo(wrapped.url.replace('smtp:', 'smtps:')).send(message());
    expect(upgraded.received.map(({ secure }) => secure)).toEqual([true]);
    expect(wrapped.received.map(({ secure }) => secure)).toEqual([true]);
  });
});

describe('a sender', () => {
  test('may be a bare address', () => {
    expect(parseSender('a@example.org')).toEqual({ name: '', address: 'a@example.org' });
  });

  test.each(['', 'Tirage', 'a@example.org, b@example.org'])('may not be %j', (text) => {
    expect(() => parseSender(text)).toThrow('the sender must be written');
  });

  test('and a message id with foreign characters is a bug', async () => {
    const { url } = await smtpServer();
    const odd = { ...message(), id: 'a>\r\nBcc: x' };
    await expect(channelTo(url).send(odd)).rejects.toThrow('foreign character');
  });
});
