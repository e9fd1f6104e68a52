import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reasonFinder } from '#src/allocator/reason.ts';
import type { Entry, Rules, Slot } from '#src/allocator/types.ts';
import { type RecomputedDraw, verifyRecord } from '#src/allocator/verify.ts';
import { nodeSha256 } from '#src/node-sha256.ts';
import { type CheckedDraw, keepDraw } from '../../scripts/verify/observed.ts';
import { storyOf } from '../../scripts/verify/story.ts';
import { entries, rules, slots } from '../allocator/support/arbitraries.ts';
import { isMatchable } from '../allocator/support/plain-draw.ts';
import { drawnVector } from '../allocator/support/tampering.ts';
import { recordOf, vector } from '../allocator/vector-records.ts';

function check(lines: readonly string[]): CheckedDraw {
  const observer = keepDraw();
  expect(verifyRecord(lines, { sha256: nodeSha256, observer })).toMatchObject({
    verdict: 'verified',
  });
  return observer.checked();
}

/** Goes through the passes of §4 as they are written; whom the open pass turns away for its cap. */
function plainlyCapped(
  ranked: readonly Entry[],
  places: readonly Slot[],
  { quotas = {}, priorityMax = 0 }: Rules,
) {
  const quota = new Map(Object.entries(quotas));
  const won = new Set<Entry>();
  const ofType = (type: string) => [...won].filter((entry) => entry.requestType === type).length;
  const isCapped = ({ requestType }: Entry) =>
    ofType(requestType) >= (quota.get(requestType)?.max ?? Number.POSITIVE_INFINITY);
  const seat = (entry: Entry) => {
    if (won.has(entry) || isCapped(entry) || !isMatchable([...won, entry], places)) return;
    won.add(entry);
  };
  for (const entry of ranked) if (entry.priority && won.size < priorityMax) seat(entry);
  for (const entry of ranked) {
    if (ofType(entry.requestType) < (quota.get(entry.requestType)?.min ?? 0)) seat(entry);
  }
  const capped = new Set<string>();
  for (const entry of ranked) {
    if (!won.has(entry) && isCapped(entry)) capped.add(entry.id);
    seat(entry);
  }
  return capped;
}

function reasonsOf(draw: RecomputedDraw): Map<string, string> {
  const winners = new Set(draw.winners.map(({ entry }) => entry));
  const found = new Map<string, string>();
  const whyNotDrawn = reasonFinder({ ...draw, rules: draw.manifest.rules });
  let better = 0;
  for (const id of draw.ranking) {
    const entry = draw.entries.find((candidate) => candidate.id === id);
    if (winners.has(id)) better += 1;
    else if (entry) found.set(id, whyNotDrawn(entry, better));
  }
  return found;
}

test('a cap is the reason exactly where the open pass, read plainly, meets it', () => {
  let met = 0;
  const pool = fc.record({ entries: entries(14), slots: slots(6), rules });
  fc.assert(
    fc.property(pool, (input) => {
      const { draw } = check(recordOf(drawnVector(input)));
      const ranked = draw.ranking.flatMap((id) => input.entries.filter((entry) => entry.id === id));
      const capped = plainlyCapped(ranked, input.slots, input.rules);
      for (const [id, reason] of reasonsOf(draw)) {
        if (reason !== 'cap_reached' && reason !== 'rank_too_low') continue;
        expect([id, reason]).toEqual([id, capped.has(id) ? 'cap_reached' : 'rank_too_low']);
        met += reason === 'cap_reached' ? 1 : 0;
      }
    }),
    { numRuns: 150 },
  );
  expect(met).toBeGreaterThan(20);
});

describe('the story of an entry', () => {
  const at = '2026-12-01T09:00:00+01:00';
  const slot = { id: 's1', site: 'nanterre', start: at, capacity: 1, requestTypes: ['AES'] };
  const person = (id: string, members: object = {}) => ({
    id,
    requestType: 'AES',
    missed: 0,
    ...members,
  });
  const example = drawnVector({
    slots: [slot],
    entries: [
      person('a', { missed: 2 }),
      person('b'),
      person('c'),
      person('elsewhere', { accepts: { sites: ['antony'] } }),
      person('other', { requestType: 'other' }),
    ],
    rules: { ageing: { ticketsPerMiss: 1, maxTickets: 3, guaranteeAfter: 2 } },
  });
  const [first = '', second = '', third = ''] = example.expected.ranking.filter((id) =>
    ['a', 'b', 'c'].includes(id),
  );
  const told = (id: string) =>
    storyOf(
      id,
      check(
        recordOf(example, [
          { type: 'declined', entry: first, slot: 's1' },
          { type: 'refilled', entry: second, slot: 's1' },
        ]),
      ),
    ).join('\n');

  test('of a winner: tickets, rank, slot, what happened', () => {
    expect(first).toBe('a');
    const story = told('a');
    expect(story).toContain('entry a is in draw one-of-three of prefecture 92\n');
    expect(story).toMatch(/tickets: 3; the smallest is number [012]: [0-9a-f]{64}\n/);
    expect(story).toContain('rank 1 of 5, guaranteed ahead of others');
    expect(story).toContain('drawn: slot s1, nanterre, 2026-12-01T09:00:00+01:00');
    expect(story).toContain('2026-11-02T00:00:00Z declined slot s1');
    const [, message = '', k] = /printf %s "(.*:(\d))"/.exec(story) ?? [];
    expect(story).toContain(`number ${k}: ${nodeSha256.hex(message)}`);
  });

  test('of the others: how far the places went, and why they got none', () => {
    const rankOf = (id: string) => example.expected.ranking.indexOf(id) + 1;
    expect(told(third)).toContain(
      `last rank drawn of AES: 1; last offered a place so far: ${rankOf(second)}`,
    );
    expect(told(third)).toContain('every place it could take was needed for better ranks');
    expect(told(second)).toContain('refilled slot s1');
    expect(told('elsewhere')).toContain('no slot of its request type lies within');
    expect(told('other')).toContain('no slot of this draw serves its request type');
    expect(told('other')).toContain('last rank drawn of other: none');
    expect(told('nobody')).toBe('entry nobody is not in draw one-of-three of prefecture 92');
  });

  test('of a draw that is void says so', () => {
    const lines = recordOf(vector('one-of-three'), [{ type: 'void' }]);
    expect(storyOf('a', check(lines)).at(-1)).toContain('VOID');
  });
});
