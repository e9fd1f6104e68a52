import { eventLine } from '#src/allocator/record/record.ts';
import { changeLine, recordOf, vector } from './vector-records.ts';

/** 1 manifest, 2 slot s1, 3 to 5 entries a b c, 6 entropy, 7 winner a, 8 outcome. */
export const small = recordOf(vector('one-of-three'));

const [first = '', ...rest] = small;

/** Records that are malformed in one way each: a title, the lines, the line at fault, words of the reason. */
export const malformedRecords: readonly (readonly [string, string[], number, string])[] = [
  ['no JSON', small.with(3, '{"id":"b"\n'), 4, 'is not JSON'],
  ['no object', small.with(3, '[]\n'), 4, 'must be a JSON object'],
  ['an empty line', small.toSpliced(3, 0, '\n'), 4, 'is not JSON'],
  ['an unknown kind', changeLine(small, 4, { kind: 'person' }), 4, 'kind: must be'],
  ['a kind of every object', changeLine(small, 4, { kind: 'constructor' }), 4, 'kind: must be'],
  ['no kind', changeLine(small, 4, { kind: undefined }), 4, 'kind: must be'],
  ['spaces', small.with(3, (small[3] ?? '').replace(',', ', ')), 4, 'RFC 8785'],
  ['a carriage return', small.with(3, (small[3] ?? '').replace('\n', '\r\n')), 4, 'RFC 8785'],
  ['another order of members', small.with(5, swapped(small[5])), 6, 'RFC 8785'],
  ['a member twice', small.with(5, doubled(small[5])), 6, 'RFC 8785'],
  ['a needless escape', small.with(6, (small[6] ?? '').replace('"a"', '"\\u0061"')), 7, 'RFC 8785'],
  ['a lone surrogate', small.with(6, (small[6] ?? '').replace('"a"', '"\\ud800"')), 7, 'RFC 8785'],
  ['1.0 for 1', small.with(1, (small[1] ?? '').replace(':1,', ':1.0,')), 2, 'RFC 8785'],
  ['-0 for 0', small.with(2, (small[2] ?? '').replace(':0,', ':-0,')), 3, 'RFC 8785'],
  [
    'a number beyond doubles',
    small.with(2, (small[2] ?? '').replace(':0,', ':1e999,')),
    3,
    'entry.missed',
  ],
  ['a byte order mark', [`\u{feff}${first}`, ...rest], 1, 'is not JSON'],
  ['no line feed at the end', small.with(7, (small[7] ?? '').slice(0, -1)), 8, 'line feed'],
  ['a member of the wrong type', changeLine(small, 4, { missed: '0' }), 4, 'entry.missed'],
  ['a member too many', changeLine(small, 4, { name: 'x' }), 4, 'entry.name'],
  ['a member too few', changeLine(small, 2, { site: undefined }), 2, 'slot.site'],
  ['upper-case hex', changeLine(small, 8, { hash: 'A'.repeat(64) }), 8, 'outcome.hash'],
  ['a short secret', changeLine(small, 6, { secret: '11' }), 6, 'entropy.secret'],
  ['a secret and more', changeLine(small, 6, { signature: '1' }), 6, 'entropy.signature'],
  ['a winner without a slot', changeLine(small, 7, { slot: undefined }), 7, 'winner.slot'],
  ['a seat number', changeLine(small, 7, { seat: 1 }), 7, 'winner.seat'],
  ['another algorithm', changeLine(small, 1, { algorithm: 'lottery/v3' }), 1, 'algorithm'],
  ['nothing at all', [], 1, 'record ends before its outcome'],
];

/** Members that make an event malformed: a title, the members, the one that is named. */
const malformedEvents: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
  ['of an unknown type', { type: 'moved' }, 'event.type'],
  ['of a type that every object has', { type: 'toString' }, 'event.type'],
  ['with a fraction of a second', { at: '2026-11-02T10:00:00.5Z' }, 'event.at'],
  ['in local time', { at: '2026-11-02T10:00:00+01:00' }, 'event.at'],
  ['on a day that does not exist', { at: '2026-02-30T10:00:00Z' }, 'event.at'],
  ['without an instant', { at: undefined }, 'event.at'],
  ['with a member too many', { reason: 'x' }, 'event.reason'],
  ['that withdraws from a slot', { slot: 's1' }, 'event.slot'],
  ['that accepts no slot', { type: 'accepted' }, 'event.slot'],
  ['that is void for one entry', { type: 'void' }, 'event.entry'],
  ['without its entry', { entry: undefined }, 'event.entry'],
  ['whose entry is no identifier', { entry: 'a b' }, 'event.entry'],
];

/** Records whose last line, 9, is a malformed event: a title, the lines, the member at fault. */
export const recordsWithMalformedEvent = malformedEvents.map(([title, members, member]) => {
  const event = eventLine('2026-11-02T10:00:00Z', { type: 'withdrawn', entry: 'b' });
  return [title, changeLine([...small, event], 9, members), member] as const;
});

function swapped(line = ''): string {
  const { kind, secret } = JSON.parse(line);
  return `${JSON.stringify({ secret, kind })}\n`;
}

function doubled(line = ''): string {
  return line.replace('{', '{"kind":"entropy",');
}
