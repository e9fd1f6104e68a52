import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { closeDue } from '#src/usecases/closures/close.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { openHouse } from '../../support/house.ts';
import { redisUrl } from '../../support/redis.ts';
import { prefecture, useApi } from '../harness.ts';

const api = useApi();
const draw = '20261201-abcdef';
let token = '';
let world: DrawWorld;

beforeEach(async () => {
  token = await api.keyOf('supervisor');
  world = new DrawWorld(api.redis);
  await world.addSlot('s1', 2);
  await world.addEntry('e0001');
  await world.addEntry('e0002');
  await world.draw(draw);
  await world.store.offers.settle(prefecture, `${draw}.e0001`, 'accept', world.nowMs);
});

const strike = { cause: 'strike', text: { fr: 'Grève nationale' } };
const close = (json: object, query = '') => api.call('POST', `/closures${query}`, { token, json });

describe('POST closures', () => {
  test('previews, then closes: what is taken back is told and counted', async () => {
    const span = { ...strike, site: 'nanterre', from: '2030-01-01', to: '2030-01-31' };
    const preview = await close(span, '?dryRun=true');
    expect([preview.status, preview.body]).toEqual([
      200,
      {
        ...{ slots: 1, offers: 1, appointments: 1, people: 2, free: 0, first: ['s1'] },
        requestTypes: [{ requestType: 'renewal', offers: 1, appointments: 1, people: 2 }],
      },
    ]);
    const { status, body } = await close(span);
    expect([status, body]).toMatchObject([
      202,
      { cause: 'strike', text: strike.text, desks: null, slots: 1, doneAt: null },
    ]);
    expect(body.scope).toEqual({
      ...{ slots: null, site: 'nanterre', requestType: null },
      ...{ from: '2030-01-01', to: '2030-01-31' },
    });
    const house = openHouse({ redisUrl: redisUrl(), nowMs: api.time.nowMs });
    onTestFinished(() => house.close());
    await closeDue(house.steps(), prefecture);
    const done = await api.call('GET', `/closures/${body.id}`, { token });
    expect(done.body).toMatchObject({
      takenBack: { offers: 1, appointments: 1, people: 2 },
      doneAt: expect.any(String),
    });
    const listed = await api.call('GET', '/closures', { token });
    expect(listed.body).toEqual({ closures: [done.body], cursor: null });
    const entry = await api.call('GET', '/entries?state=waiting', { token });
    expect(entry.body.entries).toMatchObject([{ owed: true }, { owed: true }]);
  });

  test('names the member at fault, and closes nothing', async () => {
    const days = { from: '2030-01-01', to: '2030-01-31' };
    for (const [json, member] of [
      [{ ...days, cause: 'strike', site: 'nowhere' }, 'site'],
      [{ ...days, cause: 'strike', requestType: 'nothing' }, 'requestType'],
      [{ cause: 'strike', slots: ['s1', 'nowhere'] }, 'slots[1]'],
    ] as const) {
      const { status, body } = await close(json);
      expect([status >= 404, body.member]).toEqual([true, member]);
    }
    for (const json of [
      { ...days, cause: 'court' },
      { cause: 'strike', from: '2030-02-01', to: '2030-01-01' },
      { cause: 'strike', slots: [] },
      { cause: 'strike', slots: ['s1', 's1'] },
      { cause: 'strike' },
      { slots: ['s1'] },
    ]) {
      expect((await close(json)).body.code).toBe('request_invalid');
    }
    const past = { cause: 'strike', from: '2020-01-01', to: '2020-01-02' };
    expect((await close(past)).body.code).toBe('closure_empty');
    expect((await api.store.closures.list(prefecture, { limit: 9 })).closures).toEqual([]);
  });

  test('is for supervisors', async () => {
    token = await api.keyOf('agent');
    expect((await close({ cause: 'strike', slots: ['s1'] })).status).toBe(403);
    expect((await api.call('GET', '/closures', { token })).status).toBe(200);
    expect((await api.call('GET', '/closures/none', { token })).body.code).toBe(
      'closure_not_found',
    );
  });
});

test('POST slots/{id}/closure closes one slot, and previews it', async () => {
  const one = (query: string, slot = 's1') =>
    api.call('POST', `/slots/${slot}/closure${query}`, { token, json: { cause: 'illness' } });
  expect((await one('?dryRun=true')).body).toMatchObject({ slots: 1, people: 2 });
  expect((await one('', 'nowhere')).body.code).toBe('slot_not_found');
  const { status, body } = await one('');
  expect([status, body.scope.slots, body.text]).toEqual([202, ['s1'], null]);
});

describe('POST appointments/{id}/revocation', () => {
  const revoke = (id: string, json: object = { cause: 'court' }) =>
    api.call('POST', `/appointments/${id}/revocation`, { token, json });

  test('takes it back once, tells its person, and owes them a place', async () => {
    const { status, body } = await revoke(`${draw}.e0001`);
    expect([status, body.appointment]).toEqual([200, 'revoked']);
    expect((await revoke(`${draw}.e0001`)).status).toBe(200);
    expect(await world.laterEvents(draw)).toEqual([
      { type: 'accepted', entry: 'e0001', slot: 's1' },
      { type: 'revoked', entry: 'e0001', slot: 's1', cause: 'court' },
    ]);
    expect(await world.entry('e0001')).toMatchObject({ state: 'waiting', owed: { draw: 1 } });
    expect(await world.faults()).toEqual([]);
    // Its place goes down the reserve list.
    expect(await world.places()).toEqual({ free: 0, idle: 1, held: 1 });
    expect((await revoke(`${draw}.e0002`)).body.state).toBe('revoked');
  });

  test('finds nothing where nothing is held', async () => {
    expect((await revoke(`${draw}.nobody`)).body.code).toBe('appointment_not_found');
    await world.store.offers.attend(prefecture, `${draw}.e0001`, 'attend', world.nowMs);
    expect((await revoke(`${draw}.e0001`)).body.code).toBe('appointment_settled');
    expect((await revoke(`${draw}.e0002`, {})).body.code).toBe('request_invalid');
    token = await api.keyOf('agent');
    expect((await revoke(`${draw}.e0002`)).status).toBe(403);
  });
});
