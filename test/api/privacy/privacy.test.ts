import { beforeEach, describe, expect, test } from 'vitest';
import type { EntryRecord } from '#src/domain/entries/entry.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { join, type joinRequest, prefecture, useApi, verify } from '../harness.ts';

const api = useApi();
const draw = '20261201-draw01';
const world = () => new DrawWorld(api.redis);

let id = '';
let token = '';
let request: ReturnType<typeof joinRequest>;

beforeEach(async () => {
  ({ id, token, request } = await join(api, { accepts: { sites: ['nanterre'] } }));
});

/**
 * Under what name the export gives each member of an entry. What a later part stores does not
 * compile before it stands here: `elsewhere` in the export, or a hash or counter.
 */
const exportedAs = {
  id: 'id',
  state: 'state',
  requestType: 'requestType',
  missed: 'missed',
  partySinceMs: 'elsewhere',
  resized: 'elsewhere',
  parted: 'elsewhere',
  parting: 'elsewhere',
  priority: 'elsewhere',
  accepts: 'accepts',
  language: 'language',
  origin: 'origin',
  identity: 'elsewhere',
  otherIdentities: 'elsewhere',
  clues: 'elsewhere',
  documentCheck: 'documentCheck',
  // Of one person nothing is said.
  party: 'elsewhere',
  owed: 'owed',
  givenUp: 'guaranteesGivenUp',
  sealed: 'elsewhere',
  joinedAtMs: 'joinedAt',
  waitingSinceMs: 'waitingSince',
  acceptsSinceMs: 'availabilitySince',
  since: 'elsewhere',
  counted: 'elsewhere',
  letter: 'byPost',
  silences: 'unansweredOffers',
  absence: 'elsewhere',
  excused: 'excused',
  code: 'codeExpiresAt',
  held: 'elsewhere',
  callRound: 'elsewhere',
  rejection: 'rejection',
  endedAtMs: 'endedAt',
} as const satisfies Record<keyof EntryRecord, string>;

const erase = (of = id, by = token) => api.call('POST', `/entries/${of}/erasure`, { token: by });
const stored = (of = id) => api.store.entries.get(prefecture, of);

async function offered(): Promise<string> {
  await world().addSlot('slot-1', 1);
  await world().draw(draw);
  return `${draw}.${id}`;
}

describe('the export', () => {
  test('holds what the person gave, opened, and all that the entry holds', async () => {
    const { status, body, headers } = await api.call('GET', `/entries/${id}/export`, { token });
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-disposition')).toContain('attachment');
    expect(body.person).toEqual({
      ...request.person,
      email: request.contact.email,
      phone: null,
      webhook: null,
      postal: null,
      otherDocuments: [],
      birthDate: null,
    });
    expect(body.entry).toMatchObject({ id, state: 'waiting', accepts: { sites: ['nanterre'] } });
    expect(body.keptUntil).toBeNull();
  });

  test('leaves out no member of the stored entry but hashes, sealed text and counters', async () => {
    const offer = await offered();
    await api.store.offers.settle(prefecture, offer, 'accept', api.time.nowMs);
    const { body } = await api.call('GET', `/entries/${id}/export`, { token });
    const names = Object.values(exportedAs).filter((name) => name !== 'elsewhere');
    expect(Object.keys(body.entry).sort()).toEqual(names.sort());
    expect(body.draws).toMatchObject([{ draw, offer: { id: offer, appointment: 'booked' } }]);
  });

  test('says that an impediment excused once, and that post alone arrives', async () => {
    await api.store.entries.change(prefecture, id, (entry) => ({
      entry: { ...entry, excused: true, letter: true },
    }));
    const { body } = await api.call('GET', `/entries/${id}/export`, { token });
    expect(body.entry).toMatchObject({ excused: true, byPost: true });
  });

  test('names messages that did not arrive, and only those of the person', async () => {
    const other = await join(api);
    for (const of of [id, other.id]) {
      const letter = { reason: 'address_refused', attempts: 1, atMs: api.time.nowMs };
      await api.store.messages.bury(prefecture, { ...letter, id: `welcome.${of}.1` });
    }
    const { body } = await api.call('GET', `/entries/${id}/export`, { token });
    expect(body.undeliveredMessages).toMatchObject([{ id: `welcome.${id}.1` }]);
  });

  test('says until when the rest is kept, once the entry has ended', async () => {
    await api.call('DELETE', `/entries/${id}`, { token });
    const { body } = await api.call('GET', `/entries/${id}/export`, { token });
    expect(Date.parse(body.keptUntil) - api.time.nowMs).toBe(90 * 24 * 3_600_000);
  });

  test('says of one never verified that its last code delays erasure', async () => {
    const made = await join(api, {}, { verified: false });
    api.time.nowMs += 48 * 3_600_000 - 1;
    await api.call('POST', `/entries/${made.id}/verification/resend`, { token: made.token });
    const { body } = await api.call('GET', `/entries/${made.id}/export`, { token: made.token });
    expect(body.keptUntil).toBe(body.entry.codeExpiresAt);
    expect(Date.parse(body.keptUntil)).toBeGreaterThan(api.time.nowMs + 60_000);
  });

  test('is refused to any other token, and to agents without the role', async () => {
    const other = await join(api);
    const path = `/entries/${id}/export`;
    expect((await api.call('GET', path, { token: other.token })).status).toBe(401);
    expect((await api.call('GET', path)).status).toBe(401);
    const json = { reason: 'asked_by_person' };
    const ask = async (role: 'agent' | 'supervisor') =>
      api.call('POST', `/entries/${id}/disclosure`, { token: await api.keyOf(role), json });
    expect((await ask('agent')).status).toBe(403);
    const { status, body } = await ask('supervisor');
    expect([status, body.person.name]).toEqual([200, request.person.name]);
    expect(api.logged.join()).not.toContain(request.person.name);
  });
});

