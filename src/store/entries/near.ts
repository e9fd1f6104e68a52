import type { EntryRecord } from '../../domain/entries/entry.ts';
import { type Clue, judgeLikeness, type NearEntry } from '../../domain/entries/near-duplicates.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { encodeFlag } from '../flags/codec.ts';
import { decodeEntry } from './codec.ts';
import { keysOfEntry } from './keys.ts';

/** What the first letter of a clue key stands for. */
const clueByLetter: Readonly<Record<string, Clue>> = { e: 'email', p: 'phone', n: 'name' };

export interface JoinLimits {
  /** Identities of the same documents under former keys. */
  readonly formerIdentities?: readonly string[];
  readonly formerClues?: readonly string[];
  /** Live entries of one contact; absent: an agent lifted the limit, because the contact is shared. */
  readonly entriesPerContact?: number;
}

/** What was decided: a refusal, or the flagged set to write with the entry; '' for none. */
type Decision =
  | { readonly exhausted: 'email' | 'phone'; readonly entries: readonly string[] }
  | { readonly flag: string };

/** Reads what others have in common with an entry that joins, and has it judged. */
export async function judgeNear(
  redis: Connection,
  prefecture: string,
  entry: EntryRecord,
  seen: string,
  { entriesPerContact, formerIdentities = [] }: JoinLimits,
): Promise<Decision> {
  const clues = cluesByEntry(seen);
  const identities = [...keysOfEntry(entry).identities, ...formerIdentities];
  const [near, different] = await Promise.all([
    readNear(redis, prefecture, clues),
    redis.hmget(keysOf(prefecture).different, ...identities),
  ]);
  const judged = judgeLikeness(entry.requestType, near, {
    different: new Set(different.flatMap((ids) => ids?.split(' ') ?? [])),
    entriesPerContact,
  });
  if (judged.outcome === 'exhausted') {
    return { exhausted: judged.contact, entries: judged.entries };
  }
  if (judged.outcome === 'alone') return { flag: '' };
  const { entries, clues: shared } = judged;
  const { id, joinedAtMs: atMs } = entry;
  return { flag: encodeFlag({ id, entries: [id, ...entries], clues: shared, atMs }) };
}

/** Reads what join.lua has seen: `<clue>=<id> <id>…`, a line each. */
function cluesByEntry(seen: string): Map<string, Set<Clue>> {
  const found = new Map<string, Set<Clue>>();
  for (const line of seen.split('\n').filter(Boolean)) {
    const clue = clueByLetter[line.charAt(0)];
    if (!clue) throw new Error('a clue of an unknown kind');
    for (const id of line.slice(line.indexOf('=') + 1).split(' ')) {
      found.set(id, (found.get(id) ?? new Set()).add(clue));
    }
  }
  return found;
}

async function readNear(
  redis: Connection,
  prefecture: string,
  clues: ReadonlyMap<string, ReadonlySet<Clue>>,
): Promise<NearEntry[]> {
  const ids = [...clues.keys()];
  // Whoever shared a clue has left since the join before saw them.
  if (ids.length === 0) return [];
  const raws = await redis.hmget(keysOf(prefecture).entries, ...ids);
  return ids.flatMap((id, index) => {
    const raw = raws[index];
    if (!raw) return [];
    const entry = decodeEntry(id, raw);
    const { identities } = keysOfEntry(entry);
    const { requestType } = entry;
    return [{ id, requestType, identities, clues: [...(clues.get(id) ?? [])] }];
  });
}
