import { describe, expect, test } from 'vitest';
import { verifyRecord } from '#src/allocator/record/verify.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { type CheckedDraw, keepDraw } from '../../scripts/verify/observed.ts';
import { storyOf } from '../../scripts/verify/story.ts';
import { drawnVector } from '../allocator/support/tampering.ts';
import { recordOf, vector } from '../allocator/support/vector-records.ts';

function check(lines: readonly string[]): CheckedDraw {
  const observer = keepDraw();
  expect(verifyRecord(lines, { sha256: nodeSha256, observer })).toMatchObject({
    verdict: 'verified',
  });
  return observer.checked();
}

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