describe('erasure', () => {
  test('leaves the id and what counts need, and is the same when repeated', async () => {
    const first = await erase();
    expect(first).toMatchObject({ status: 200, body: { id, state: 'erased' } });
    api.time.nowMs += 5000;
    expect((await erase()).body).toEqual(first.body);
    const entry = await stored();
    expect(entry).toMatchObject({ state: 'erased', sealed: '', identity: '' });
    expect(entry?.accepts).toBeUndefined();
    expect(await world().faults()).toEqual([]);
    const { body } = await api.call('GET', `/entries/${id}/export`, { token });
    expect(body).toMatchObject({ person: null, entry: { state: 'erased', accepts: null } });
    // The person may join again.
    expect((await api.call('POST', '/entries', { json: request })).status).toBe(201);
  });

  test.each(['pending', 'booked'] as const)('frees the place of a %s offer', async (state) => {
    const offer = await offered();
    if (state === 'booked') {
      await api.store.offers.settle(prefecture, offer, 'accept', api.time.nowMs);
    }
    await erase();
    expect(await stored()).toMatchObject({ state: 'erased' });
    expect((await stored())?.held).toBeUndefined();
    expect(await world().places()).toMatchObject({ held: 0 });
    const events = await api.store.draws.events(prefecture, draw);
    expect(JSON.parse(events.at(-1) ?? '')).toMatchObject({ type: 'withdrawn', entry: id });
    await api.deps().waker.close();
    expect((await api.queues().offers.getJobCounts('waiting')).waiting).toBe(1);
    expect(await world().faults()).toEqual([]);
  });

  test('of an entry that was served changes nothing of the appointment', async () => {
    const offer = await offered();
    await api.store.offers.settle(prefecture, offer, 'accept', api.time.nowMs);
    await api.store.offers.attend(prefecture, offer, 'attend', api.time.nowMs);
    const before = await world().places();
    await erase();
    expect(await stored()).toMatchObject({ state: 'erased', sealed: '' });
    expect(await world().places()).toEqual(before);
  });

  test('takes the place on the priority track with it, which the export shows before', async () => {
    const proposal = { ground: 'health', untilMs: api.time.nowMs + 1000, agent: 'a1' } as const;
    await api.store.priorities.propose(prefecture, id, { ...proposal, nowMs: api.time.nowMs });
    const { body } = await api.call('GET', `/entries/${id}/export`, { token });
    expect(body.priority).toMatchObject({ state: 'proposed', ground: 'health' });
    await erase();
    expect(await api.store.priorities.get(prefecture, id)).toBeUndefined();
    expect((await api.call('GET', `/entries/${id}/export`, { token })).body.priority).toBeNull();
  });

  test('of somebody unverified works, and ends the code', async () => {
    const fresh = await join(api, {}, { verified: false });
    expect((await erase(fresh.id, fresh.token)).status).toBe(200);
    expect((await verify(api, fresh.id)).body.code).toBe('entry_settled');
  });

  test('of many requests at once is done once', async () => {
    const offer = await offered();
    const replies = await Promise.all(Array.from({ length: 10 }, () => erase()));
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
    expect((await api.store.offers.get(prefecture, offer))?.state).toBe('declined');
    const events = await api.store.draws.events(prefecture, draw);
    expect(events.filter((line) => line.includes('"withdrawn"'))).toHaveLength(1);
  });

  test('by an agent needs a role and a reason', async () => {
    const path = `/entries/${id}/agent-erasure`;
    const json = { reason: 'asked_by_person' };
    const supervisor = await api.keyOf('supervisor');
    const agent = await api.keyOf('agent');
    expect((await api.call('POST', path, { token: agent, json })).status).toBe(403);
    const empty = await api.call('POST', path, { token: supervisor, json: {} });
    expect(empty).toMatchObject({ status: 400, body: { code: 'request_invalid' } });
    expect((await api.call('POST', path, { token: supervisor, json })).status).toBe(200);
    expect((await api.call('POST', path, { token: supervisor, json })).status).toBe(200);
    const none = await api.call('POST', '/entries/nobody/agent-erasure', {
      token: supervisor,
      json,
    });
    expect(none.status).toBe(404);
  });

  test('keeps the record of a freeze under way whole', async () => {
    await world().addSlot('slot-1', 1);
    await world().begin(draw);
    const pool = await api.store.entries.readFrozen(prefecture);
    await erase();
    expect(await api.store.entries.readFrozen(prefecture)).toEqual(pool);
    expect(pool.entries.map((entry) => entry.id)).toEqual([id]);
    expect(await api.redis.hexists(keysOf(prefecture).before, id)).toBe(1);
  });
});
