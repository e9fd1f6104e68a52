import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MessageKind } from '#src/domain/messages/kinds.ts';
import { createEmailChannel } from '#src/notifications/channels/email.ts';
import { createRenderer } from '#src/notifications/render/render.ts';
import { facts } from '../support/facts.ts';
import { closeLater, smtpServer } from '../support/servers.ts';

const { renderMessage } = createRenderer({ organizerEmail: 'ne-pas-repondre@rdv.example.org' });
const kinds = Object.keys(facts) as MessageKind[]; // its own keys
const to = 'fatoumata@example.org';

/** Everything that some program takes for the end of a line, and what could end a quoted part. */
const separators = ['\r\n', '\n', '\r', '\v', '\f', '\0', '\u0085', '\u2028', '\u2029', '"', '>'];
const injected = ['Bcc: everybody@example.org', 'Subject: Pay', 'X-Odd: 1', '\r\n\r\n<b>body</b>'];
const evilText = fc
  .array(fc.oneof(fc.constantFrom(...separators, ...injected), fc.string({ maxLength: 8 })), {
    minLength: 2,
    maxLength: 8,
  })
  .map((parts) => `X${parts.join('')}`);

/** Names of the header lines of a mail as it came over the wire, nothing decoded. */
function headersOf(source: Buffer): string[] {
  const [head = ''] = source.toString('latin1').split('\r\n\r\n');
  expect(head.replaceAll('\r\n', '')).not.toMatch(/[\r\n\v\f\0\x85]/);
  const unfolded = head.replaceAll(/\r\n[ \t]+/g, ' ');
  return unfolded.split('\r\n').map((line) => line.slice(0, line.indexOf(':')));
}

/** A name and labels that hold it, wherever this kind of message has any. */
function oddFacts(kind: MessageKind, evil: string | undefined): object {
  if (evil === undefined) return {};
  const labels = { fr: evil, en: evil };
  const of = facts[kind];
  const slot = 'slot' in of ? { slot: { ...of.slot, site: labels, address: labels } } : {};
  return { name: evil, requestType: labels, prefecture: { id: '92', labels }, ...slot };
}

async function mailServer() {
  const server = await smtpServer();
  const from = 'Préfecture <ne-pas-repondre@rdv.example.org>';
  const channel = createEmailChannel({ url: server.url, from });
  closeLater(() => channel.close());
  return { server, channel };
}

test('no kind of mail gets a header or a recipient more from names, labels or its subject', async () => {
  const { server, channel } = await mailServer();
  const send = async <K extends MessageKind>(kind: K, evil?: string) => {
    const rendered = renderMessage(kind, 'fr', { ...facts[kind], ...oddFacts(kind, evil) });
    await channel.send({
      id: `${kind}.k3j5m7n9p1q2r4s6.1`,
      prefecture: '92',
      kind,
      to: { name: evil ?? 'Fatoumata', email: to },
      // As if even the subject of a template let something through.
      rendered: evil === undefined ? rendered : { ...rendered, subject: rendered.subject + evil },
    });
    const mail = server.received.at(-1);
    expect(mail?.to).toEqual([to]);
    return headersOf(mail?.source ?? Buffer.alloc(0));
  };
  const plain = new Map<MessageKind, string[]>();
  for (const kind of kinds) plain.set(kind, await send(kind));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...kinds), evilText, async (kind, evil) => {
      expect(await send(kind, evil)).toEqual(plain.get(kind));
    }),
    { numRuns: 60, seed: 5 },
  );
});

test.each(separators.slice(0, 9))(
  'an address with %j never becomes a second command',
  async (end) => {
    const { server, channel } = await mailServer();
    const rendered = renderMessage('welcome', 'fr', facts.welcome);
    for (const email of [
      `a@example.org${end}RCPT TO:<b@example.org>`,
      `a${end}Bcc: b@example.org@example.org`,
      `${end}a@example.org`,
    ]) {
      const to = { name: 'Fatoumata', email };
      await channel
        .send({ id: 'welcome.k3j5m7n9p1q2r4s6.1', prefecture: '92', kind: 'welcome', to, rendered })
        .catch(() => {});
    }
    const recipients = server.received.flatMap((mail) => mail.to);
    expect(recipients.filter((one) => /^<?b@/.test(one))).toEqual([]);
    for (const { to: one, source } of server.received) {
      expect(one).toHaveLength(1);
      expect(headersOf(source)).not.toContain('Bcc');
    }
  },
);
