import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { describe, expect, test } from 'vitest';
import { createEmailChannel } from '#src/notifications/channels/email.ts';
import { createMailSink, type MailSinkOptions } from '#src/notifications/channels/sink.ts';
import { createRenderer } from '#src/notifications/render/render.ts';
import { facts } from '../support/facts.ts';
import { closeLater } from '../support/servers.ts';

async function newSink(options: Partial<MailSinkOptions> = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'tirage-mail-'));
  closeLater(() => rm(directory, { recursive: true }));
  const files: string[] = [];
  const onMessage = (file: string) => files.push(file);
  const sink = await createMailSink({ directory, onMessage, ...options });
  closeLater(() => sink.close());
  return { ...sink, directory, files };
}

/** Sends a message with any header, as other programs might. */
async function send(url: string, mail: { messageId?: string; text?: string }) {
  const transport = createTransport({ url, ignoreTLS: true });
  const addresses = { from: 'a@example.org', to: 'b@example.org' };
  const done = transport.sendMail({ ...addresses, text: 'Bonjour', ...mail });
  return done.finally(() => transport.close());
}

describe('the mail sink', () => {
  test('keeps a message in one file named after its Message-ID, before the sender knows', async () => {
    const { url, directory, files } = await newSink();
    const { renderMessage } = createRenderer({ organizerEmail: 'rdv@example.org' });
    const channel = createEmailChannel({ url, from: 'Tirage <rdv@example.org>' });
    closeLater(() => channel.close());
    const rendered = renderMessage('welcome', 'fr', facts.welcome);
    const to = { name: 'Fatoumata', email: 'f@example.org' };
    const id = 'welcome.k3j5m7n9p1q2r4s6.1';
    await channel.send({ id, prefecture: '92', kind: 'welcome', to, rendered });
    expect(await readdir(directory)).toEqual([`${id}@example.org.eml`]);
    expect(files).toEqual([join(directory, `${id}@example.org.eml`)]);
    const mail = await simpleParser(await readFile(files[0] ?? ''));
    expect(mail.subject).toBe(rendered.subject);
    // The same message again is the same file.
    await channel.send({ id, prefecture: '92', kind: 'welcome', to, rendered });
    expect(await readdir(directory)).toHaveLength(1);
    expect(files).toHaveLength(2);
  });

  test.each([
    '<../../etc/passwd@example.org>',
    '<.hidden@example.org>',
    `<${'x'.repeat(300)}@a.b>`,
  ])('makes a safe file name of %s', async (messageId) => {
    const { url, directory } = await newSink();
    await send(url, { messageId });
    const [file = '', ...more] = await readdir(directory);
    expect(more).toEqual([]);
    expect(file).toMatch(/^[A-Za-z0-9_@-]{1,80}\.[0-9a-f]{32}\.eml$/);
    expect(basename(file)).toBe(file);
  });

  test('keeps apart two ids that look alike once they are safe', async () => {
    const { url, directory } = await newSink();
    await send(url, { messageId: '<a/b@example.org>' });
    await send(url, { messageId: '<a+b@example.org>' });
    expect(await readdir(directory)).toHaveLength(2);
  });

  test('refuses what is too large and keeps nothing of it', async () => {
    const { url, directory } = await newSink({ maxBytes: 2000 });
    await expect(send(url, { text: 'x'.repeat(5000) })).rejects.toMatchObject({
      responseCode: 552,
    });
    expect(await readdir(directory)).toEqual([]);
    await send(url, { text: 'short' });
    expect(await readdir(directory)).toHaveLength(1);
  });

  test('listens on the loopback interface only, on a port of its own', async () => {
    const [one, two] = [await newSink(), await newSink()];
    expect(one.url).toMatch(/^smtp:\/\/127\.0\.0\.1:\d+$/);
    expect(one.url).not.toBe(two.url);
  });

  test('on a taken port says so', async () => {
    const { url, directory } = await newSink();
    await expect(createMailSink({ directory, port: Number(new URL(url).port) })).rejects.toThrow(
      'EADDRINUSE',
    );
  });
});
