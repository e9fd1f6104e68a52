import { describe, expect, test } from 'vitest';
import { hourMs, join, prefecture, useApi } from '../harness.ts';

const api = useApi({ messagesPerHour: 4 });
const ask = (json: unknown, headers: Record<string, string> = {}) =>
  api.call('POST', '/link-requests', { json, headers });
const links = async () =>
  (await api.store.messages.due(prefecture, 100)).filter((message) => message.startsWith('link.'));
const contactOf = ({ request }: Awaited<ReturnType<typeof join>>) => request.contact;

describe('POST link-requests', () => {
  test('sends the link of each entry of the contact, however it is written', async () => {
    const email = 'Lost.Link+first@example.org';
    const one = await join(api, { contact: { email } });
    const two = await join(api, { contact: { email: 'lost.link@example.org' } });
    await join(api);
    const { status, text } = await ask({ email: 'lost.link+other@EXAMPLE.org' });
    expect([status, text]).toEqual([202, '']);
    const hour = Math.floor(api.time.nowMs / hourMs);
    await expect.poll(links).toHaveLength(2);
    expect((await links()).sort()).toEqual([one, two].map(({ id }) => `link.${id}.${hour}`).sort());
  });

  test('finds an entry by its telephone', async () => {
    const { id } = await join(api, { contact: { phone: '06 12 34 56 78' } });
    expect((await ask({ phone: '+33612345678' })).status).toBe(202);
    await expect.poll(links).toHaveLength(1);
    expect((await links())[0]).toContain(id);
  });

  test('answers alike who is not there, not confirmed, or gone; and sends them nothing', async () => {
    const there = await join(api);
    const unconfirmed = await join(api, {}, { verified: false });
    const gone = await join(api);
    await api.call('DELETE', `/entries/${gone.id}`, { token: gone.token });
    const contacts = [
      { email: 'nobody@example.org' },
      ...[unconfirmed, gone, there].map(contactOf),
    ];
    const seen = [];
    for (const contact of contacts) {
      const { status, text, headers } = await ask(contact);
      const names = [...headers.keys()].sort();
      seen.push([status, text, names]);
    }
    expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1);
    await expect.poll(links).toHaveLength(1);
    expect((await links())[0]).toContain(there.id);
  });

  test('a replayed proof of work is refused, and so is one of joining', async () => {
    const work = await api.solution('link');
    const email = 'nobody@example.org';
    expect((await ask({ email }, { 'proof-of-work': work })).status).toBe(202);
    const again = await ask({ email }, { 'proof-of-work': work });
    expect([again.status, again.body.code]).toEqual([409, 'work_spent']);
    const other = await ask({ email }, { 'proof-of-work': await api.solution('join') });
    expect(other.body.code).toBe('work_invalid');
    expect((await ask({ email }, { 'proof-of-work': '' })).body.code).toBe('work_missing');
  });

  test('what strangers ask for keeps nobody from having their own link sent', async () => {
    const owner = await join(api);
    const contact = contactOf(owner);
    const stranger = { 'x-forwarded-for': '192.0.2.66' };
    for (let asked = 0; asked < 5; asked += 1) await ask(contact, stranger);
    expect((await ask(contact, stranger)).status).toBe(429);
    expect((await ask(contact, { 'x-forwarded-for': '192.0.2.1' })).status).toBe(202);
    // However many ask, an entry is sent its link once an hour.
    // The same message: it is sent once.
    const sent = async () => new Set(await links()).size;
    await expect.poll(sent).toBe(1);
    api.time.nowMs += hourMs;
    expect((await ask(contact, { 'x-forwarded-for': '192.0.2.1' })).status).toBe(202);
    await expect.poll(sent).toBe(2);
  });

  test('one address asks for a mailbox only so often, whether it has an entry or not', async () => {
    const known = contactOf(await join(api));
    for (const contact of [known, { email: 'nobody@example.org' }]) {
      const statuses = [];
      for (let asked = 0; asked < 5; asked += 1) statuses.push((await ask(contact)).status);
      expect(statuses).toEqual([202, 202, 202, 202, 429]);
    }
  });

  test('refuses what is no contact, or two at once', async () => {
    for (const wrong of [{}, { email: 'x' }, { email: 'a@example.org', phone: '+33612345678' }]) {
      expect((await ask(wrong)).status).toBe(400);
    }
  });
});
