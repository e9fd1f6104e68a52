import type { EntryRecord } from '../../domain/entries/entry.ts';
import {
  type Clue,
  exhaustedContact,
  type NearEntry,
  suspects,
} from '../../domain/entries/near-duplicates.ts';
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

type Decision =
  | { readonly exhausted: 'email' | 'phone'; readonly entries: readonly string[] }
  /** The flagged set to write with the entry; '' for none. */
  | { readonly flag: string };

/**
 * Decides about an entry from what others have in common with it: whether a contact has as many
 * entries as it may, and which set an agent shall look at.
 */
export async function judgeNear(
  redis: Connection,
  prefecture: string,
  entry: EntryRecord,
  seen: string,
  { entriesPerContact, formerIdentities = [] }: JoinLimits,
): Promise<Decision> {
  const clues = cluesByEntry(seen);
  const near = await readNear(redis, prefecture, clues);
  const exhausted = exhaustedContact(near, entriesPerContact);
  if (exhausted) {
    const entries = near.filter((one) => one.clues.includes(exhausted)).map(({ id }) => id);
    return { exhausted, entries };
  }
  const identities = [...keysOfEntry(entry).identities, ...formerIdentities];
  const different = await redis.hmget(keysOf(prefecture).different, ...identities);
  const joining = {
    requestType: entry.requestType,
    different: new Set(different.flatMap((ids) => ids?.split(' ') ?? [])),
    contactShared: entriesPerContact === undefined,
  };
  const found = suspects(joining, near);
  if (found.length === 0) return { flag: '' };
  return {
    flag: encodeFlag({
      id: entry.id,
      entries: [entry.id, ...found.map(({ id }) => id)],
      clues: [...new Set(found.flatMap((one) => one.clues))].sort(),
      atMs: entry.joinedAtMs,
    }),
  };
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
