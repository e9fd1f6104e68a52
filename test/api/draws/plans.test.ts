import { beforeEach, describe, expect, test } from 'vitest';
import { keysOf } from '#src/store/core/keys.ts';
import { farStart } from '../../support/draw-samples.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { join, prefecture, useApi } from '../harness.ts';

const api = useApi();
let token = '';
beforeEach(async () => {
  token = await api.keyOf('supervisor');
});

const post = (path: string, json: unknown) => api.call('POST', path, { token, json });
const keyId = () => token.split('_')[1];
const waiting = async (queue: 'draws' | 'dispatch') => {
  await api.deps().waker.close();
  return (await api.queues()[queue].getJobCounts('waiting', 'delayed')) as Record<string, number>;
};

describe('POST draws', () => {
  test('plans a draw for now, commits to its secret, and wakes a worker', async () => {
    const { status, body } = await post('/draws', {});
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'scheduled', plannedAt: '2026-12-01T08:00:00.000Z' });
    expect(body.id).toMatch(/^20261201-[0-9a-z]{6}$/);
    expect(body.entropy).toMatchObject({ source: 'operator', strength: 'weaker' });
    const stored = await api.store.draws.get(prefecture, body.id);
    expect(stored).toMatchObject({ agent: keyId(), sealedSecret: expect.any(String) });
    expect((await waiting('draws')).waiting).toBeGreaterThan(0);
  });

  test('plans one for later, seen at once as the next draw', async () => {
    await api.call('GET', '');
    const { body } = await post('/draws', { at: '2026-12-24T23:30:00+01:00' });
    expect(body.plannedAt).toBe('2026-12-24T22:30:00.000Z');
    expect((await api.call('GET', '')).body.nextDrawAt).toBe('2026-12-24T22:30:00.000Z');
  });

  test('is for some request types alone, in public: the answer, the register, the next draws', async () => {
    const { body } = await post('/draws', {
      at: '2026-12-24T23:30:00+01:00',
      requestTypes: ['first'],
    });
    expect(body).toMatchObject({ requestTypes: ['first'], endedRequestTypes: [] });
    const { body: all } = await post('/draws', { at: '2026-12-26T23:30:00+01:00' });
    expect(all.requestTypes).toBeNull();
    const leaves = await api.redis.lrange(keysOf(prefecture).registerLeaves, 0, -1);
    const plans = leaves.map((leaf) => JSON.parse(leaf)).filter(({ kind }) => kind === 'scheduled');
    expect(plans.map(({ requestTypes }) => requestTypes)).toEqual([['first'], undefined]);
    const { requestTypes } = (await api.call('GET', '/statistics')).body;
    const next = requestTypes.map((row: Record<string, unknown>) => [
      row.requestType,
      row.nextDrawAt,
    ]);
    expect(next).toEqual([
      ['renewal', '2026-12-26T22:30:00.000Z'],
      ['first', '2026-12-24T22:30:00.000Z'],
    ]);
  });

  test.each([
    [['nothing'], 'request_type_unknown', 'requestTypes[0]'],
    [['first', 'first'], 'input_inconsistent', 'requestTypes[1]'],
    [[], 'request_invalid', undefined],
  ])('refuses the request types %j, as schedules do', async (requestTypes, code, member) => {
    const one = await post('/draws', { requestTypes });
    expect([one.body.code, one.body.member]).toEqual([code, member]);
    const json = { pattern: '0 10 * * 1', requestTypes };
    const again = await api.call('PUT', '/draw-schedules/weekly', { token, json });
    expect([again.body.code, again.body.member]).toEqual([code, member]);
    expect((await api.call('GET', '/draws')).body.draws).toEqual([]);
  });

  test('refuses request types of a repeat: it has those of the draw that it repeats', async () => {
    const { body } = await post('/draws', { requestTypes: ['first'] });
    const world = new DrawWorld(api.redis);
    await world.begin(body.id);
    await post(`/draws/${body.id}/void`, { reason: 'a reason' });
    const refused = await post('/draws', { replaces: body.id, requestTypes: ['first'] });
    expect([refused.status, refused.body.member]).toEqual([422, 'requestTypes']);
    const repeat = await post('/draws', { replaces: body.id });
    expect(repeat.body).toMatchObject({ requestTypes: ['first'], replaces: body.id });
  });

  test('refuses a time that is none', async () => {
    expect((await post('/draws', { at: 'tomorrow' })).body.code).toBe('request_invalid');
  });
});

