import { expect, test } from 'vitest';
import { join, useApi } from '../harness.ts';

const api = useApi();
const proposal = { ground: 'title_expiring', days: 30 };
const day30 = '2026-12-31T08:00:00.000Z';

test('one agent proposes, another approves, and the person sees it', async () => {
  const { id, token } = await join(api);
  const path = `/entries/${id}/priority`;
  const agent = await api.keyOf('agent');
  const supervisor = await api.keyOf('supervisor');
  const proposed = await api.call('POST', path, { token: agent, json: proposal });
  expect(proposed.body).toMatchObject({ entry: id, state: 'proposed', until: day30 });
  expect((await api.call('GET', `/entries/${id}`, { token })).body.priority).toBeNull();
  const json = { decision: 'approve' };
  const decided = await api.call('POST', `${path}/decision`, { token: supervisor, json });
  expect(decided.body).toMatchObject({ state: 'approved', proposedBy: proposed.body.proposedBy });
  expect((await api.call('GET', `/entries/${id}`, { token })).body.priority).toEqual({
    ground: 'title_expiring',
    until: day30,
  });
  const listed = await api.call('GET', '/priorities?state=approved', { token: supervisor });
  expect(listed.body.priorities).toEqual([decided.body]);
});

test('the same agent cannot approve what it proposed, however high its role', async () => {
  const { id } = await join(api);
  const admin = await api.keyOf('admin');
  await api.call('POST', `/entries/${id}/priority`, { token: admin, json: proposal });
  const json = { decision: 'approve' };
  const own = await api.call('POST', `/entries/${id}/priority/decision`, { token: admin, json });
  expect([own.status, own.body.code]).toEqual([409, 'approver_same']);
  expect((await api.store.entries.get('92', id))?.priority).toBeUndefined();
});

test('a decision on one proposal does not fall on another that came meanwhile', async () => {
  const { id } = await join(api);
  const path = `/entries/${id}/priority`;
  const [agent, supervisor] = [await api.keyOf('agent'), await api.keyOf('supervisor')];
  const first = await api.call('POST', path, { token: agent, json: proposal });
  const refuse = { decision: 'refuse' };
  await api.call('POST', `${path}/decision`, { token: supervisor, json: refuse });
  api.time.nowMs += 1000;
  await api.call('POST', path, { token: agent, json: { ground: 'other' } });
  const { proposedAt } = first.body;
  const json = { decision: 'approve', proposedAt };
  const late = await api.call('POST', `${path}/decision`, { token: supervisor, json });
  expect([late.status, late.body.code, late.body.member]).toEqual([
    ...[409, 'priority_settled', 'proposedAt'],
  ]);
  expect((await api.store.entries.get('92', id))?.priority).toBeUndefined();
});

test.each([
  [{ ground: 'a friend' }, 'ground'],
  [{ ground: 'health', days: 367 }, 'days'],
  [{ ground: 'health', days: 0 }, 'days'],
  [{ ground: 'health', note: 'cancer' }, 'note'],
])('a proposal of %j is refused, with %s named', async (wrong, member) => {
  const { id } = await join(api);
  const token = await api.keyOf('agent');
  const refused = await api.call('POST', `/entries/${id}/priority`, { token, json: wrong });
  expect([refused.status, refused.body.code]).toEqual([400, 'request_invalid']);
  expect(JSON.stringify(refused.body.errors)).toContain(member);
});
