import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseJson } from '#src/base/json.ts';
import { parseScenario } from '#src/simulator/parse-scenario.ts';
import { prefecturesOf } from '#src/simulator/prefectures.ts';
import { figureNames } from '#src/simulator/results.ts';

const type = { arrivalsPerDraw: 1, slotsPerDraw: 1 };
const good = { name: 'x', draws: 1, requestTypes: { AES: type } };
const withType = (members: object) => ({ ...good, requestTypes: { AES: { ...type, ...members } } });
const withScalpers = (members: object) => {
  return { ...good, scalpers: { identities: 1, price: 1, ...members } };
};

test('defaults are filled in', () => {
  expect(parseScenario({ ...good, scalpers: { identities: 3, price: 5 }, polls: {} })).toEqual({
    name: 'x',
    draws: 1,
    warmup: 0,
    drawEveryDays: 7,
    replications: 30,
    policies: ['race', 'fifo', 'lottery', 'lottery+ageing'],
    requestTypes: { AES: { ...type, backlog: 0, abandonPerDraw: 0, noShow: 0, priorityShare: 0 } },
    sharedSlotsPerDraw: 0,
    rules: {},
    scalpers: {
      identities: 3,
      requestTypes: ['AES'],
      price: 5,
      costPerBooking: 0,
      botLatencyMs: 0,
      humanRefreshPerSecond: 0,
      copiesPerClient: 10,
      nameEditable: false,
      deskIdentityCheck: true,
      oneEntryPerIdentity: true,
      freedSlots: 'next-draw',
      fakeIdentitiesFree: false,
    },
    polls: { everyHours: 1, errorShare: 0 },
  });
});

test('the guide has every member of a scenario and every figure', () => {
  const whole = parseScenario({
    ...withType({ bookingsPerHour: 1 }),
    scalpers: { identities: 3, price: 5 },
    polls: {},
  });
  const ageing = ['ageing.ticketsPerMiss', 'ageing.maxTickets', 'ageing.guaranteeAfter'];
  const members = [
    ...Object.keys(whole),
    ...Object.keys(whole.requestTypes.AES ?? {}),
    ...Object.keys(whole.scalpers ?? {}),
    ...Object.keys(whole.polls ?? {}),
    ...['quotas', 'priorityMax', ...ageing],
  ];
  const guide = readFileSync('docs/simulation.md', 'utf8');
  const missing = [...members, ...figureNames].filter((name) => !guide.includes(`\`${name}\``));
  expect(missing).toEqual([]);
});

test('a request type may be called __proto__', () => {
  const text = `{"name":"x","draws":1,"requestTypes":{"__proto__":${JSON.stringify(type)}}}`;
  const scenario = parseScenario(parseJson(text));
  expect(Object.keys(scenario.requestTypes)).toEqual(['__proto__']);
  expect(JSON.stringify(scenario)).toContain('"__proto__":{"arrivalsPerDraw":1');
});

