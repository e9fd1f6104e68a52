import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openSeries, type SeriesLeaf } from '#src/allocator/record/series.ts';
import type { Entry, RecordEvent, Rules } from '#src/allocator/types.ts';
import { drawAt, type PlayedDraw, plainNext, playSeries } from '../support/plain-series.ts';

const run = (draws: readonly PlayedDraw[], leaves: readonly SeriesLeaf[] = []) => {
  const series = openSeries(leaves);
  for (const { example, events } of draws) {
    const { manifest, entries, slots, expected } = example;
    series.see({ manifest, entries, slots, winners: expected.winners, events });
  }
  return series.summary();
};
const choices = fc.array(fc.nat(), { minLength: 40, maxLength: 200 });

describe('any series', () => {
  test('that was made as §9 says holds together', () => {
    const met = { missed: 0, owed: 0, resting: 0, carried: 0, credited: 0, party: 0 };
    fc.assert(
      fc.property(choices, (chosen) => {
        const { draws, leaves } = playSeries(chosen);
        const summary = run(draws, leaves);
        expect(summary.compared).toBe(draws.length - 1);
        met.carried += summary.carried;
        met.credited += summary.credited;
        met.party += summary.partyChanges;
        for (const { missed, owed, resting } of draws.slice(1).flatMap((d) => d.example.entries)) {
          met.missed += missed > 1 ? 1 : 0;
          met.owed += owed ? 1 : 0;
          met.resting += resting ? 1 : 0;
        }
      }),
      { numRuns: 150 },
    );
    for (const [what, count] of Object.entries(met))
      expect([what, count > 30]).toEqual([what, true]);
  });

  test('in which one entry says something else is named at that entry', () => {
    let told = 0;
    fc.assert(
      fc.property(choices, fc.nat(), fc.nat(), (chosen, which, how) => {
        const { draws, leaves } = playSeries(chosen);
        const last = draws.at(-1)?.example;
        const entry = last?.entries[which % last.entries.length];
        if (!last || !entry) return;
        // What happened in the very second of its freeze may be read either way: see below.
        const { frozenAt } = last.manifest;
        const before = draws.slice(0, -1).flatMap(({ events }) => events);
        const concerns = (event: RecordEvent) => !('entry' in event) || event.entry === entry.id;
        if (before.some(({ at, event }) => at === frozenAt && concerns(event))) return;
        told += 1;
        const { owed, resting, ...rest } = entry;
        const changed: Entry = [
          { ...entry, missed: entry.missed + 1 },
          { ...rest, ...(resting && { resting }), ...(owed ? {} : { owed: true as const }) },
          { ...rest, ...(owed && { owed }), ...(resting ? {} : { resting: true as const }) },
        ][how % 3] as Entry; // 0, 1 or 2
        const entries = last.entries.map((other) => (other === entry ? changed : other));
        const pool = { entries, slots: last.slots, rules: last.manifest.rules };
        const example = drawAt('d3', last.manifest.frozenAt, pool);
        const series = [...draws.slice(0, -1), { example, events: [] }];
        // An old entry that says another number cannot be what a carried one would have either.
        expect(() => run(series, leaves)).toThrow(`draw d3, entry ${entry.id}: `);
      }),
      { numRuns: 300 },
    );
    expect(told).toBeGreaterThan(100);
  });
});

const slots = [
  {
    id: 's',
    site: 'nanterre',
    start: '2027-01-01T09:00:00+01:00',
    capacity: 9,
    requestTypes: ['AES'],
  },
];
const at = (second: number) => `2026-11-02T00:00:0${second}Z`;
const person = (id: string, members: Partial<Entry> = {}): Entry => {
  return { id, requestType: 'AES', missed: 0, ...members };
};
const drawn = (
  second: number,
  entries: readonly Entry[],
  events: readonly (readonly [number, RecordEvent])[] = [],
  rules: Rules = {},
): PlayedDraw => ({
  example: drawAt(`d${second}`, at(second), { entries, slots, rules }),
  events: events.map(([when, event]) => ({ at: at(when), event })),
});
const offer: RecordEvent = { type: 'offered', entry: 'a', slot: 's', until: at(9) };
const place = { entry: 'a', slot: 's' };

