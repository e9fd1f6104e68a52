import { beforeEach, describe, expect, test } from 'vitest';
import { entryPageUrl, prefecturePageUrl } from '#src/domain/page-addresses.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { pageFaults as faultsOf } from '../../support/page-faults.ts';
import { drawReally } from '../../support/real-draw.ts';
import { sampleSlot } from '../../support/samples.ts';
import { exchange, hourMs, join, joinRequest, prefecture, useApi } from '../harness.ts';

const api = useApi();
const draw = '20261201-draw01';

const address = () => `${api.origin()}${prefecturePageUrl('', prefecture)}`;
const get = (url: string, headers = {}) => exchange(url, 'GET', undefined, headers);
const post = (id: string, fields: Record<string, string>, query = '') =>
  exchange(
    `${entryPageUrl(api.origin(), prefecture, id)}${query}`,
    'POST',
    new URLSearchParams(fields).toString(),
    { 'content-type': 'application/x-www-form-urlencoded' },
  );
const stateOf = async (id: string) => (await api.store.entries.get(prefecture, id))?.state;

/** Joins and draws: the entry has an offer. */
async function offered() {
  const joined = await join(api);
  const world = new DrawWorld(api.redis);
  await world.addSlot('slot-1', 1);
  await world.draw(draw);
  api.forget();
  return { ...joined, offer: `${draw}.${joined.id}` };
}