describe('what is refused, by the path of the member at fault', () => {
  test.each<[unknown, string]>([
    [[], ''],
    [null, ''],
    [{ ...good, name: '' }, 'name'],
    [{ ...good, name: 'x'.repeat(101) }, 'name'],
    [{ ...good, draws: undefined }, 'draws'],
    [{ ...good, draws: 0 }, 'draws'],
    [{ ...good, draws: 100_001 }, 'draws'],
    [{ ...good, draws: 1.5 }, 'draws'],
    [{ ...good, warmup: -1 }, 'warmup'],
    [{ ...good, drawEveryDays: 367 }, 'drawEveryDays'],
    [{ ...good, replications: 0 }, 'replications'],
    [{ ...good, policies: [] }, 'policies'],
    [{ ...good, policies: ['fifo', 'fifo'] }, 'policies[1]'],
    [{ ...good, policies: ['luck'] }, 'policies[0]'],
    [{ ...good, sharedSlotsPerDraw: 1_000_001 }, 'sharedSlotsPerDraw'],
    [{ ...good, extra: 1 }, 'extra'],
    [JSON.parse('{"name":"x","draws":1,"requestTypes":{},"__proto__":1}'), '__proto__'],
    [{ ...good, requestTypes: {} }, 'requestTypes'],
    [{ ...good, requestTypes: [] }, 'requestTypes'],
    [{ ...good, requestTypes: { total: type } }, 'requestTypes.total'],
    [{ ...good, requestTypes: { 'a b': type } }, 'requestTypes["a b"]'],
    [{ ...good, requestTypes: JSON.parse('{"__proto__":3}') }, 'requestTypes.__proto__'],
    [withType({ noShow: 1.1 }), 'requestTypes.AES.noShow'],
    [withType({ noShow: '0' }), 'requestTypes.AES.noShow'],
    [withType({ noShow: null }), 'requestTypes.AES.noShow'],
    [withType({ arrivalsPerDraw: -1 }), 'requestTypes.AES.arrivalsPerDraw'],
    [withType({ arrivalsPerDraw: 1_000_001 }), 'requestTypes.AES.arrivalsPerDraw'],
    [withType({ arrivalsPerDraw: Number.POSITIVE_INFINITY }), 'requestTypes.AES.arrivalsPerDraw'],
    [withType({ slotsPerDraw: 0.5 }), 'requestTypes.AES.slotsPerDraw'],
    [withType({ backlog: -1 }), 'requestTypes.AES.backlog'],
    [withType({ bookingsPerHour: 0 }), 'requestTypes.AES.bookingsPerHour'],
    [withType({ slots: 1 }), 'requestTypes.AES.slots'],
    [{ ...good, rules: { quotas: { OTHER: { min: 1 } } } }, 'rules.quotas.OTHER'],
    [{ ...good, rules: { quotas: { constructor: {} } } }, 'rules.quotas.constructor'],
    [{ ...good, rules: { ageing: { maxTickets: 0 } } }, 'rules.ageing.maxTickets'],
    [{ ...good, scalpers: { price: 1 } }, 'scalpers.identities'],
    [{ ...good, scalpers: { identities: 1 } }, 'scalpers.price'],
    [withScalpers({ price: -1 }), 'scalpers.price'],
    [withScalpers({ requestTypes: ['OTHER'] }), 'scalpers.requestTypes[0]'],
    [withScalpers({ requestTypes: ['AES', 'AES'] }), 'scalpers.requestTypes[1]'],
    [withScalpers({ requestTypes: ['constructor'] }), 'scalpers.requestTypes[0]'],
    [withScalpers({ copiesPerClient: 0 }), 'scalpers.copiesPerClient'],
    [withScalpers({ nameEditable: 1 }), 'scalpers.nameEditable'],
    [withScalpers({ freedSlots: 'later' }), 'scalpers.freedSlots'],
    [{ ...good, polls: { everyHours: 0 } }, 'polls.everyHours'],
    [{ ...good, polls: { errorShare: 2 } }, 'polls.errorShare'],
  ])('%j: %s', (scenario, member) => {
    expect(() => parseScenario(scenario)).toThrow(
      expect.objectContaining({ code: 'input_malformed', member }),
    );
  });
});

describe('a file of prefectures', () => {
  const common = { draws: 2 };
  const requestTypes = { AES: type };
  const parse = (prefectures: unknown) =>
    prefecturesOf({ name: 'f', common, prefectures }, (scenario) => scenario);

  test('lays the members of each over the common ones', () => {
    const { prefectures } = parse([{ prefecture: '01', name: 'Ain', requestTypes }]);
    expect(prefectures[0]).toMatchObject({ prefecture: '01', scenario: { name: 'Ain', draws: 2 } });
  });

  test.each<[unknown, string]>([
    [[], 'prefectures'],
    [[{ requestTypes }], 'prefectures[0].prefecture'],
    [
      [
        { prefecture: '01', requestTypes },
        { prefecture: '01', requestTypes },
      ],
      'prefectures[1].prefecture',
    ],
    [[{ prefecture: '01', requestTypes, draws: 3 }], 'prefectures[0].draws'],
    [
      [{ prefecture: '01', requestTypes: { AES: { ...type, noShow: 2 } } }],
      'prefectures[0].requestTypes.AES.noShow',
    ],
  ])('%j: %s', (prefectures, member) => {
    expect(() => parse(prefectures)).toThrow(expect.objectContaining({ member }));
  });
});
