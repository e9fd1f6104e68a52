import { DomainError } from '../allocator/errors.ts';
import type { EntryStore } from '../store/entries.ts';
import type { JoinOptions, JoinOutcome } from '../store/entries-write.ts';
import type { EntryRecord } from '../store/types.ts';

type Entries = Pick<EntryStore, 'join' | 'get' | 'leave'>;

/**
 * Adds an entry. A person who never handed in the code, or mistyped the address it went to, is not
 * locked out: an unverified entry whose code has expired makes way.
 */
export async function addEntry(
  entries: Entries,
  prefecture: string,
  entry: EntryRecord,
  nowMs: number,
  options: JoinOptions,
): Promise<JoinOutcome> {
  const outcome = await entries.join(prefecture, entry, options);
  if (outcome.outcome !== 'duplicate') return outcome;
  if (!(await makesWay(entries, prefecture, outcome.entry, nowMs))) return outcome;
  return entries.join(prefecture, entry, options);
}

async function makesWay(
  entries: Entries,
  prefecture: string,
  id: string,
  nowMs: number,
): Promise<boolean> {
  const existing = await entries.get(prefecture, id);
  if (!existing) return true;
  const { state, code } = existing;
  if (state !== 'unverified' || (code && nowMs < code.expiresAtMs)) return false;
  try {
    await entries.leave(prefecture, id, 'expire', nowMs);
  } catch (error) {
    // Someone else made it leave meanwhile. Whoever joins first now is the one entry.
    if (!(error instanceof DomainError)) throw error;
  }
  return true;
}
