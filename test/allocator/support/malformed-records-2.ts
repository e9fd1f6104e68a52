import { eventLine } from '#src/allocator/record/record.ts';
import { small } from './malformed-records.ts';
import { day, drawn2, record2, until } from './records-2.ts';
import { changeLine } from './vector-records.ts';

const next = drawn2.length + 1;
const at = day(2);
const place = { entry: 'e0', slot: 's1' };
/** Members that make an event of v2 malformed: a title, the event, the member that is named. */
const malformedEvents2: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] =
  [
    ['an offer without its end', { type: 'offered', ...place }, 'event.until'],
    ['an offer until a day', { type: 'offered', ...place, until: '2026-11-05' }, 'event.until'],
    ['an offer by a hand', { type: 'offered', ...place, until, by: 'staff' }, 'event.by'],
    ['an extension without its end', { type: 'extended', ...place }, 'event.until'],
    ['an extension of no slot', { type: 'extended', entry: 'e0', until }, 'event.slot'],
    ['an answer by a name', { type: 'accepted', ...place, by: 'Zoe' }, 'event.by'],
    ['an answer by the person', { type: 'accepted', ...place, by: 'person' }, 'event.by'],
    ['an answer by nobody', { type: 'declined', ...place, by: null }, 'event.by'],
    ['an answer by two', { type: 'cancelled', ...place, by: ['staff'] }, 'event.by'],
    ['an end by a hand', { type: 'expired', ...place, by: 'staff' }, 'event.by'],
    ['an end until', { type: 'expired', ...place, until }, 'event.until'],
    ['a revocation without its cause', { type: 'revoked', ...place }, 'event.cause'],
    [
      'a revocation for a cause of rejections',
      { type: 'revoked', ...place, cause: 'document' },
      'event.cause',
    ],
    [
      'a revocation by a hand',
      { type: 'revoked', ...place, cause: 'other', by: 'staff' },
      'event.by',
    ],
    [
      'a withdrawal with a cause',
      { type: 'withdrawn', entry: 'e0', cause: 'other' },
      'event.cause',
    ],
    ['a withdrawal from a slot', { type: 'withdrawn', ...place }, 'event.slot'],
    ['a rejection without its cause', { type: 'rejected', entry: 'e0' }, 'event.cause'],
    ['a rejection for a strike', { type: 'rejected', entry: 'e0', cause: 'strike' }, 'event.cause'],
    ['a rejection from a slot', { type: 'rejected', ...place, cause: 'other' }, 'event.slot'],
    ['a closure without its cause', { type: 'closed', slot: 's1' }, 'event.cause'],
    [
      'a closure for what every object has',
      { type: 'closed', slot: 's1', cause: 'toString' },
      'event.cause',
    ],
    ['a closure of an entry', { type: 'closed', ...place, cause: 'strike' }, 'event.entry'],
    ['a refill without its end', { type: 'refilled', ...place }, 'event.until'],
    ['a void with a cause', { type: 'void', cause: 'court' }, 'event.cause'],
    ['a type of every object', { type: 'constructor', ...place }, 'event.type'],
  ];

/** Records whose last line, 19, is a malformed event of v2. */
export const recordsWithMalformedEvent2 = malformedEvents2.map(([title, event, member]) => {
  const lines = record2([[at, { type: 'void' }]]);
  return [title, changeLine(lines, next, { at, ...event }), member] as const;
});

const of1 = (members: Readonly<Record<string, unknown>>, line: number) => {
  const event = eventLine(at, { type: 'withdrawn', entry: 'b' });
  return changeLine([...small, event], line, members);
};
const seat = { entry: 'a', slot: 's1' };

/** Records of v1 with what only v2 knows: a title, the lines, the line at fault, the member. */
export const mixedRecords: readonly (readonly [string, string[], number, string])[] = [
  ['a party', of1({ party: 2 }, 3), 3, 'entry.party'],
  ['amends', of1({ owed: true }, 3), 3, 'entry.owed'],
  ['a rest', of1({ resting: true }, 3), 3, 'entry.resting'],
  [
    'a rule of rest',
    of1({ rules: { ageing: { guaranteeRest: 1 } } }, 1),
    1,
    'manifest.rules.ageing.guaranteeRest',
  ],
  ['an offer', of1({ type: 'offered', ...seat, until }, 9), 9, 'event.type'],
  [
    'a closure',
    of1({ type: 'closed', slot: 's1', cause: 'strike', entry: undefined }, 9),
    9,
    'event.type',
  ],
  ['a rejection', of1({ type: 'rejected', cause: 'other' }, 9), 9, 'event.type'],
  ['a hand', of1({ by: 'staff' }, 9), 9, 'event.by'],
  ['a cause', of1({ type: 'revoked', ...seat, cause: 'other' }, 9), 9, 'event.cause'],
  ['an end of a refill', of1({ type: 'refilled', ...seat, until }, 9), 9, 'event.until'],
  ['a party, without a manifest in front', of1({ party: 2 }, 3).slice(1), 2, 'entry.party'],
];
