import { eventLine } from '#src/allocator/record/record.ts';
import type { RecordEvent } from '#src/allocator/types.ts';
import { small } from './malformed-records.ts';
import { changeLine, recordOf, vector } from './vector-records.ts';

/**
 * A draw of v2 with parties. 1 manifest, 2 and 3 slots s1 (4 places) and s2 (3), 4 to 10 entries couple (2)
 * e0 e1 e2 e3 e4 family (4), 11 entropy, 12 to 17 winners: e0 couple e4 in s1, e1 e3 e2 in s2, 18 outcome.
 */
export const drawn2 = recordOf(vector('v2-party'));
const outcome = drawn2.length;

export type Dated = readonly [at: string, event: RecordEvent];

export const day = (n: number) => `2026-11-${String(n).padStart(2, '0')}T10:00:00Z`;
const until = day(5);

const offered: readonly Dated[] = [
  [day(2), { type: 'offered', entry: 'e0', slot: 's1', until }],
  [day(2), { type: 'offered', entry: 'couple', slot: 's1', until }],
  [day(2), { type: 'offered', entry: 'e4', slot: 's1', until }],
  [day(2), { type: 'offered', entry: 'e1', slot: 's2', until }],
];

/** Every type of event, from line 19 on: how a family comes to four places that were given up. */
export const history2: readonly Dated[] = [
  ...offered,
  [day(3), { type: 'extended', entry: 'e1', slot: 's2', until: day(6) }],
  [day(3), { type: 'accepted', entry: 'e1', slot: 's2', by: 'staff' }],
  [day(3), { type: 'accepted', entry: 'couple', slot: 's1' }],
  [day(3), { type: 'cancelled', entry: 'couple', slot: 's1', by: 'helper' }],
  [day(4), { type: 'declined', entry: 'e0', slot: 's1' }],
  [day(5), { type: 'expired', entry: 'e4', slot: 's1' }],
  [day(5), { type: 'refilled', entry: 'family', slot: 's1', until: day(9) }],
  [day(5), { type: 'revoked', entry: 'e3', slot: 's2', cause: 'illness' }],
  [day(6), { type: 'rejected', entry: 'e2', cause: 'document' }],
  [day(6), { type: 'withdrawn', entry: 'e0', by: 'helper' }],
  [day(7), { type: 'closed', slot: 's1', cause: 'strike' }],
];

/** The draw with these events. */
export const record2 = (events: readonly Dated[], head: readonly string[] = drawn2): string[] => [
  ...head,
  ...events.map(([at, event]) => eventLine(at, event)),
];

/** The record up to the entries, or to the entropy, and then void. */
export const voidEarly = (lines: 10 | 11, at = day(2)): string[] => [
  ...drawn2.slice(0, lines),
  eventLine(at, { type: 'void' }),
];

const freed = history2.slice(0, 10);
const next = outcome + 1;

/** Well formed and wrong: a title, the lines, the line that is named, words of the reason. */
export const tamperedRecords2: readonly (readonly [string, string[], number, string])[] = [
  ['a party of another size', changeLine(drawn2, 4, { party: 3 }), 1, 'entries.root differs'],
  ['a party made single', changeLine(drawn2, 10, { party: undefined }), 1, 'entries.root differs'],
  ['a single made a party', changeLine(drawn2, 5, { party: 2 }), 1, 'entries.root differs'],
  ['amends that are not owed', changeLine(drawn2, 5, { owed: true }), 1, 'entries.root differs'],
  ['a rest that is not', changeLine(drawn2, 5, { resting: true }), 1, 'entries.root differs'],
  [
    'rules with a rest',
    changeLine(drawn2, 1, { rules: { ageing: { guaranteeRest: 1 } } }),
    12,
    'the draw gives winner',
  ],
  [
    'a record of v2 that says v1, without parties',
    changeLine(recordOf(vector('v2-plain')), 1, { algorithm: 'lottery/v1' }),
    8,
    'the draw gives winner',
  ],
  ['a party in another slot', changeLine(drawn2, 13, { slot: 's2' }), 13, 'couple in slot s1'],
  ['a party that is not drawn', drawn2.toSpliced(12, 1), 13, 'winner couple in slot s1'],
  ...wrongEvents(),
  [
    'a void before the entropy, then more',
    [...voidEarly(10), eventLine(day(3), { type: 'void' })],
    12,
    'nothing may follow a void',
  ],
  [
    'a void before the outcome, then a winner',
    [...voidEarly(11), drawn2[11] ?? ''],
    13,
    'nothing may follow a void',
  ],
  ['a void before the freeze', voidEarly(10, '2023-08-23T14:59:59Z'), 11, 'at is before'],
  [
    'a void before the entropy of another pool',
    changeLine(voidEarly(10), 5, { missed: 1 }),
    1,
    'entries.root differs',
  ],
  [
    'a void after another entropy',
    changeLine(voidEarly(11), 11, { randomness: '0'.repeat(64) }),
    11,
    'drand round 1000',
  ],
  [
    'a void after some winners',
    [...drawn2.slice(0, 13), eventLine(day(2), { type: 'void' })],
    14,
    'declared void before it had a result',
  ],
  [
    'a void among the entries',
    [...drawn2.slice(0, 8), eventLine(day(2), { type: 'void' })],
    1,
    'entries.count is 7',
  ],
  [
    'an event before the outcome that is no void',
    [...drawn2.slice(0, 11), eventLine(day(2), { type: 'withdrawn', entry: 'e0' })],
    12,
    'expected winner',
  ],
];

