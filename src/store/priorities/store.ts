import { z } from 'zod';
import { DomainError } from '../../base/errors.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { isLiveEntry } from '../../domain/entries/state.ts';
import {
  checkApprover,
  nextPriorityState,
  PRIORITY_GROUNDS,
  PRIORITY_STATES,
  type PriorityGround,
  type PriorityState,
} from '../../domain/priorities/state.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { retryOnConflict } from '../core/retry.ts';
import { scanSome } from '../core/scan-hash.ts';
import { Script, WriteWord } from '../core/script.ts';
import { encodeEntry } from '../entries/codec.ts';
import { readEntry } from '../entries/write.ts';

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
export type PriorityDecision = 'approve' | 'refuse' | 'end';

const Stored: z.ZodType<PriorityRecord> = z.strictObject({
  state: z.enum(PRIORITY_STATES),
  ground: z.enum(PRIORITY_GROUNDS),
  untilMs: z.int(),
  proposedBy: z.string(),
  proposedAtMs: z.int(),
  settledBy: z.string().exactOptional(),
  settledAtMs: z.int().exactOptional(),
});

const changePriorityScript = new Script(
  'priorities/change-priority.lua',
  {
    keys: ['priorities entries counts freezing before'],
    args: ['id priorityOld priorityNew old new'],
  },
  WriteWord,
);

type Decide = (
  before: PriorityRecord | undefined,
  entry: EntryRecord,
) => { readonly priority: PriorityRecord; readonly entry: EntryRecord };

/** The priority track of each prefecture: proposed by one agent, approved by another. */
export class PriorityStore {
  readonly #redis: Connection;

  constructor(redis: Connection) {
    this.#redis = redis;
  }

  async get(prefecture: string, entryId: string): Promise<PriorityRecord | undefined> {
    const raw = await this.#redis.hget(keysOf(prefecture).priorities, entryId);
    return raw === null ? undefined : decodePriority(raw);
  }

  /** A page of priorities, in no order; it may hold a few more than `limit`. */
  async list(
    prefecture: string,
    { cursor = '0', limit, state }: { cursor?: string; limit: number; state?: PriorityState },
  ): Promise<{ priorities: Map<string, PriorityRecord>; cursor?: string }> {
    const priorities = new Map<string, PriorityRecord>();
    const visit = (entryId: string, raw: string) => {
      const priority = decodePriority(raw);
      if (!state || priority.state === state) priorities.set(entryId, priority);
    };
    const { priorities: key } = keysOf(prefecture);
    const start = { cursor, count: limit };
    const hasEnough = () => priorities.size >= limit;
    return { priorities, ...(await scanSome(this.#redis, key, start, visit, hasEnough)) };
  }

  /**
   * Proposes an entry for the priority track. The same proposal again, by the same agent, answers
   * the one that stands.
   *
   * @throws DomainError `entry_not_found`, `entry_settled` once it has left, `priority_settled`
   */
  propose(
    prefecture: string,
    entryId: string,
    { ground, untilMs, agent, nowMs }: Proposal,
  ): Promise<PriorityRecord> {
    return this.#change(prefecture, entryId, (before, entry) => {
      if (!isLiveEntry(entry.state)) {
        throw new DomainError('entry_settled', `this entry is ${entry.state}`);
      }
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
    });
  }

  /**
   * Approves or refuses a proposal, or ends a priority early. Repeating it changes nothing.
   *
   * @throws DomainError `priority_not_found`, `priority_settled`, `approver_same`,
   *   `entry_not_found`, `entry_settled`
   */
  decide(
    prefecture: string,
    entryId: string,
    decision: PriorityDecision,
    { agent, nowMs, proposedAtMs }: Decider,
  ): Promise<PriorityRecord> {
    return this.#change(prefecture, entryId, (before, entry) => {
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
      if (!isLiveEntry(entry.state)) {
        throw new DomainError('entry_settled', `this entry is ${entry.state}`);
      }
      const { ground, untilMs } = before;
      return { priority, entry: { ...entry, priority: { ground, untilMs } } };
    });
  }

  async #change(prefecture: string, id: string, decide: Decide): Promise<PriorityRecord> {
    const keys = keysOf(prefecture);
    const { priorities, entries, counts, freezing, before: overlay } = keys;
    const names = { priorities, entries, counts, freezing, before: overlay };
    return retryOnConflict(`the priority of entry ${id}`, async () => {
      const raw = await this.#redis.hget(keys.priorities, id);
      const before = raw === null ? undefined : decodePriority(raw);
      const read = await readEntry(this.#redis, prefecture, id);
      const after = decide(before, read.entry);
      if (after.priority === before) return before;
      const outcome = await changePriorityScript.run(this.#redis, names, {
        id,
        priorityOld: raw ?? '',
        priorityNew: JSON.stringify(after.priority),
        old: read.raw,
        new: encodeEntry(after.entry),
      });
      return outcome === 'done' ? after.priority : outcome;
    });
  }
}

/** Who decides, and on which proposal; without its instant, on whichever stands. */
export interface Decider {
  readonly agent: string;
  readonly nowMs: number;
  readonly proposedAtMs?: number;
}

/** What an agent proposes. */
export interface Proposal {
  readonly ground: PriorityGround;
  readonly untilMs: number;
  /** Id of the agent. */
  readonly agent: string;
  readonly nowMs: number;
}

const settledAs = {
  approve: 'approved',
  refuse: 'refused',
  end: 'ended',
} as const satisfies Record<PriorityDecision, PriorityState>;

function isOver({ untilMs }: PriorityRecord, nowMs: number): boolean {
  return nowMs >= untilMs;
}

function withoutPriority({ priority: _priority, ...entry }: EntryRecord): EntryRecord {
  return entry;
}

/** Reads a priority as stored. Pure. */
export function decodePriority(raw: string): PriorityRecord {
  return Stored.parse(JSON.parse(raw));
}
