import { describe, expect, test } from 'vitest';
import { openReserve, type Reserve, type ReserveInput } from '#src/allocator/record/reserve.ts';
import type { Entry, RecordEvent, Slot } from '#src/allocator/types.ts';

const slots: Slot[] = [
  {
    id: 's1',
    site: 'nanterre',
    start: '2026-12-01T09:30:00+01:00',
    capacity: 2,
    requestTypes: ['AES', 'salarie'],
  },
  {
    id: 's2',
    site: 'antony',
    start: '2026-12-02T09:30:00+01:00',
    capacity: 1,
    requestTypes: ['AES'],
  },
];
const entries: Entry[] = [
  { id: 'a', requestType: 'AES', missed: 0 },
  { id: 'b', requestType: 'AES', missed: 0 },
  { id: 'c', requestType: 'salarie', missed: 0 },
  { id: 'd', requestType: 'AES', missed: 0, accepts: { sites: ['antony'] } },
  { id: 'e', requestType: 'AES', missed: 0 },
];
const draw: ReserveInput = {
  algorithm: 'lottery/v1',
  entries,
  slots,
  rules: {},
  ranking: ['a', 'b', 'c', 'd', 'e'],
  winners: [
    { entry: 'a', slot: 's1' },
    { entry: 'b', slot: 's2' },
  ],
};
/** v1 does not look at it. */
const at = '2026-11-02T10:00:00Z';
const open = (events: RecordEvent[] = [], input = draw): Reserve => {
  const reserve = openReserve(input);
  for (const event of events) reserve.apply(event, at);
  return reserve;
};
const a1 = { entry: 'a', slot: 's1' };
const b2 = { entry: 'b', slot: 's2' };
const c1 = { entry: 'c', slot: 's1' };
const d2 = { entry: 'd', slot: 's2' };
const refused = expect.objectContaining({ code: 'event_invalid' });

describe('an event', () => {
  test.each<[string, RecordEvent[], RecordEvent]>([
    ['a holder of an offer accepts', [], { type: 'accepted', ...a1 }],
    ['a holder of an offer declines', [], { type: 'declined', ...a1 }],
    ['an offer expires', [], { type: 'expired', ...a1 }],
    ['an appointment is cancelled', [{ type: 'accepted', ...a1 }], { type: 'cancelled', ...a1 }],
    ['an offer is revoked', [], { type: 'revoked', ...a1 }],
    ['an appointment is revoked', [{ type: 'accepted', ...a1 }], { type: 'revoked', ...a1 }],
    ['a winner withdraws', [], { type: 'withdrawn', entry: 'a' }],
    ['an entry of the reserve list withdraws', [], { type: 'withdrawn', entry: 'e' }],
    [
      'one who declined withdraws',
      [{ type: 'declined', ...a1 }],
      { type: 'withdrawn', entry: 'a' },
    ],
    ['a freed place is refilled', [{ type: 'declined', ...a1 }], { type: 'refilled', ...c1 }],
    [
      'a refilled offer is accepted',
      [
        { type: 'declined', ...a1 },
        { type: 'refilled', ...c1 },
      ],
      { type: 'accepted', ...c1 },
    ],
    ['a draw becomes void', [{ type: 'declined', ...a1 }], { type: 'void' }],
  ])('is taken: %s', (_title, before, event) => {
    expect(() => open([...before, event])).not.toThrow();
  });

  test.each<[string, RecordEvent[], RecordEvent]>([
    ['accepting without an offer', [], { type: 'accepted', entry: 'c', slot: 's1' }],
    ['accepting another slot', [], { type: 'accepted', entry: 'a', slot: 's2' }],
    ['accepting twice', [{ type: 'accepted', ...a1 }], { type: 'accepted', ...a1 }],
    ['accepting what has expired', [{ type: 'expired', ...a1 }], { type: 'accepted', ...a1 }],
    ['declining an appointment', [{ type: 'accepted', ...a1 }], { type: 'declined', ...a1 }],
    ['expiry of an appointment', [{ type: 'accepted', ...a1 }], { type: 'expired', ...a1 }],
    ['cancelling an offer', [], { type: 'cancelled', ...a1 }],
    ['revoking nothing', [{ type: 'declined', ...a1 }], { type: 'revoked', ...a1 }],
    ['withdrawing twice', [{ type: 'withdrawn', entry: 'a' }], { type: 'withdrawn', entry: 'a' }],
    [
      'answering after withdrawing',
      [{ type: 'withdrawn', entry: 'a' }],
      { type: 'declined', ...a1 },
    ],
    ['refilling a place that is not freed', [], { type: 'refilled', ...c1 }],
    [
      'refilling a place of another slot',
      [{ type: 'declined', ...a1 }],
      { type: 'refilled', ...d2 },
    ],
    [
      'refilling one place twice',
      [
        { type: 'declined', ...a1 },
        { type: 'refilled', ...c1 },
      ],
      { type: 'refilled', entry: 'e', slot: 's1' },
    ],
    [
      'refilling past the first in rank',
      [{ type: 'declined', ...a1 }],
      { type: 'refilled', entry: 'e', slot: 's1' },
    ],
    [
      'refilling one who was offered before',
      [{ type: 'declined', ...a1 }],
      { type: 'refilled', ...a1 },
    ],
    [
      'refilling one who has withdrawn',
      [
        { type: 'withdrawn', entry: 'c' },
        { type: 'declined', ...a1 },
      ],
      { type: 'refilled', ...c1 },
    ],
    ['an entry that is not of the draw', [], { type: 'withdrawn', entry: 'zz' }],
    ['a slot that is not of the draw', [], { type: 'accepted', entry: 'a', slot: 'zz' }],
    ['anything after a void', [{ type: 'void' }], { type: 'withdrawn', entry: 'e' }],
    ['a second void', [{ type: 'void' }], { type: 'void' }],
  ])('is refused: %s', (_title, before, event) => {
    const reserve = open(before);
    const freed = reserve.freed();
    expect(() => reserve.apply(event, at)).toThrow(refused);
    expect(reserve.freed()).toEqual(freed);
  });

  test('of no known type is refused', () => {
    // Read from a store, where types do not reach.
    const event = JSON.parse('{"type":"constructor","entry":"a","slot":"s1"}') as RecordEvent;
    expect(() => open().apply(event, at)).toThrow(refused);
  });
});