describe('misses', () => {
  test('count only where the entry could have come', () => {
    const far = person('a', { accepts: { sites: ['antony'] } });
    expect(() => run([drawn(0, [far]), drawn(5, [person('a')])])).not.toThrow();
    expect(() => run([drawn(0, [person('a')]), drawn(5, [person('a')])])).toThrow(
      'draw d5, entry a: missed is 0, from draw d0 follows 1',
    );
    const big = person('a', { party: 6 });
    const few = [{ ...slots[0], capacity: 5 }] as typeof slots;
    const first = {
      example: drawAt('d0', at(0), { entries: [big], slots: few, rules: {} }),
      events: [],
    };
    expect(() => run([first, drawn(5, [big])])).not.toThrow();
  });

  test('end with an offer before the freeze; in its second either is right', () => {
    const series = (second: number, missed: number) => [
      drawn(0, [person('a')], [[second, offer]]),
      drawn(5, [person('a', { missed })]),
    ];
    expect(() => run(series(4, 0))).not.toThrow();
    expect(() => run(series(5, 1))).not.toThrow();
    expect(() => run(series(5, 0))).not.toThrow();
    expect(() => run(series(5, 2))).toThrow('missed is 2, from draw d0 follows 1');
    expect(() => run(series(6, 0))).toThrow('missed is 0');
  });
});

describe('amends', () => {
  test.each<[string, (readonly [number, RecordEvent])[], Partial<Entry>]>([
    [
      'for a place taken back',
      [[1, { type: 'revoked', ...place, cause: 'error' }]],
      { missed: 1, owed: true },
    ],
    [
      'for an offer taken back',
      [
        [1, offer],
        [2, { type: 'revoked', ...place, cause: 'error' }],
      ],
      { owed: true },
    ],
    [
      'for a closed slot',
      [
        [1, offer],
        [2, { type: 'closed', slot: 's', cause: 'strike' }],
      ],
      { owed: true },
    ],
    [
      'but not for what ended before',
      [
        [1, offer],
        [2, { type: 'declined', ...place }],
        [3, { type: 'closed', slot: 's', cause: 'strike' }],
      ],
      {},
    ],
    [
      'but not for what is closed after the freeze',
      [
        [1, offer],
        [6, { type: 'closed', slot: 's', cause: 'strike' }],
      ],
      {},
    ],
  ])('are owed %s', (_title, events, members) => {
    const later = (more: Partial<Entry>) => drawn(5, [person('a', more)]);
    const first = drawn(0, [person('a')], events);
    expect(() => run([first, later(members)])).not.toThrow();
    const { owed, ...rest } = members;
    expect(() => run([first, later(owed ? rest : { ...members, owed: true })])).toThrow('owed');
  });

  test('stay owed until an offer', () => {
    const owed = person('a', { owed: true });
    const missed = { missed: 1 };
    expect(() => run([drawn(0, [owed]), drawn(5, [{ ...owed, ...missed }])])).not.toThrow();
    expect(() => run([drawn(0, [owed]), drawn(5, [person('a', missed)])])).toThrow('is not owed');
    expect(() => run([drawn(0, [owed], [[1, offer]]), drawn(5, [person('a')])])).not.toThrow();
  });
});

