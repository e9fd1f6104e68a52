import { eventLine } from '#src/allocator/record/record.ts';
import type { RecordEvent } from '#src/allocator/types.ts';
import { recordOf, vector } from './vector-records.ts';

/**
 * A draw of v2 with parties. 1 manifest, 2 and 3 slots s1 (4 places) and s2 (3), 4 to 10 entries couple (2)
 * e0 e1 e2 e3 e4 family (4), 11 entropy, 12 to 17 winners: e0 couple e4 in s1, e1 e3 e2 in s2, 18 outcome.
 */
export const drawn2 = recordOf(vector('v2-party'));

export type Dated = readonly [at: string, event: RecordEvent];

export const day = (n: number) => `2026-11-${String(n).padStart(2, '0')}T10:00:00Z`;
/** When these end. */
export const until = day(5);

/** Offers to four of those drawn. */
export const offered: readonly Dated[] = [
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
