import type { EntryRecord } from '../../domain/entries/entry.ts';
import { isLiveEntry } from '../../domain/entries/state.ts';
import { decodeEntry } from '../entries/codec.ts';
import { keysOfEntry } from '../entries/keys.ts';
import { itemInvariant, type Judge } from './items.ts';
import { pagesOfKeys, text } from './read.ts';
import type { CheckContext, Invariant } from './types.ts';

/** What an identity, or a clue, says about entries. */
interface Naming {
  readonly key: string;
  readonly entries: readonly string[];
}

/** Whoever is named is live, and has that identity or clue. */
function namesHolders(
  name: string,
  keysIn: (entry: EntryRecord) => readonly string[],
): Judge<Naming> {
  return {
    name,
    needs: ({ entries }, { keys }) => entries.map((id) => ['hget', keys.entries, id]),
    judge({ key, entries }, replies) {
      return entries.flatMap((id, at) => {
        const raw = text(replies[at]);
        if (raw === null) return [`leads to entry ${id}, which is not there`];
        const entry = decodeQuietly(id, raw);
        if (!entry) return []; // said of the entry itself
        if (!isLiveEntry(entry.state)) return [`leads to entry ${id}, which is ${entry.state}`];
        return keysIn(entry).includes(key) ? [] : [`leads to entry ${id}, which has not that one`];
      });
    },
  };
}

/** The entry that a text stands for; undefined if it cannot be read. Pure. */
export function decodeQuietly(id: string, raw: string): EntryRecord | undefined {
  try {
    return decodeEntry(id, raw);
  } catch {
    return undefined;
  }
}

/** One live entry an identity: from the identity to the entry. */
export const identities: Invariant = itemInvariant({
  things: 'identities',
  one: 'identity',
  container: 'hash',
  key: ({ keys }) => keys.identities,
  decode: ({ id }, entry): Naming => ({ key: id, entries: [entry] }),
  judges: [namesHolders('identities', (entry) => keysOfEntry(entry).identities)],
});

/** The same of clues; a scope is the end of a bucket's key. */
export const clues: Invariant = itemInvariant({
  things: 'clues',
  one: 'clue',
  container: 'hash',
  key: ({ keys }, scope) => `${keys.clues}:${scope}`,
  scopes: buckets,
  decode: ({ scope, id }, ids): Naming => ({ key: scope + id, entries: ids.split(' ') }),
  judges: [namesHolders('clues', (entry) => keysOfEntry(entry).clues)],
});

async function* buckets({ redis, keys }: CheckContext): AsyncGenerator<string[]> {
  for await (const page of pagesOfKeys(redis, `${keys.clues}:*`)) {
    yield page.map((key) => key.slice(keys.clues.length + 1));
  }
}
