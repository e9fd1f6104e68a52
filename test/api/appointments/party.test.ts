import { beforeEach, describe, expect, test } from 'vitest';
import { farStart } from '../../support/draw-samples.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { sampleSlot } from '../../support/samples.ts';
import { join, prefecture, useApi } from '../harness.ts';

const api = useApi();
const draw = '20261201-draw01';
const passport = (number: string) => ({ kind: 'passport', country: 'MLI', number });
const first = { name: 'Ada', document: passport('AA1234567'), otherDocuments: [passport('AA99')] };
const wife = { name: 'Zoé', document: passport('BB1234567') };
const child = { name: 'Bo', birthDate: '2019-12-31' };
let token = '';
let entry = '';

/** A family of three has an appointment, and the desk opens. */
beforeEach(async () => {
  await api.store.prefectures.update(prefecture, (before) => ({
    ...before,
    requestTypes: before.requestTypes.map((type) => ({ ...type, partyMax: 4 })),
  }));
  api.forget();
  token = await api.keyOf('agent');
  const request = { requestType: 'first', person: first, others: [wife, child] };
  const joined = await join(api, request);
  entry = joined.id;
  const slot = sampleSlot({ id: 'slot-1', capacity: 3, requestTypes: ['first'] });
  await api.store.slots.importAll(prefecture, [slot], api.time.nowMs);
  await new DrawWorld(api.redis).draw(draw);
  await api.call('POST', `/offers/${draw}.${entry}/accept`, { token: joined.token });
  api.time.nowMs = Date.parse(farStart);
});

const note = async (json: object) => {
  const path = `/appointments/${draw}.${entry}/attendance`;
  const { status, body } = await api.call('POST', path, { token, json });
  return [status, body.appointment ?? body.code, body.membersMissing ?? 0];
};
const come = (document: object, ...others: object[]) =>
  note({ attended: true, document, ...(others.length > 0 ? { others } : {}) });

describe('of a family at the desk', () => {
  test('all come, the child by name and birth date', async () => {
    const born = { name: 'BO', birthDate: child.birthDate };
    const seen = await come(first.document, { document: wife.document }, born);
    expect(seen).toEqual([200, 'attended', 0]);
  });

  test('one is enough, whoever it is; those who are missing are counted', async () => {
    expect(await come(wife.document)).toEqual([200, 'attended', 2]);
    expect((await api.store.entries.get(prefecture, entry))?.state).toBe('served');
    expect(await api.redis.hgetall(`tirage:{${prefecture}}:sit-outs`)).toEqual({});
  });

  test('a stranger who comes along is nobody of it', async () => {
    const stranger = { document: passport('CC1') };
    expect(await come(first.document, stranger, { document: wife.document })).toEqual([
      200,
      'attended',
      1,
    ]);
  });

  test('strangers alone are refused, as with one person', async () => {
    const seen = await come(passport('CC1'), { document: passport('CC2') });
    expect(seen).toEqual([200, 'refused', 0]);
  });

  test('without a document there must be a reason, and somebody came', async () => {
    const seen = await note({ attended: true, reason: 'stolen', others: [{ ...wife }] });
    expect(seen).toEqual([200, 'attended', 1]);
  });

  test('nobody came: as today, for all of them', async () => {
    expect(await note({ attended: false, others: [wife] })).toEqual([400, 'request_invalid', 0]);
    expect(await note({ attended: false })).toEqual([200, 'no_show', 0]);
  });
});
