import { z } from 'zod';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import {
  type Decider,
  decidePriority,
  decideProposal,
  type PriorityChange,
  type PriorityDecision,
  type PriorityRecord,
  type Proposal,
} from '../../domain/priorities/priority.ts';
import {
  PRIORITY_GROUNDS,
  PRIORITY_STATES,
  type PriorityState,
} from '../../domain/priorities/state.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { retryOnConflict } from '../core/retry.ts';
import { scanSome } from '../core/scan-hash.ts';
import { Script, WriteWord } from '../core/script.ts';
import { encodeEntry } from '../entries/codec.ts';
import { readEntry } from '../entries/write.ts';

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

type Decide = (before: PriorityRecord | undefined, entry: EntryRecord) => PriorityChange;

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
  propose(prefecture: string, entryId: string, proposal: Proposal): Promise<PriorityRecord> {
    return this.#change(prefecture, entryId, (before, entry) =>
      decideProposal(before, entry, proposal),
    );
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
    decider: Decider,
  ): Promise<PriorityRecord> {
    return this.#change(prefecture, entryId, (before, entry) =>
      decidePriority(before, entry, decision, decider),
    );
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

/** Reads a priority as stored. Pure. */
export function decodePriority(raw: string): PriorityRecord {
  return Stored.parse(JSON.parse(raw));
}
