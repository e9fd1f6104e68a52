import { z } from 'zod';
import { CLUES, type Clue } from '../../domain/entries/near-duplicates.ts';
import { Identifier } from '../../domain/values.ts';

export const DECISIONS = [
  'same_person',
  'different_people',
  'document_good',
  'document_bad',
] as const;
export type Decision = (typeof DECISIONS)[number];

/** Entries that an agent shall look at together. Ids and kinds of clues, nothing else. */
export interface FlaggedSet {
  /** Of a set made by joining: the id of the entry that joined. */
  readonly id: string;
  /** The one that made the set first. */
  readonly entries: readonly string[];
  readonly clues: readonly Clue[];
  readonly atMs: number;
  readonly settled?: Settlement;
}

export interface Settlement {
  readonly decision: Decision;
  /** Of one person: the entry that stays. */
  readonly keep?: string;
  readonly reason: string;
  /** Id of the agent's key. */
  readonly agent: string;
  readonly atMs: number;
}

const Stored = z.strictObject({
  entries: z.array(Identifier).min(1),
  clues: z.array(z.enum(CLUES)).min(1),
  atMs: z.int(),
  settled: z
    .strictObject({
      decision: z.enum(DECISIONS),
      keep: Identifier.exactOptional(),
      reason: z.string(),
      agent: z.string(),
      atMs: z.int(),
    })
    .exactOptional(),
});

/** A flagged set as stored. Pure. */
export function encodeFlag({ id: _id, ...flag }: FlaggedSet): string {
  return JSON.stringify(flag);
}

/** Reads what `encodeFlag` wrote. Pure. @throws ZodError if the text is anything else. */
export function decodeFlag(id: string, raw: string): FlaggedSet {
  return { id, ...Stored.parse(JSON.parse(raw)) };
}

/** How a set stands in the lists, in the order of time. Pure. */
export function flagMember(atMs: number, id: string): string {
  return `${String(atMs).padStart(15, '0')}:${id}`;
}
