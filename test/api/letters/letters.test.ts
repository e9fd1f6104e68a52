import { extractText, getDocumentProxy } from 'unpdf';
import { beforeEach, describe, expect, test } from 'vitest';
import { createLetterChannel } from '#src/notifications/render/letter.ts';
import { createRenderer } from '#src/notifications/render/render.ts';
import { deliver as sendMessage } from '#src/usecases/messages/deliver.ts';
import { createLetterKeeper } from '#src/usecases/messages/letter-keeper.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { carryOutDue } from '../carry-out.ts';
import { callProof, exchange, hourMs, joinRequest, prefecture, useApi } from '../harness.ts';

const api = useApi();
const postal = ['Chez Mme Élodie Exemple', '12 bis, rue de la Paix', '92000 NANTERRE'];
const draw = '20261201-draw01';
const day = '2026-12-01';
let token = '';
beforeEach(async () => {
  token = await api.keyOf('agent');
});

/** Enters a person at the desk. */
async function entered(contact: object, name = 'Ada Exemple'): Promise<string> {
  const person = joinRequest();
  const json = { ...person, contact, person: { ...person.person, name } };
  const { body } = await api.call('POST', '/desk-entries', { token, json });
  return body.results[0].id;
}

/** Sends what is due, as a worker does. */
async function sendDue(): Promise<string[]> {
  const deps = api.deps();
  const { store, vault, tokens, logger, metrics, clock } = deps;
  const channels = [createLetterChannel(createLetterKeeper({ store, vault, clock }))];
  const renderer = createRenderer({ organizerEmail: 'rdv@example.org' });
  const due = await store.messages.due(prefecture, 100);
  for (const message of due) {
    await sendMessage(
      {
        ...{ store, vault, tokens, logger, metrics, clock, channels, renderer },
        publicUrl: 'https://rdv.example.org',
        readPrefecture: (id) => store.prefectures.get(id),
      },
      { prefecture, message, attempt: 1, lastAttempt: 1 },
    );
  }
  await store.messages.done(prefecture, due);
  return due;
}

/** The text of a batch. */
async function printed(query = ''): Promise<{ status: number; text: string; pages: number }> {
  const url = `${api.origin()}/v1/prefectures/${prefecture}/letter-batches/${day}${query}`;
  const { status, bytes } = await exchange(url, 'GET', undefined, {
    authorization: `Bearer ${token}`,
  });
  if (status !== 200) return { status, text: '', pages: 0 };
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const { text, totalPages } = await extractText(pdf, { mergePages: true });
  await pdf.loadingTask.destroy();
  return { status, text, pages: totalPages };
}

const batches = async () => (await api.call('GET', '/letter-batches', { token })).body.batches;
const posted = (letters: number) =>
  api.call('POST', `/letter-batches/${day}/posted`, { token, json: { letters } });

describe('a person with nothing but an address', () => {
  test('gets a letter, in the batch of the day, with address, text and reference', async () => {
    const id = await entered({ postal });
    expect(await sendDue()).toEqual([`welcome.${id}.1`]);
    expect(await batches()).toEqual([{ day, letters: 1 }]);
    const own = { token: api.tokens.entryToken(prefecture, id) };
    const { lettersToPrint } = (await api.call('GET', `/entries/${id}/export`, own)).body;
    expect(lettersToPrint).toEqual([{ id: `welcome.${id}.1`, day }]);
    const { text } = await printed();
    for (const part of ['Ada Exemple', ...postal, id, 'at the desk or by telephone']) {
      expect(text.replaceAll(/\s+/g, ' ')).toContain(part);
    }
  });

  test('has a week more to answer, and no reminder', async () => {
    const [letter, mail] = [await entered({ postal }), await entered({ email: 'a@example.org' })];
    const world = new DrawWorld(api.redis);
    await world.addSlot('slot-1', 2);
    world.nowMs = api.time.nowMs;
    const offers = await drawn(world);
    const { deadlineMs } = offers.get(mail) ?? { deadlineMs: 0 };
    expect(offers.get(letter)?.deadlineMs).toBe(deadlineMs + 168 * hourMs);
    const reminders = await api.redis.zrange('tirage:{92}:reminders', '0', '-1');
    expect(reminders).toEqual([`${draw}.${mail}`]);
  });

  test('is answered for at the desk', async () => {
    const id = await entered({ postal });
    const world = new DrawWorld(api.redis);
    await world.addSlot('slot-1', 1);
    await drawn(world);
    const path = `/offers/${draw}.${id}/desk-answer`;
    const proof = callProof(api, id);
    const answer = (action: string) => api.call('POST', path, { token, json: { action, proof } });
    expect((await answer('accept')).body.appointment).toBe('booked');
    expect((await answer('accept')).body.appointment).toBe('booked');
    expect((await answer('cancel')).body).toMatchObject({ deferred: { act: 'cancel' } });
    api.time.nowMs += hourMs;
    await carryOutDue(api);
    expect((await answer('cancel')).body.appointment).toBe('cancelled');
    expect((await answer('decline')).body.code).toBe('offer_settled');
  });
});