describe('new entries', () => {
  const old = drawn(0, [person('a', { missed: 3 }), person('b', { party: 3, missed: 2 })]);
  const carried = (from: string, to: string, missed: number): SeriesLeaf => {
    return { kind: 'carried', from, to, missed };
  };
  const b = (members: Partial<Entry> = {}) => person('b', { missed: 3, party: 3, ...members });

  test.each<[string, Entry[], SeriesLeaf[]]>([
    ['carried from one that is gone', [person('c', { missed: 4 })], [carried('a', 'c', 4)]],
    ['credited', [person('c', { missed: 7 })], [{ kind: 'credited', entry: 'c', missed: 7 }]],
    [
      'carried from a party that is smaller by one',
      [b({ party: 2 }), person('c', { missed: 3 })],
      [carried('b', 'c', 3)],
    ],
    [
      'carried from a party that is smaller by two',
      [person('b', { missed: 3 }), person('c', { missed: 3 }), person('d', { missed: 3 })],
      [carried('b', 'c', 3), carried('b', 'd', 3)],
    ],
  ])('may have misses: %s', (_title, entries, leaves) => {
    expect(() => run([old, drawn(5, entries)], leaves)).not.toThrow();
  });

  test.each<[string, Entry[], SeriesLeaf[], string]>([
    ['without a leaf', [person('c', { missed: 1 })], [], 'c: is new, and missed is 1 without'],
    ['owed', [person('c', { owed: true })], [], 'c: is new, and owed'],
    ['resting', [person('c', { resting: true })], [], 'c: is new, and resting'],
    [
      'by another number than its leaf',
      [person('c', { missed: 5 })],
      [carried('a', 'c', 4)],
      'its leaf says 4',
    ],
    [
      'by more than the old one has',
      [person('c', { missed: 5 })],
      [carried('a', 'c', 5)],
      'would have missed 4',
    ],
    [
      'by two leaves',
      [person('c', { missed: 4 })],
      [carried('a', 'c', 4), carried('a', 'c', 4)],
      'has 2 leaves',
    ],
    ['by a stranger', [person('c', { missed: 4 })], [carried('z', 'c', 4)], 'in no earlier draw'],
    [
      'by one that goes on',
      [person('a', { missed: 4 }), person('c', { missed: 4 })],
      [carried('a', 'c', 4)],
      'not smaller by as many',
    ],
    [
      'by one that is carried to others too',
      [person('c', { missed: 4 }), person('d', { missed: 4 })],
      [carried('a', 'c', 4), carried('a', 'd', 4)],
      'carried to others too',
    ],
    [
      'by a party that is as large as before',
      [b(), person('c', { missed: 3 })],
      [carried('b', 'c', 3)],
      'not smaller by as many',
    ],
    [
      'by a party that is smaller by one for two',
      [b({ party: 2 }), person('c', { missed: 3 }), person('d', { missed: 3 })],
      [carried('b', 'c', 3), carried('b', 'd', 3)],
      'not smaller by as many',
    ],
  ])('may not have: %s', (_title, entries, leaves, reason) => {
    expect(() => run([old, drawn(5, entries)], leaves)).toThrow(reason);
  });

  test('and the old one never comes back', () => {
    const second = drawn(5, [person('c', { missed: 4 })]);
    const third = drawn(6, [person('a', { missed: 5 })]);
    expect(() => run([old, second, third], [carried('a', 'c', 4)])).toThrow(
      'draw d6, entry a: was carried to c before',
    );
  });

  test('that were in a draw of v1 are taken as they stand', () => {
    const series = openSeries([]);
    series.seeFirst([person('c', { missed: 1 })]);
    const see = ({ example, events }: PlayedDraw) => {
      const { manifest, entries, slots: places, expected } = example;
      series.see({ manifest, entries, slots: places, winners: expected.winners, events });
    };
    see(old);
    see(drawn(5, [person('c', { missed: 2 })]));
    expect(() => see(drawn(6, [person('c', { missed: 2 })]))).toThrow('missed is 2, from draw d5');
  });
});

test('rests last as many draws as the later rules say, of those it took part in', () => {
  const rules = (guaranteeRest: number): Rules => ({
    ageing: { guaranteeAfter: 3, guaranteeRest },
  });
  const first = drawn(
    0,
    [person('a', { missed: 3 })],
    [
      [0, offer],
      [0, { type: 'declined', ...place }],
    ],
    rules(2),
  );
  const later = (second: number, rest: number, members: Partial<Entry>) =>
    drawn(second, [person('a', members)], [], rules(rest));
  const second = later(1, 1, { missed: 3, resting: true });
  expect(plainNext([first], 'a', second.example.manifest).resting).toBe(true);
  expect(() => run([first, second])).not.toThrow();
  expect(() => run([first, later(1, 0, { missed: 3 })])).not.toThrow();
  expect(() => run([first, second, later(2, 2, { missed: 4, resting: true })])).not.toThrow();
  expect(() => run([first, second, later(2, 1, { missed: 4 })])).not.toThrow();
  expect(() => run([first, second, later(2, 1, { missed: 4, resting: true })])).toThrow(
    'is resting',
  );
});