describe('POST draws/{id}/void', () => {
  test('is public with its reason and the key, and gives people back to the waitlist', async () => {
    const { id } = await join(api);
    const world = new DrawWorld(api.redis);
    await world.addSlot('slot-1', 1);
    await world.draw('20261201-draw01');
    const { status, body } = await post('/draws/20261201-draw01/void', { reason: 'wrong quotas' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: 'void',
      voided: { reason: 'wrong quotas', agent: keyId() },
    });
    expect((await waiting('draws')).waiting).toBe(1);
    await api.store.draws.unwind(prefecture, '20261201-draw01', api.time.nowMs);
    expect((await api.store.entries.get(prefecture, id))?.state).toBe('waiting');
    const again = await post('/draws/20261201-draw01/void', { reason: 'another reason' });
    expect(again.body.voided.reason).toBe('wrong quotas');
    expect((await api.deps().metrics.draws.get()).values.map(({ value }) => value)).toEqual([1]);
  });

  test('needs a reason, and a draw that is not closed', async () => {
    const { body } = await post('/draws', {});
    expect((await post(`/draws/${body.id}/void`, {})).body.code).toBe('request_invalid');
    expect((await post(`/draws/${body.id}/void`, { reason: ' ' })).body.code).toBe(
      'request_invalid',
    );
    const unknown = await post('/draws/20261201-nodraw/void', { reason: 'a reason' });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'draw_not_found']);
    const world = new DrawWorld(api.redis);
    await world.draw('20261201-draw01');
    await world.closePrevious();
    const closed = await post('/draws/20261201-draw01/void', { reason: 'too late' });
    expect([closed.status, closed.body.code]).toEqual([409, 'draw_settled']);
  });
});

describe('draw-schedules', () => {
  const put = (name: string, pattern: string) =>
    api.call('PUT', `/draw-schedules/${name}`, { token, json: { pattern } });

  test('plan the next draw in the local time of the prefecture', async () => {
    const { status, body } = await put('weekly', '0 10 * * 1');
    expect(status).toBe(200);
    expect(body).toMatchObject({ name: 'weekly', pattern: '0 10 * * 1', agent: keyId() });
    expect(body.nextDraw.plannedAt).toBe('2026-12-07T09:00:00.000Z');
    expect((await api.call('GET', '/statistics')).body.nextDrawAt).toBe('2026-12-07T09:00:00.000Z');
    const { body: list } = await api.call('GET', '/draw-schedules', { token });
    expect(list.schedules).toEqual([{ name: 'weekly', pattern: '0 10 * * 1', agent: keyId() }]);
  });

  test('stand side by side, each with its rhythm and its request types', async () => {
    const weekly = { pattern: '0 10 * * 1', requestTypes: ['first'] };
    await api.call('PUT', '/draw-schedules/weekly', { token, json: weekly });
    const { body } = await put('all', '0 10 1 * *');
    expect(body.nextDraw.requestTypes).toBeNull();
    const { schedules } = (await api.call('GET', '/draw-schedules', { token })).body;
    expect(schedules).toEqual([
      { name: 'all', pattern: '0 10 1 * *', agent: keyId() },
      { name: 'weekly', ...weekly, agent: keyId() },
    ]);
  });

  test('plan another draw of the same instant when the request types change', async () => {
    const set = async (requestTypes: string[]) => {
      const json = { pattern: '0 10 * * 1', requestTypes };
      return (await api.call('PUT', '/draw-schedules/weekly', { token, json })).body.nextDraw;
    };
    const first = await set(['first']);
    expect((await set(['first'])).id).toBe(first.id);
    const second = await set(['first', 'renewal']);
    expect(second).toMatchObject({ requestTypes: ['first', 'renewal'], replaces: null });
    expect(second.plannedAt).toBe(first.plannedAt);
    expect((await set(['renewal', 'first'])).id).toBe(second.id);
  });

  test.each(['every monday', '61 10 * * 1', '* * * * * *', '0 0 31 2 *'])(
    'refuse the rule %s',
    async (pattern) => {
      const { status, body } = await put('weekly', pattern);
      expect([status, body.code, body.member]).toEqual([422, 'cron_invalid', 'pattern']);
      expect((await api.call('GET', '/draw-schedules', { token })).body.schedules).toEqual([]);
    },
  );

  test('end, and their draw is superseded', async () => {
    const { body } = await put('weekly', '0 10 * * 1');
    const remove = () => api.call('DELETE', '/draw-schedules/weekly', { token });
    expect((await remove()).status).toBe(204);
    expect((await api.call('GET', `/draws/${body.nextDraw.id}`)).body).toMatchObject({
      state: 'superseded',
      superseded: { agent: keyId(), reason: 'the schedule was removed' },
      voided: null,
    });
    expect((await api.call('GET', '')).body.nextDrawAt).toBeNull();
    const again = await remove();
    expect([again.status, again.body.code]).toEqual([404, 'schedule_not_found']);
  });
});

describe('POST appointments/{id}/attendance', () => {
  test('notes whether the person came, once', async () => {
    const { id, token: theirs, request } = await join(api);
    const world = new DrawWorld(api.redis);
    await world.addSlot('slot-1', 1);
    await world.draw('20261201-draw01');
    const offer = `20261201-draw01.${id}`;
    const note = (attended: boolean) =>
      post(`/appointments/${offer}/attendance`, {
        attended,
        ...(attended ? { document: request.person.document } : {}),
      });
    expect((await note(true)).body.code).toBe('appointment_not_found');
    await api.call('POST', `/offers/${offer}/accept`, { token: theirs });
    api.time.nowMs = Date.parse(farStart);
    expect((await note(true)).body).toMatchObject({ id: offer, appointment: 'attended' });
    expect((await note(true)).status).toBe(200);
    const other = await note(false);
    expect([other.status, other.body.code]).toEqual([409, 'appointment_settled']);
    expect((await api.store.entries.get(prefecture, id))?.state).toBe('served');
    const { values } = await api.deps().metrics.attendance.get();
    expect(values.map(({ labels, value }) => [labels.outcome, value])).toEqual([['attended', 1]]);
  });
});
