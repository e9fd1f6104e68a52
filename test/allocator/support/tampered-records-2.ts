import { eventLine } from '#src/allocator/record/record.ts';
import type { RecordEvent } from '#src/allocator/types.ts';
import {
  type Dated,
  day,
  drawn2,
  history2,
  offered,
  record2,
  until,
  voidEarly,
} from './records-2.ts';
import { changeLine, recordOf, vector } from './vector-records.ts';

const freed = history2.slice(0, 10);
const outcome = drawn2.length;
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
