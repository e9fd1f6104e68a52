import { expect, test } from 'vitest';
import { areApart, DECISIONS, decideFlag, setOf } from '#src/domain/flags/flagged-set.ts';

const flag = setOf(['b', 'a'], 'email', 5);
const settled = { decision: 'same_person', keep: 'a', reason: 'r', agent: 'x', atMs: 6 } as const;

test('the same entries and clue make the same set, in whatever order they come', () => {
  expect(flag).toEqual({ id: 'a-b-email', entries: ['a', 'b'], clues: ['email'], atMs: 5 });
  expect(setOf(['a', 'b'], 'email', 9).id).toBe(flag.id);
});

test('a decision repeated leaves the first as it is; another one is refused', () => {
  const after = decideFlag(flag, settled);
  expect(after.settled).toEqual(settled);
  expect(decideFlag(after, { ...settled, agent: 'y', atMs: 7 })).toBe(after);
  const code = 'flag_settled';
  const other = () => decideFlag(after, { ...settled, keep: 'b' });
  expect(other).toThrow(expect.objectContaining({ code }));
});

test('only different people are kept apart from then on', () => {
  expect(DECISIONS.filter((decision) => areApart({ decision }))).toEqual(['different_people']);
});
