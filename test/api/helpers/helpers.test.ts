import { beforeEach, describe, expect, test } from 'vitest';
import type { Prefecture } from '#src/domain/prefectures/prefecture.ts';
import { checkPaper } from '#src/papers/check-paper.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { encodeOffer } from '#src/store/offers/codec.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { readPdf } from '../../support/pdf.ts';
import { carryOutDue } from '../carry-out.ts';
import { callProof, joinRequest, prefecture, useApi } from '../harness.ts';
import { useMissedDraws } from '../participation/missed-draws.ts';

const api = useApi();
const missedDraws = useMissedDraws(api);
const draw = '20261201-draw01';
const dayMs = 24 * 3_600_000;
const mandate = {
  reference: 'Dossier 12, signé le 30/11',
  from: '2026-11-30',
  until: '2026-12-31',
};
let admin = '';
beforeEach(async () => {
  admin = await api.keyOf('admin');
});

async function helper(members: object = {}): Promise<{ id: string; key: string }> {
  const json = { category: 'association', label: 'La Cimade', ...members };
  const { body } = await api.call('POST', '/helpers', { token: admin, json });
  return { id: body.helper.id, key: body.key };
}

const enter = (token: string, members: object = {}) => {
  const { language, ...person } = joinRequest();
  const json = { ...person, language, contact: {}, mandate, ...members };
  return api.call('POST', '/helper-entries', { token, json });
};
const answer = (token: string, id: string, action: string, members: object = {}) =>
  api.call('POST', `/helper-entries/${id}/answer`, {
    token,
    json: { proof: callProof(api, id), action, ...members },
  });

/** An hour later, when what was given up takes effect. */
async function afterUndo(): Promise<void> {
  api.time.nowMs += 3_600_000;
  await carryOutDue(api);
}