describe('a freed place', () => {
  test('goes to nobody while none is freed', () => {
    expect(open().next('s1')).toBeUndefined();
    expect(open().freed()).toEqual([]);
  });

  test('goes to the first eligible entry in rank order', () => {
    const reserve = open([
      { type: 'declined', ...a1 },
      { type: 'expired', ...b2 },
    ]);
    expect(reserve.freed()).toEqual([
      { slot: 's1', places: 1 },
      { slot: 's2', places: 1 },
    ]);
    // c cannot use s2 (its type), d cannot use s1 (its site).
    expect(reserve.next('s1')).toBe('c');
    expect(reserve.next('s2')).toBe('d');
  });

  test('passes those whose type is at its max, and comes back to them later', () => {
    const rules = { quotas: { salarie: { max: 0 }, AES: { max: 2 } } };
    const one = open([{ type: 'declined', ...a1 }], { ...draw, rules });
    expect(one.next('s1')).toBe('e');
    const full = { ...draw, rules: { quotas: { AES: { max: 1 }, salarie: { max: 0 } } } };
    const reserve = open([{ type: 'declined', ...a1 }], full);
    expect(reserve.next('s1')).toBeUndefined();
    reserve.apply({ type: 'declined', ...b2 }, at);
    expect(reserve.next('s1')).toBe('e');
    expect(reserve.next('s2')).toBe('d');
  });

  test('frees its type for another: the places in use count, not those given', () => {
    const rules = { quotas: { AES: { max: 2 } } };
    const reserve = open(
      [
        { type: 'accepted', ...a1 },
        { type: 'declined', ...b2 },
      ],
      { ...draw, rules },
    );
    expect(reserve.next('s2')).toBe('d');
  });

  test('a withdrawal frees the place that the person holds', () => {
    const reserve = open([
      { type: 'accepted', ...a1 },
      { type: 'withdrawn', entry: 'a' },
    ]);
    expect(reserve.freed()).toEqual([{ slot: 's1', places: 1 }]);
  });

  test('a void leaves nothing to refill', () => {
    const reserve = open([{ type: 'declined', ...a1 }, { type: 'void' }]);
    expect(reserve.freed()).toEqual([]);
    expect(reserve.next('s1')).toBeUndefined();
  });

  test('slots with freed places come by instant, then by id', () => {
    const sameInstant = { ...slots[0], id: 's0', start: '2026-12-01T12:30:00+04:00' } as Slot;
    const input = {
      ...draw,
      slots: [...slots, sameInstant],
      winners: [
        { entry: 'b', slot: 's2' },
        { entry: 'a', slot: 's1' },
        { entry: 'c', slot: 's0' },
      ],
    };
    const reserve = open(
      ['b', 'a', 'c'].map((entry) => ({ type: 'withdrawn', entry })),
      input,
    );
    expect(reserve.freed().map(({ slot }) => slot)).toEqual(['s0', 's1', 's2']);
  });

  test('a quota counts only where it is written: types may be called __proto__', () => {
    const odd = ['__proto__', 'constructor', 'toString'];
    const input: ReserveInput = {
      algorithm: 'lottery/v1',
      entries: odd.map((requestType, n) => ({ id: `e${n}`, requestType, missed: 0 })),
      slots: [{ ...(slots[0] as Slot), requestTypes: odd }],
      rules: JSON.parse('{"quotas":{"__proto__":{"max":0}}}'),
      ranking: ['e0', 'e1', 'e2'],
      winners: [{ entry: 'e2', slot: 's1' }],
    };
    expect(open([{ type: 'withdrawn', entry: 'e2' }], input).next('s1')).toBe('e1');
  });

  test('parts of different draws are a bug', () => {
    expect(() => openReserve({ ...draw, ranking: ['a'] })).toThrow('differ in length');
    expect(() => openReserve({ ...draw, ranking: ['a', 'b', 'c', 'd', 'x'] })).toThrow(
      'not ranked',
    );
    expect(() => openReserve({ ...draw, winners: [{ entry: 'a', slot: 'x' }] })).toThrow('slot x');
  });
});