test('who has an e-mail address too gets no letter', async () => {
  await entered({ postal, email: 'a@example.org' });
  await sendDue();
  const stored = await api.redis.hlen('tirage:{92}:letters');
  expect(await api.store.entries.list(prefecture, { limit: 10 })).not.toMatchObject({
    entries: [{ letter: true }],
  });
  // No other channel is open here, and post is the last one that would do.
  expect(stored).toBe(1);
});

test('letters lie sealed, and go once they were posted, none that came later with them', async () => {
  await entered({ postal }, 'Zyxwvut Marque');
  await sendDue();
  const stored = JSON.stringify(await api.redis.hgetall('tirage:{92}:letters'));
  expect(stored).not.toMatch(/Zyxwvut|Paix/);
  await entered({ postal });
  await sendDue();
  expect((await posted(1)).body.code).toBe('batch_changed');
  expect((await posted(2)).status).toBe(200);
  expect(await batches()).toEqual([]);
  expect((await posted(2)).body.code).toBe('batch_not_found');
  expect((await printed()).status).toBe(404);
});

test('a message sent twice is one letter, and each letter begins a sheet of its own', async () => {
  const id = await entered({ postal });
  await entered({ postal }, 'يوسف');
  await sendDue();
  await api.redis.del(`tirage:{92}:sent:welcome.${id}.1`);
  await api.redis.rpush('tirage:{92}:mail-due', `welcome.${id}.1`);
  await sendDue();
  expect(await batches()).toEqual([{ day, letters: 2 }]);
  const { pages, text } = await printed();
  expect(pages).toBeGreaterThanOrEqual(2);
  // What cannot be printed is not printed torn.
  expect(text).not.toContain('يوسف');
  expect((await printed('?part=2')).status).toBe(404);
});

test('letters of an erased entry are gone', async () => {
  const id = await entered({ postal });
  await sendDue();
  await api.store.entries.leave(prefecture, id, 'erase', api.time.nowMs);
  expect(await batches()).toEqual([]);
});

test.each([
  [['only one line']],
  [['12 rue de la Paix', '92000\nNANTERRE']],
  [['12 rue de la Paix', '<b>92000</b>']],
  [['a', 'b', 'c', 'd', 'e', 'f', 'g']],
])('an address of %j is refused', async (lines) => {
  const json = { ...joinRequest(), contact: { postal: lines } };
  const { status, body } = await api.call('POST', '/desk-entries', { token, json });
  expect([status, body.code]).toEqual([400, 'request_invalid']);
  expect(JSON.stringify(body.errors)).toContain('contact.postal');
});

/** Draws, with deadlines as workers set them; all offers by entry. */
async function drawn(world: DrawWorld): Promise<Map<string, { deadlineMs: number }>> {
  const { draws, offers } = world.store;
  await world.closePrevious();
  await world.begin(draw);
  await world.publishManifest(draw);
  await world.seal(draw);
  const made = world.offers(draw).map((offer) => ({
    ...offer,
    letterDeadlineMs: offer.deadlineMs + 168 * hourMs,
  }));
  await offers.openMany(prefecture, draw, made);
  await draws.publish(prefecture, draw, world.nowMs);
  const listed = await offers.list(prefecture, draw, { limit: 100 });
  return new Map(listed.offers.map((offer) => [offer.entry, offer]));
}