describe('a helper', () => {
  test('enters people by mandate: they wait at once, counted by category', async () => {
    const { key } = await helper();
    const { status, body } = await enter(key);
    expect(status).toBe(201);
    expect(body.token).toBeUndefined();
    const entry = await api.store.entries.get(prefecture, body.id);
    expect(entry).toMatchObject({ state: 'waiting', origin: 'association' });
    const listed = await api.call('GET', '/helper-entries', { token: key });
    expect(listed.body.entries).toMatchObject([{ entry: { id: body.id }, until: '2026-12-31' }]);
    const stored = JSON.stringify(await api.redis.hgetall('tirage:{92}:mandates'));
    expect(stored).not.toContain('Dossier');
  });

  test('answers for people as they would', async () => {
    const { key } = await helper();
    const { body } = await enter(key);
    const world = new DrawWorld(api.redis);
    await world.addSlot('slot-1', 1);
    expect((await answer(key, body.id, 'accept')).body.code).toBe('offer_not_found');
    await world.draw(draw);
    expect((await answer(key, body.id, 'accept')).body).toMatchObject({ state: 'booked' });
    const cancelled = await answer(key, body.id, 'cancel');
    expect(cancelled.body).toMatchObject({
      state: 'booked',
      offer: { deferred: { by: 'helper' } },
    });
    await afterUndo();
    expect((await api.store.entries.get(prefecture, body.id))?.state).toBe('waiting');
    const left = await answer(key, body.id, 'withdraw');
    expect(left.body).toMatchObject({ state: 'withdrawn' });
  });

  test('says what keeps a person from coming, as the person could', async () => {
    const rule = (before: Prefecture) => ({
      ...before,
      settings: { ...before.settings, absenceDraws: 2 },
    });
    await api.store.prefectures.update(prefecture, rule, api.time.nowMs);
    const { key } = await helper();
    const people = [(await enter(key)).body.id, (await enter(key)).body.id];
    const world = new DrawWorld(api.redis);
    await world.addSlot('slot-1', 2);
    await world.draw(draw);
    const slotStart = '2026-12-02T09:00:00+01:00';
    for (const id of people) {
      await answer(key, id, 'accept');
      const offer = await world.offer(`${draw}.${id}`);
      await api.redis.hset(
        keysOf(prefecture).drawOffers(draw),
        id,
        encodeOffer({ ...offer, slotStart }),
      );
    }
    api.time.nowMs = Date.parse(slotStart) - 2 * 3_600_000;
    await answer(key, people[0], 'cancel', { impediment: 'health' });
    await answer(key, people[1], 'cancel');
    await afterUndo();
    const [excused, absent] = await Promise.all(
      people.map((id) => api.call('GET', `/helper-entries/${id}`, { token: key })),
    );
    expect(excused?.body.absence).toBeNull();
    expect(absent?.body.absence).toMatchObject({ cause: 'late_cancel' });
  });

  test('prints receipt and certificate for its people, and each print is in the audit log', async () => {
    const { key } = await helper();
    const token = key;
    const { body: first } = await enter(key);
    const { body: second } = await enter(key);
    const paper = (id: string, path: string) =>
      api.call('GET', `/helper-entries/${id}/${path}`, { token });
    const receipt = await paper(first.id, 'receipt.pdf');
    const { keys } = api.deps().signer;
    expect(await checkPaper(receipt.bytes, keys)).toMatchObject({ claims: { entry: first.id } });
    const none = await paper(first.id, 'certificate.pdf');
    expect([none.status, none.body.code]).toEqual([404, 'participation_not_found']);
    await missedDraws.draw();
    const certificates = await Promise.all([
      paper(first.id, 'certificate.pdf?name=true'),
      paper(second.id, 'certificate.pdf?name=true'),
    ]);
    expect(certificates.map(({ status }) => status).sort()).toEqual([200, 409]);
    const certificate = certificates.find(({ status }) => status === 200);
    const { text } = await readPdf(certificate?.bytes ?? Buffer.from(''));
    expect(text).toContain(joinRequest().person.name);
    const { text: lines } = await api.call('GET', '/audit-log.ndjson', { token: admin });
    expect(lines).toMatch(/printReceiptByMandate.*printCertificateByMandate/s);
    await api.call('DELETE', `/helper-entries/${first.id}`, { token });
    for (const form of ['receipt.pdf', 'certificate.pdf']) {
      expect((await paper(first.id, form)).body.code).toBe('mandate_expired');
    }
  });

  test('that enters many stands in the abuse report as one, whichever of its keys it uses', async () => {
    const { id, key } = await helper();
    const { body } = await api.call('POST', `/helpers/${id}/keys`, { token: admin });
    const other = await helper();
    for (const each of [key, key, body.key, other.key]) {
      expect((await enter(each)).status).toBe(201);
    }
    const token = await api.keyOf('auditor');
    const report = await api.call('GET', '/abuse-report?helper=3', { token });
    expect(report.body.findings).toMatchObject([{ kind: 'one_helper', subject: id, count: 3 }]);
    expect(report.body.origins).toEqual({ association: 4 });
  });

  test('sees and touches nobody else', async () => {
    const [mine, theirs] = [await helper(), await helper({ category: 'lawyer' })];
    const { body } = await enter(theirs.key);
    const path = `/helper-entries/${body.id}`;
    for (const refused of [
      await api.call('GET', path, { token: mine.key }),
      await answer(mine.key, body.id, 'withdraw'),
      await api.call('DELETE', path, { token: mine.key }),
    ]) {
      expect([refused.status, refused.body.code]).toEqual([404, 'mandate_not_found']);
    }
    for (const forAgents of ['/entries', '/helpers', '/letter-batches', '/audit-log']) {
      expect((await api.call('GET', forAgents, { token: mine.key })).status).toBe(403);
    }
  });

  test('has no more entries at once than its cap, whoever is faster, until some are over', async () => {
    const { key } = await helper({ cap: 3 });
    const all = await Promise.all(Array.from({ length: 8 }, () => enter(key)));
    expect(all.filter(({ status }) => status === 201)).toHaveLength(3);
    const [refused] = all.filter(({ status }) => status !== 201);
    expect(refused?.body.code).toBe('helper_full');
    const first = all.find(({ status }) => status === 201)?.body.id;
    await answer(key, first, 'withdraw');
    expect((await enter(key)).status).toBe(201);
    expect((await enter(key)).body.code).toBe('helper_full');
  });

  test('loses no place of its cap to a person who has an entry already', async () => {
    const { id, key } = await helper({ cap: 1 });
    const person = joinRequest();
    const desk = await api.call('POST', '/desk-entries', { token: admin, json: person });
    expect(desk.body.joined).toBe(1);
    const { person: same } = person;
    expect((await enter(key, { person: same })).body.code).toBe('entry_duplicate');
    expect(await api.store.helpers.entriesOf(prefecture, id)).toEqual([]);
    expect((await enter(key)).status).toBe(201);
  });

  test('that is revoked can do nothing, and the people it entered keep waiting', async () => {
    const { id, key } = await helper();
    const { body } = await enter(key);
    for (let time = 0; time < 2; time += 1) {
      const revoked = await api.call('DELETE', `/helpers/${id}`, { token: admin });
      expect(revoked.body.revokedAt).toBe('2026-12-01T08:00:00.000Z');
    }
    expect((await enter(key)).status).toBe(401);
    expect((await api.store.entries.get(prefecture, body.id))?.state).toBe('waiting');
    const another = await api.call('POST', `/helpers/${id}/keys`, { token: admin });
    expect(another.body.code).toBe('helper_not_found');
  });

  test('may have a key for each who works there', async () => {
    const { id, key } = await helper();
    const { body } = await enter(key);
    const second = await api.call('POST', `/helpers/${id}/keys`, { token: admin });
    const seen = await api.call('GET', `/helper-entries/${body.id}`, { token: second.body.key });
    expect(seen.body.state).toBe('waiting');
  });
});

