import { eventLine } from '#src/allocator/record/record.ts';
import { jcs } from '#src/base/jcs.ts';
import { small } from './malformed-records.ts';
import { changeLine, recordOf, round1000, vector } from './vector-records.ts';

/** A record drawn with drand, and the number of its entropy line. */
export const drand = recordOf(vector('reseat'));
const drandEntropy = 1 + vector('reseat').slots.length + vector('reseat').entries.length + 1;

const { manifest } = vector('one-of-three');
const drandSource = vector('reseat').manifest.entropy;
const withdrawn = (at: string, entry: string) => eventLine(at, { type: 'withdrawn', entry });
const at = '2026-11-02T10:00:00Z';

/** Records that are well formed and wrong: a title, the lines, the line that is named, words of the reason. */
export const tamperedRecords: readonly (readonly [string, string[], number, string])[] = [
  ['a changed entry', changeLine(small, 4, { missed: 1 }), 1, 'entries.root differs'],
  ['a changed slot', changeLine(small, 2, { site: 'antony' }), 1, 'slots.root differs'],
  ['a dropped entry', small.toSpliced(3, 1), 1, 'entries.count is 3, the record has 2'],
  ['a dropped slot', small.toSpliced(1, 1), 1, 'slots.count is 1, the record has 0'],
  [
    'a wrong count',
    changeLine(small, 1, { entries: { ...manifest.entries, count: 4 } }),
    1,
    'entries.count is 4',
  ],
  ['an entry that comes twice', small.toSpliced(3, 0, small[3] ?? ''), 5, 'id b comes twice'],
  [
    'entries out of order',
    [...small.slice(0, 3), small[4] ?? '', small[3] ?? '', ...small.slice(5)],
    5,
    'id b must come before c',
  ],
  ['a slot among the entries', small.toSpliced(3, 0, small[1] ?? ''), 4, 'expected the entropy'],
  ['a second manifest', small.toSpliced(1, 0, small[0] ?? ''), 2, 'expected the entropy'],
  ['no manifest', small.slice(1), 1, 'expected the manifest, found a line of kind slot'],
  ['no entropy', small.toSpliced(5, 1), 6, 'expected the entropy, found a line of kind winner'],
  ['another secret', changeLine(small, 6, { secret: '2'.repeat(64) }), 6, 'commits to'],
  [
    'drand where a secret was promised',
    small.with(5, `${jcs({ ...round1000, kind: 'entropy' })}\n`),
    6,
    'secret of the operator',
  ],
  [
    'a secret where drand was promised',
    drand.with(drandEntropy - 1, small[5] ?? ''),
    drandEntropy,
    'drand round 1000',
  ],
  [
    'randomness that is not of the signature',
    changeLine(drand, drandEntropy, { randomness: '0'.repeat(64) }),
    drandEntropy,
    'drand round 1000',
  ],
  ['another winner', changeLine(small, 7, { entry: 'b' }), 7, 'gives winner a in slot s1'],
  ['a missing winner', small.toSpliced(6, 1), 7, 'expected winner a in slot s1'],
  ['one winner more', small.toSpliced(7, 0, small[6] ?? ''), 8, 'expected the outcome'],
  [
    'a winner in another slot',
    changeLine(small, 7, { slot: 's2' }),
    7,
    'gives winner a in slot s1',
  ],
  ['a priority that was not there', changeLine(small, 3, { priority: true }), 1, 'entries.root'],
  [
    'another request type',
    changeLine(small, 5, { requestType: 'AES2' }),
    1,
    'entries.root differs',
  ],
  ['a place more', changeLine(small, 2, { capacity: 2 }), 1, 'slots.root differs'],
  [
    'another chain of drand',
    changeLine(drand, 1, { entropy: { ...drandSource, chain: '0'.repeat(64) } }),
    1,
    'is not drand quicknet',
  ],
  [
    'a freeze after its round was known',
    changeLine(drand, 1, { frozenAt: '2026-11-01T00:00:00Z' }),
    1,
    'was already known',
  ],
  [
    'void before there was a result',
    [...small.slice(0, 5), eventLine(at, { type: 'void' })],
    6,
    'declared void before it had a result',
  ],
  [
    'an offer accepted by somebody else',
    [...small, eventLine(at, { type: 'accepted', entry: 'b', slot: 's1' })],
    9,
    'b holds no offer',
  ],
  [
    'an appointment cancelled that was only offered',
    [...small, eventLine(at, { type: 'cancelled', entry: 'a', slot: 's1' })],
    9,
    'a holds no appointment',
  ],
  [
    'a withdrawal that comes twice',
    [...small, withdrawn(at, 'b'), withdrawn(at, 'b')],
    10,
    'b has withdrawn',
  ],
  ['another outcome', changeLine(small, 8, { hash: '0'.repeat(64) }), 8, 'outcome hash is 42305b'],
  ['a line after the outcome', [...small, small[6] ?? ''], 9, 'expected an event or the end'],
  [
    'an event before the freeze',
    [...small, withdrawn('2023-08-23T14:59:59Z', 'a')],
    9,
    'at is before 2023-08-23T15:00:00Z',
  ],
  [
    'events that go back in time',
    [...small, withdrawn(at, 'a'), withdrawn('2026-11-02T09:59:59Z', 'b')],
    10,
    `at is before ${at}`,
  ],
  [
    'a refill past the first in rank',
    [...small, withdrawn(at, 'a'), eventLine(at, { type: 'refilled', entry: 'c', slot: 's1' })],
    10,
    'goes to b, not to c',
  ],
  [
    'an event after a void',
    [...small, eventLine(at, { type: 'void' }), withdrawn(at, 'b')],
    10,
    'nothing may follow a void',
  ],
];
