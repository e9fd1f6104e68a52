import { z } from 'zod';
import { CLUES } from '../../domain/entries/near-duplicates.ts';
import { DECISIONS, type FlaggedSet } from '../../domain/flags/flagged-set.ts';
import { Identifier } from '../../domain/values.ts';

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