describe('a mandate', () => {
  test('holds on its days, both included', async () => {
    const { key } = await helper();
    const { body } = await enter(key, { mandate: { ...mandate, until: '2026-12-01' } });
    expect((await api.call('GET', `/helper-entries/${body.id}`, { token: key })).status).toBe(200);
    api.time.nowMs += dayMs;
    const over = await api.call('GET', `/helper-entries/${body.id}`, { token: key });
    expect([over.status, over.body.code]).toEqual([422, 'mandate_expired']);
    const late = await enter(key, { mandate: { ...mandate, until: '2026-12-01' } });
    expect([late.body.code, late.body.member]).toEqual(['mandate_expired', 'mandate.until']);
  });

  test('is renewed by who entered the person, also when its days are over', async () => {
    const [mine, theirs] = [await helper(), await helper()];
    const { body } = await enter(mine.key, { mandate: { ...mandate, until: '2026-12-01' } });
    const renew = (token: string, json: object) =>
      api.call('PUT', `/helper-entries/${body.id}/mandate`, { token, json });
    api.time.nowMs += 2 * dayMs;
    const again = { ...mandate, reference: 'Dossier 13' };
    expect((await renew(theirs.key, again)).body.code).toBe('mandate_not_found');
    expect((await renew(mine.key, { ...mandate, until: '2026-12-02' })).body.member).toBe(
      'mandate.until',
    );
    for (let time = 0; time < 2; time += 1) {
      expect((await renew(mine.key, again)).body).toMatchObject({
        until: '2026-12-31',
        current: true,
      });
    }
    expect((await answer(mine.key, body.id, 'withdraw')).body.state).toBe('withdrawn');
    expect((await renew(mine.key, again)).body.code).toBe('entry_settled');
  });

  test('that the person ended is not renewed', async () => {
    const { key } = await helper();
    const { body } = await enter(key);
    const token = api.tokens.entryToken(prefecture, body.id);
    await api.call('DELETE', `/entries/${body.id}/mandate`, { token });
    const path = `/helper-entries/${body.id}/mandate`;
    const renewed = await api.call('PUT', path, { token: key, json: mandate });
    expect([renewed.status, renewed.body.code]).toEqual([422, 'mandate_expired']);
    const seen = await api.call('GET', `/entries/${body.id}/mandate`, { token });
    expect(seen.body.current).toBe(false);
  });

  test.each(['person', 'agent'])('is ended by the %s, for good', async (who) => {
    const { key } = await helper();
    const { body } = await enter(key, { contact: { email: 'ada@example.org' } });
    const entryToken = api.tokens.entryToken(prefecture, body.id);
    const token = who === 'person' ? entryToken : await api.keyOf('agent');
    const path = `/entries/${body.id}/mandate`;
    expect((await api.call('GET', path, { token })).body).toMatchObject({
      helper: { category: 'association', label: 'La Cimade' },
      current: true,
    });
    const ended = await api.call('DELETE', path, { token });
    expect(ended.body).toMatchObject({ current: false, endedBy: who });
    expect((await answer(key, body.id, 'withdraw')).body.code).toBe('mandate_expired');
    expect((await api.store.entries.get(prefecture, body.id))?.state).toBe('waiting');
    // Who did not do it is told, whoever tries once more.
    await api.call('DELETE', path, { token: await api.keyOf('agent') });
    const told = (await api.store.messages.due(prefecture, 100)).filter((id) =>
      id.startsWith(`acted_for.${body.id}`),
    );
    expect(told.length > 0).toBe(who === 'agent');
  });

  test('is in the export of its person, with its reference, and open to nobody else', async () => {
    const { key } = await helper();
    const { body } = await enter(key);
    const token = api.tokens.entryToken(prefecture, body.id);
    const exported = await api.call('GET', `/entries/${body.id}/export`, { token });
    expect(exported.body.mandate).toEqual({
      ...mandate,
      helper: 'La Cimade',
      endedAt: null,
      endedBy: null,
    });
    for (const reader of [key, admin]) {
      const seen = await api.call('GET', `/entries/${body.id}/mandate`, { token: reader });
      expect(seen.text).not.toContain('Dossier');
    }
  });

  test('given back by the helper is over, and makes no room for others', async () => {
    const { key } = await helper({ cap: 1 });
    const { body } = await enter(key);
    for (let time = 0; time < 2; time += 1) {
      const back = await api.call('DELETE', `/helper-entries/${body.id}`, { token: key });
      expect(back.status).toBe(204);
    }
    const listed = await api.call('GET', '/helper-entries', { token: key });
    expect(listed.body.entries).toEqual([]);
    expect((await enter(key)).body.code).toBe('helper_full');
    await api.store.entries.leave(prefecture, body.id, 'withdraw', api.time.nowMs);
    expect((await enter(key)).status).toBe(201);
  });

  test('ended by an agent makes room', async () => {
    const { key } = await helper({ cap: 1 });
    const { body } = await enter(key);
    const token = await api.keyOf('agent');
    await api.call('DELETE', `/entries/${body.id}/mandate`, { token });
    expect((await enter(key)).status).toBe(201);
  });

  test('goes with an erased entry', async () => {
    const { key } = await helper();
    const { body } = await enter(key);
    await api.store.entries.leave(prefecture, body.id, 'erase', api.time.nowMs);
    expect(await api.store.helpers.mandate(prefecture, body.id)).toBeUndefined();
  });

  test.each([
    [{ ...mandate, from: '2027-01-01' }, 'mandate'],
    [{ ...mandate, reference: ' ' }, 'mandate.reference'],
    [undefined, 'mandate'],
    [{ ...mandate, until: '2028-12-01' }, 'mandate'],
  ])('of %j is refused', async (wrong, member) => {
    const { key } = await helper();
    const { status, body } = await enter(key, { mandate: wrong });
    expect([status, body.code]).toEqual([400, 'request_invalid']);
    expect(JSON.stringify(body.errors)).toContain(member);
  });
});