function wrongEvents(): [string, string[], number, string][] {
  const after = (before: readonly Dated[], event: RecordEvent, at = day(5)) => {
    return record2([...before, [at, event]]);
  };
  const place = { entry: 'e0', slot: 's1' };
  const of = (before: readonly Dated[]) => next + before.length;
  const closed: readonly Dated[] = [[day(2), { type: 'closed', slot: 's1', cause: 'strike' }]];
  const rejected: readonly Dated[] = [
    [day(2), { type: 'rejected', entry: 'e0', cause: 'duplicate' }],
  ];
  const cases: [string, readonly Dated[], RecordEvent, string, string?][] = [
    [
      'an offer of another slot',
      [],
      { type: 'offered', ...place, slot: 's2', until: day(9) },
      'e0 holds no place of slot s2',
    ],
    [
      'an offer to a loser',
      [],
      { type: 'offered', entry: 'family', slot: 's1', until: day(9) },
      'family holds no place',
    ],
    ['a second offer', offered, { type: 'offered', ...place, until: day(9) }, 'e0 holds no place'],
    [
      'an offer that has ended already',
      [],
      { type: 'offered', ...place, until: day(5) },
      'until is not after',
    ],
    [
      'an offer to who has left',
      rejected,
      { type: 'offered', ...place, until: day(9) },
      'e0 holds no place',
    ],
    [
      'an extension of no offer',
      [],
      { type: 'extended', ...place, until: day(9) },
      'e0 holds no offer',
    ],
    [
      'an extension to the same instant',
      offered,
      { type: 'extended', ...place, until },
      'until is not after',
    ],
    [
      'an extension to an earlier one',
      offered,
      { type: 'extended', ...place, until: day(4) },
      'until is not after',
    ],
    [
      'an extension of an appointment',
      history2.slice(0, 6),
      { type: 'extended', entry: 'e1', slot: 's2', until: day(9) },
      'e1 holds no offer',
    ],
    ['an answer before the offer', [], { type: 'accepted', ...place }, 'e0 holds no offer'],
    ['a refusal before the offer', [], { type: 'declined', ...place }, 'e0 holds no offer'],
    [
      'an end before its instant',
      offered,
      { type: 'expired', ...place },
      'the offer stands until',
      '2026-11-05T09:59:59Z',
    ],
    [
      'an end before the extended instant',
      history2.slice(0, 5),
      { type: 'expired', entry: 'e1', slot: 's2' },
      `the offer stands until ${day(6)}`,
    ],
    ['an end of what was not offered', [], { type: 'expired', ...place }, 'e0 holds no offer'],
    ['a cancelled offer', offered, { type: 'cancelled', ...place }, 'e0 holds no appointment'],
    [
      'a place taken back twice',
      [[day(2), { type: 'revoked', ...place, cause: 'error' }]],
      { type: 'revoked', ...place, cause: 'error' },
      'e0 holds no offer',
    ],
    [
      'a withdrawal after a rejection',
      rejected,
      { type: 'withdrawn', entry: 'e0' },
      'e0 was rejected before',
    ],
    [
      'a rejection after a withdrawal',
      [[day(2), { type: 'withdrawn', entry: 'e0' }]],
      { type: 'rejected', entry: 'e0', cause: 'other' },
      'e0 has withdrawn before',
    ],
    [
      'a rejection of a stranger',
      [],
      { type: 'rejected', entry: 'e9', cause: 'other' },
      'e9 is not of this draw',
    ],
    [
      'a slot closed twice',
      closed,
      { type: 'closed', slot: 's1', cause: 'strike' },
      's1 is closed already',
    ],
    [
      'a strange slot closed',
      [],
      { type: 'closed', slot: 's9', cause: 'strike' },
      's9 is not of this draw',
    ],
    [
      'an answer of a closed slot',
      [...offered, [day(2), { type: 'closed', slot: 's1', cause: 'building' }]],
      { type: 'accepted', ...place },
      'e0 holds no offer',
    ],
    [
      'a refill of a closed slot',
      [...freed, [day(5), { type: 'closed', slot: 's1', cause: 'court' }]],
      { type: 'refilled', entry: 'family', slot: 's1', until: day(9) },
      's1 is closed',
    ],
    [
      'a refill by a party that does not fit yet',
      freed.slice(0, 9),
      { type: 'refilled', entry: 'family', slot: 's1', until: day(9) },
      'goes to nobody, not to family',
    ],
    [
      'a refill that has ended already',
      freed,
      { type: 'refilled', entry: 'family', slot: 's1', until: day(5) },
      'until is not after',
    ],
    [
      'a refill by who was served',
      freed,
      { type: 'refilled', ...place, until: day(9) },
      'goes to family, not to e0',
    ],
    [
      'a second refill of the same places',
      history2.slice(0, 11),
      { type: 'refilled', entry: 'family', slot: 's1', until: day(9) },
      'no place of slot s1 is freed',
    ],
    [
      'anything after a void',
      [[day(2), { type: 'void' }]],
      { type: 'closed', slot: 's1', cause: 'strike' },
      'nothing may follow a void',
    ],
    [
      'an event before the one above',
      offered,
      { type: 'declined', ...place },
      'at is before',
      day(1),
    ],
  ];
  return cases.map(([title, before, event, reason, at]) => [
    title,
    after(before, event, at),
    of(before),
    reason,
  ]);
}

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
