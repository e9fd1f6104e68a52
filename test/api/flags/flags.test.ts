import { beforeEach, describe, expect, test } from 'vitest';
import { hourMs, join, joinRequest, prefecture, useApi } from '../harness.ts';

const api = useApi();
let supervisor = '';
beforeEach(async () => {
  supervisor = await api.keyOf('supervisor');
});

let made = 9_900_000_000;
const email = 'twins@example.org';

/** Joins with the same e-mail address and a document of one's own. */
function twin(number = String(made++), more: object = {}) {
  const person = { name: 'Ada Exemple', document: { kind: 'agdref', number }, ...more };
  return join(api, { ...joinRequest(), person, contact: { email } });
}

const call = (method: string, path: string, json?: object, token = supervisor) =>
  api.call(method, `/flagged-sets${path}`, { token, ...(json ? { json } : {}) });
const settle = (id: string, json: object) => call('POST', `/${id}/settlement`, json);
const stateOf = async (id: string) => (await api.store.entries.get(prefecture, id))?.state;
const samePerson = (keep: string) => ({ decision: 'same_person', keep, reason: 'Same face' });
const different = { decision: 'different_people', reason: 'Two sisters' };

describe('a flagged set', () => {
  test('is listed oldest first, page by page, without anything personal', async () => {
    const [one, two] = [await twin(), await twin()];
    api.time.nowMs += 1;
    const three = await twin();
    const first = await call('GET', '?limit=1');
    expect(first.body.flaggedSets).toEqual([
      {
        id: two.id,
        entries: [two.id, one.id],
        clues: ['email'],
        at: '2026-12-01T08:00:00.000Z',
        settled: null,
      },
    ]);
    const second = await call('GET', `?limit=1&cursor=${first.body.cursor}`);
    expect(second.body.flaggedSets.map(({ id }: { id: string }) => id)).toEqual([three.id]);
    const third = await call('GET', `?limit=1&cursor=${second.body.cursor}`);
    expect(third.body).toEqual({ flaggedSets: [], cursor: null });
    const detail = await call('GET', `/${three.id}`);
    expect(detail.body.entries.map(({ id }: { id: string }) => id)).toEqual(
      detail.body.set.entries,
    );
    for (const { text } of [first, detail]) expect(text).not.toMatch(/Exemple|twins|99\d{8}/);
    expect((await call('GET', '/nothing')).body.code).toBe('flag_not_found');
  });

  test('shows names to who opens it, and the audit log says so', async () => {
    const [one, two] = [await twin('9912345678', { birthDate: '1984-02-29' }), await twin()];
    expect((await call('POST', `/${two.id}/opening`, {})).status).toBe(400);
    const agent = await api.keyOf('agent');
    const opened = await call('POST', `/${two.id}/opening`, { reason: 'To compare them' }, agent);
    expect(opened.body.people[1]).toEqual({
      entry: one.id,
      name: 'Ada Exemple',
      birthDate: '1984-02-29',
      documents: [{ kind: 'agdref', number: '9912345678' }],
      email,
      phone: null,
    });
    const audit = JSON.stringify(await api.redis.lrange(`tirage:{${prefecture}}:audit`, 0, -1));
    expect(audit).toContain('openFlaggedSet');
    expect(audit).toContain(one.id);
    expect(audit).not.toMatch(/Exemple|9912345678/);
  });
});

describe('settling', () => {
  test('one person: one entry stays, the others leave, and their people are told', async () => {
    const [one, two, three] = [await twin(), await twin(), await twin()];
    const { status, body } = await settle(three.id, samePerson(one.id));
    expect(status).toBe(200);
    expect(body.settled).toMatchObject({ decision: 'same_person', keep: one.id });
    expect(await Promise.all([one, two, three].map(({ id }) => stateOf(id)))).toEqual([
      'waiting',
      'rejected',
      'rejected',
    ]);
    const due = await api.store.messages.due(prefecture, 100);
    expect(due.filter((id) => id.startsWith('duplicate.')).sort()).toEqual(
      [`duplicate.${two.id}.${three.id}`, `duplicate.${three.id}.${three.id}`].sort(),
    );
    const list = await call('GET', '?state=settled');
    expect(list.body.flaggedSets.map(({ id }: { id: string }) => id)).toEqual([three.id]);
  });

  test('repeating a decision completes it and says nothing twice; another one is refused', async () => {
    const [one, two] = [await twin(), await twin()];
    await settle(two.id, samePerson(one.id));
    expect((await settle(two.id, samePerson(one.id))).status).toBe(200);
    const due = await api.store.messages.due(prefecture, 100);
    expect(due.filter((id) => id.startsWith('duplicate.'))).toHaveLength(1);
    for (const other of [different, samePerson(two.id)]) {
      expect((await settle(two.id, other)).body.code).toBe('flag_settled');
    }
  });

  test('of two agents at once one decides', async () => {
    const [one, two] = [await twin(), await twin()];
    const replies = await Promise.all([
      ...Array.from({ length: 5 }, () => settle(two.id, samePerson(one.id))),
      ...Array.from({ length: 5 }, () => settle(two.id, different)),
    ]);
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200, 409]));
    const { settled } = await api.store.flags.get(prefecture, two.id);
    expect(await stateOf(two.id)).toBe(
      settled?.decision === 'same_person' ? 'rejected' : 'waiting',
    );
  });

  test('different people are never flagged together again, also under new entries', async () => {
    const [one, two] = [await twin('9911111111'), await twin('9922222222')];
    expect((await settle(two.id, different)).status).toBe(200);
    expect(await stateOf(one.id)).toBe('waiting');
    await api.call('DELETE', `/entries/${two.id}`, { token: two.token });
    api.time.nowMs += hourMs;
    const again = await twin('9922222222');
    expect((await call('GET', '')).body.flaggedSets).toEqual([]);
    const third = await twin('9933333333');
    const { flaggedSets } = (await call('GET', '')).body;
    expect(flaggedSets).toMatchObject([{ id: third.id }]);
    expect(flaggedSets[0].entries.slice(1).sort()).toEqual([one.id, again.id].sort());
  });

  test('who is erased is forgotten there too', async () => {
    const [one, two] = [await twin('9911111111'), await twin('9922222222')];
    await settle(two.id, different);
    const different92 = `tirage:{${prefecture}}:different`;
    expect(await api.redis.hlen(different92)).toBe(2);
    await api.store.entries.leave(prefecture, one.id, 'erase', api.time.nowMs);
    expect(await api.redis.hlen(different92)).toBe(0);
  });

  test('what makes no sense is refused, and changes nothing', async () => {
    const [one, two] = [await twin(), await twin()];
    const wrong = [
      samePerson('0000000000000000'),
      { decision: 'document_good', reason: 'Seen it' },
    ];
    for (const json of wrong) {
      expect((await settle(two.id, json)).body.code).toBe('input_inconsistent');
    }
    expect((await settle(two.id, { ...different, reason: '' })).status).toBe(400);
    const agent = await api.keyOf('agent');
    expect((await call('POST', `/${two.id}/settlement`, different, agent)).status).toBe(403);
    expect(await stateOf(one.id)).toBe('waiting');
    expect((await api.store.flags.get(prefecture, two.id)).settled).toBeUndefined();
  });
});
