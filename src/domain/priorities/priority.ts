import { DomainError } from '../../base/errors.ts';
import type { EntryRecord } from '../entries/entry.ts';
import { isLiveEntry } from '../entries/state.ts';
import {
  checkApprover,
  nextPriorityState,
  type PRIORITY_DECISIONS,
  type PriorityGround,
  type PriorityState,
} from './state.ts';

/** A place on the priority track, from its proposal on. Agents are named by id, people not at all. */
export interface PriorityRecord {
  readonly state: PriorityState;
  readonly ground: PriorityGround;
  /** A draw frozen from this instant on knows it no more. */
  readonly untilMs: number;
  readonly proposedBy: string;
  readonly proposedAtMs: number;
  readonly settledBy?: string;
  readonly settledAtMs?: number;
}

/** A decision on a priority that was proposed or approved. */
export type PriorityDecision = (typeof PRIORITY_DECISIONS)[number];

/** What an agent proposes. */
export interface Proposal {
  readonly ground: PriorityGround;
  readonly untilMs: number;
  /** Id of the agent. */
  readonly agent: string;
  readonly nowMs: number;
}

/** Who decides, and on which proposal; without its instant, on whichever stands. */
export interface Decider {
  readonly agent: string;
  readonly nowMs: number;
  readonly proposedAtMs?: number;
}

/** What becomes of a priority and of its entry; the priority as given: nothing is to be written. */
export interface PriorityChange {
  readonly priority: PriorityRecord;
  readonly entry: EntryRecord;
}

const settledAs = {
  approve: 'approved',
  refuse: 'refused',
  end: 'ended',
} as const satisfies Record<PriorityDecision, PriorityState>;

/**
 * What a proposal makes of the priority of an entry. The same one again, by the same agent, leaves
 * the one that stands. Pure.
 *
 * @throws DomainError `entry_settled` once the entry has left, `priority_settled`
 */
export function decideProposal(
  before: PriorityRecord | undefined,
  entry: EntryRecord,
  { ground, untilMs, agent, nowMs }: Proposal,
): PriorityChange {
  checkLive(entry);
  const repeated = before?.state === 'proposed' && before.proposedBy === agent;
  if (before && repeated && before.ground === ground && before.untilMs === untilMs) {
    return { priority: before, entry };
  }
  // One that has run out makes way for a new one.
  const former = before && isOver(before, nowMs) ? 'ended' : before?.state;
  const state = nextPriorityState(former, 'propose');
  return {
    priority: { state, ground, untilMs, proposedBy: agent, proposedAtMs: nowMs },
    entry: withoutPriority(entry),
  };
}

/**
 * What a decision makes of a priority and of its entry, which has it once it is approved. The same
 * one again, by the same agent, changes nothing. Pure.
 *
 * @throws DomainError `priority_not_found`, `priority_settled`, `approver_same`, `entry_settled`
 */
export function decidePriority(
  before: PriorityRecord | undefined,
  entry: EntryRecord,
  decision: PriorityDecision,
  { agent, nowMs, proposedAtMs }: Decider,
): PriorityChange {
  if (!before) throw new DomainError('priority_not_found', 'no priority was proposed');
  if (proposedAtMs !== undefined && proposedAtMs !== before.proposedAtMs) {
    throw new DomainError('priority_settled', 'another proposal stands by now', 'proposedAt');
  }
  if (before.state === settledAs[decision] && before.settledBy === agent) {
    return { priority: before, entry };
  }
  const state = nextPriorityState(before.state, decision);
  const priority = { ...before, state, settledBy: agent, settledAtMs: nowMs };
  if (decision !== 'approve') return { priority, entry: withoutPriority(entry) };
  checkApprover(before.proposedBy, agent);
  if (isOver(before, nowMs)) throw new DomainError('priority_settled', 'it has run out');
  checkLive(entry);
  const { ground, untilMs } = before;
  return { priority, entry: { ...entry, priority: { ground, untilMs } } };
}

function checkLive({ state }: EntryRecord): void {
  if (!isLiveEntry(state)) throw new DomainError('entry_settled', `this entry is ${state}`);
}

function isOver({ untilMs }: PriorityRecord, nowMs: number): boolean {
  return nowMs >= untilMs;
}

function withoutPriority({ priority: _priority, ...entry }: EntryRecord): EntryRecord {
  return entry;
}
