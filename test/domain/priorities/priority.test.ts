import { expect, test } from 'vitest';
import { decidePriority, decideProposal } from '#src/domain/priorities/priority.ts';
import { sampleNowMs as nowMs, sampleEntry } from '../../support/samples.ts';

const untilMs = nowMs + 1000;
const entry = sampleEntry({ state: 'waiting' });
const gone = sampleEntry({ state: 'withdrawn' });
const proposal = { ground: 'health', untilMs, agent: 'a1', nowMs } as const;
const { priority: proposed } = decideProposal(undefined, entry, proposal);
const other = { agent: 'a2', nowMs };
const approved = decidePriority(proposed, entry, 'approve', other);
const refusal = (code: string) => expect.objectContaining({ code });

test('the same proposal again leaves the one that stands; another agent’s is refused', () => {
  const later = { ...proposal, nowMs: nowMs + 1 };
  expect(decideProposal(proposed, entry, later).priority).toBe(proposed);
  const others = () => decideProposal(proposed, entry, { ...later, agent: 'a2' });
  expect(others).toThrow(refusal('priority_settled'));
});

test('a priority that has run out makes way, and leaves the entry', () => {
  const early = { ...proposal, nowMs: untilMs - 1 };
  const propose = () => decideProposal(approved.priority, approved.entry, early);
  expect(propose).toThrow(refusal('priority_settled'));
  const anew = { ...proposal, nowMs: untilMs, untilMs: untilMs + 1 };
  const change = decideProposal(approved.priority, approved.entry, anew);
  expect(change.priority).toMatchObject({ state: 'proposed', proposedAtMs: untilMs });
  expect(change.entry.priority).toBeUndefined();
});

test('approval writes ground and end on the entry, and who settled it', () => {
  expect(approved.entry.priority).toEqual({ ground: 'health', untilMs });
  expect(approved.priority).toMatchObject({ state: 'approved', settledBy: 'a2' });
  const ended = decidePriority(approved.priority, approved.entry, 'end', other);
  expect(ended.entry.priority).toBeUndefined();
});

test('no agent approves what they proposed, nor anybody what has run out or left', () => {
  const approve =
    (by: { agent: string; nowMs: number }, one = entry) =>
    () =>
      decidePriority(proposed, one, 'approve', by);
  expect(approve({ agent: 'a1', nowMs })).toThrow(refusal('approver_same'));
  expect(approve({ agent: 'a2', nowMs: untilMs })).toThrow(refusal('priority_settled'));
  expect(approve(other, gone)).toThrow(refusal('entry_settled'));
  expect(() => decideProposal(undefined, gone, proposal)).toThrow(refusal('entry_settled'));
});

test('a priority of an entry that has left can still be refused', () => {
  expect(decidePriority(proposed, gone, 'refuse', other).priority.state).toBe('refused');
});

test('a decision is repeated by its agent alone, and is on the proposal that was seen', () => {
  const later = { agent: 'a2', nowMs: nowMs + 5 };
  const again = decidePriority(approved.priority, approved.entry, 'approve', later);
  expect(again.priority).toBe(approved.priority);
  const decide = (by: { agent: string; nowMs: number; proposedAtMs?: number }) => () =>
    decidePriority(approved.priority, approved.entry, 'approve', by);
  expect(decide({ agent: 'a3', nowMs })).toThrow(refusal('priority_settled'));
  expect(decide({ ...later, proposedAtMs: nowMs - 1 })).toThrow(refusal('priority_settled'));
});