describe('the page of a prefecture', () => {
  test('is a whole page without script or outside part, in both languages', async () => {
    await offered();
    for (const query of ['', '?lang=en']) {
      const { status, headers, text } = await get(`${address()}${query}`);
      expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(faultsOf(text)).toEqual([]);
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
      expect(headers.get('set-cookie')).toBeNull();
    }
  });

  test('names the draw, its record and the weaker entropy', async () => {
    await offered();
    const { text } = await get(address());
    expect(text).toContain(`/v1/prefectures/${prefecture}/draws/${draw}/record`);
    expect(text).toContain('Source plus faible');
    expect(text).toContain('100');
  });

  test('answers 304 to who has it already', async () => {
    const { headers } = await get(address());
    const again = await get(address(), { 'if-none-match': headers.get('etag') ?? '' });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  test('escapes labels, and shows no slot before its draw', async () => {
    const world = new DrawWorld(api.redis);
    await world.addSlot('slot-secret', 1);
    await api.store.prefectures.update(prefecture, (found) => ({
      ...found,
      settings: { ...found.settings, labels: { fr: '<script>x</script>', en: '"x' } },
    }));
    api.forget();
    const { text } = await get(address());
    expect(text).toContain('&lt;script&gt;x&lt;/script&gt;');
    expect(faultsOf(text)).toEqual([]);
    expect(text).not.toContain('slot-secret');
  });

  test('an unknown one is a page, too', async () => {
    const { status, text, headers } = await get(`${api.origin()}/p/99`);
    expect([status, headers.get('x-robots-tag')]).toEqual([404, 'noindex']);
    expect(faultsOf(text)).toEqual([]);
  });
});

describe('the page of an entry', () => {
  let id = '';
  let token = '';
  beforeEach(async () => {
    ({ id, token } = await join(api, {}, { verified: false }));
  });

  test('asks for the token, and says nothing of whether the entry exists', async () => {
    const { status, text, headers } = await get(entryPageUrl(api.origin(), prefecture, id));
    const other = '0000000000000000';
    const nobody = await get(entryPageUrl(api.origin(), prefecture, other));
    expect(status).toBe(200);
    expect(faultsOf(text)).toEqual([]);
    expect(text.replaceAll(id, other)).toBe(nobody.text);
    expect([headers.get('cache-control'), headers.get('x-robots-tag')]).toEqual([
      'no-store',
      'noindex',
    ]);
  });

  test('refuses a wrong token, also for actions', async () => {
    for (const action of ['show', 'withdraw_confirmed', 'resend']) {
      const { status, text } = await post(id, { token: `${token}x`, action });
      expect([status, faultsOf(text)]).toEqual([403, []]);
      expect(text).toContain('Ce secret ne correspond pas');
    }
    expect(await stateOf(id)).toBe('unverified');
  });

  test('takes the code, and says so when it is wrong', async () => {
    const code = api.tokens.code(prefecture, id, 1);
    const wrong = await post(id, { token, action: 'verify', code: code === '000000' ? '1' : '0' });
    expect([wrong.status, faultsOf(wrong.text)]).toEqual([422, []]);
    expect(wrong.text).toContain('Ce n’est pas le bon code');
    const right = await post(id, { token: ` ${token} `, action: 'verify', code });
    expect([right.status, await stateOf(id)]).toEqual([200, 'waiting']);
    expect(right.text).toContain('Vous êtes sur la liste d’attente');
  });

  test('says that somebody tries too often, which is not too late', async () => {
    const code = api.tokens.code(prefecture, id, 1);
    await post(id, { token, action: 'verify', code });
    const guess = () => post(id, { token, action: 'verify', code: code === '000000' ? '1' : '0' });
    for (let tries = 0; tries < 5; tries += 1) expect((await guess()).status).toBe(422);
    const { status, text } = await guess();
    expect([status, faultsOf(text)]).toEqual([429, []]);
    expect(text).toContain('Trop d’essais. Attendez un peu');
    expect(text).not.toContain('le délai est passé');
  });

  test('sends another code', async () => {
    api.time.nowMs += hourMs;
    const { text } = await post(id, { token, action: 'resend' }, '?lang=en');
    expect(text).toContain('A new code is on its way');
    expect(await api.store.messages.due(prefecture, 10)).toContain(`code.${id}.2`);
  });

  test('asks before it withdraws', async () => {
    const asked = await post(id, { token, action: 'withdraw' });
    expect([await stateOf(id), faultsOf(asked.text)]).toEqual(['unverified', []]);
    await post(id, { token, action: 'withdraw_confirmed' });
    expect(await stateOf(id)).toBe('withdrawn');
  });

  test('puts the token in no log', async () => {
    await post(id, { token, action: 'show' });
    await get(`${entryPageUrl(api.origin(), prefecture, id)}`);
    expect(api.logged.join('')).not.toContain(token);
  });
});

test('the page of an entry says who acts for the person, who can end that', async () => {
  const admin = await api.keyOf('admin');
  const account = { category: 'association', label: 'A & B' };
  const { body: made } = await api.call('POST', '/helpers', { token: admin, json: account });
  const mandate = { reference: 'dossier 12', from: '2026-12-01', until: '2027-01-01' };
  const entering = { token: made.key, json: { ...joinRequest(), mandate } };
  const { id } = (await api.call('POST', '/helper-entries', entering)).body;
  const token = api.tokens.entryToken(prefecture, id);
  const english = (await post(id, { token }, '?lang=en')).text;
  expect(english).toContain('may act for you until Friday 1 January 2027 included');
  const { text } = await post(id, { token });
  expect(text).toContain('<strong>A &amp; B</strong> (association)');
  expect(text).toContain('jusqu’au vendredi 1er janvier 2027 inclus');
  expect(text).not.toContain('dossier 12');
  const asked = await post(id, { token, action: 'end_mandate' });
  expect((await api.store.helpers.mandate(prefecture, id))?.ended).toBeUndefined();
  const ended = await post(id, { token, action: 'end_mandate_confirmed' });
  expect((await api.store.helpers.mandate(prefecture, id))?.ended?.by).toBe('person');
  expect(ended.text).toContain('ne peut plus agir pour vous');
  expect(ended.text).not.toContain('value="end_mandate"');
  for (const page of [english, text, asked.text, ended.text]) expect(faultsOf(page)).toEqual([]);
  const other = await join(api);
  const none = { token: other.token, action: 'end_mandate_confirmed' };
  expect((await post(other.id, none)).status).toBe(404);
});

describe('an offer on the page of its entry', () => {
  test('is accepted, then given up after a question', async () => {
    const { id, token, offer } = await offered();
    const shown = await post(id, { token });
    expect(shown.text).toContain('Répondre avant');
    expect(faultsOf(shown.text)).toEqual([]);
    const accepted = await post(id, { token, offer, action: 'accept' });
    expect([accepted.status, await stateOf(id)]).toEqual([200, 'booked']);
    const asked = await post(id, { token, offer, action: 'cancel' });
    expect([await stateOf(id), faultsOf(asked.text)]).toEqual(['booked', []]);
    await post(id, { token, offer, action: 'cancel_confirmed' });
    expect(await stateOf(id)).toBe('waiting');
  });

  test('is declined', async () => {
    const { id, token, offer } = await offered();
    await post(id, { token, offer, action: 'decline' });
    expect(await stateOf(id)).toBe('waiting');
  });

  test('cannot be accepted too late, and the page says why', async () => {
    const { id, token, offer } = await offered();
    api.time.nowMs += 73 * hourMs;
    const { status, text } = await post(id, { token, offer, action: 'accept' });
    expect([status, text.includes('le délai est passé')]).toEqual([409, true]);
  });

  test('is not answered by the token of another entry', async () => {
    const { id, offer } = await offered();
    const other = await join(api);
    const { status } = await post(other.id, { token: other.token, offer, action: 'decline' });
    expect([status, await stateOf(id)]).toEqual([404, 'offered']);
  });
});

test('the page of an entry tells of its draws, and explains each, in the language asked for', async () => {
  await api.store.slots.importAll(
    prefecture,
    [sampleSlot({ capacity: 1, start: '2030-01-07T09:00:00+01:00' })],
    api.time.nowMs,
  );
  const people = [await join(api), await join(api)];
  await drawReally(api.store, prefecture, draw, api.time.nowMs);
  api.forget();
  const shown = await Promise.all(
    people.map(async ({ id, token }) => ({ id, token, text: (await post(id, { token })).text })),
  );
  const loser = shown.find(({ text }) => text.includes('liste complémentaire'));
  if (!loser) throw new Error('somebody lost');
  const { id, token, text } = loser;
  expect(faultsOf(text)).toEqual([]);
  expect(text).toContain('Où en est mon inscription ?');
  expect(text).toContain('toutes les places qu’elle pouvait prendre étaient attribuées');
  expect(text).toMatch(/\(rang 2\)/);

  const explained = (await post(id, { token, action: 'explain', draw })).text;
  expect(faultsOf(explained)).toEqual([]);
  for (const said of [
    'Rang 2',
    'art. L. 311-3-1',
    'Source plus faible',
    `&quot;id&quot;:&quot;${id}&quot;`,
  ]) {
    expect(explained).toContain(said);
  }
  const english = (await post(id, { token, action: 'explain', draw }, '?lang=en')).text;
  expect(english).toContain('Weaker than a public beacon');
  expect(faultsOf(english)).toEqual([]);

  // A draw that does not exist, or that it was not in, is explained to nobody.
  expect((await post(id, { token, action: 'explain', draw: 'none' })).text).toContain(
    'Mes tirages',
  );
  expect((await post(id, { token: 'wrong', action: 'explain', draw })).status).toBe(403);
});
