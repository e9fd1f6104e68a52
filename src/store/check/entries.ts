import type { EntryRecord } from '../../domain/entries/entry.ts';
import { isLiveEntry } from '../../domain/entries/state.ts';
import { decodeEntry } from '../entries/codec.ts';
import { keysOfEntry } from '../entries/keys.ts';
import { holding } from './entry-holding.ts';
import { absence, documentCheck, parting, priority } from './entry-rest.ts';
import { itemInvariant, type Judge } from './items.ts';
import { text } from './read.ts';
import type { Invariant } from './types.ts';

/** An identity of a live entry leads to it, and to no other; one that has left holds none. */
const ownIdentities: Judge<EntryRecord> = {
  name: 'identities',
  needs: (entry, { keys }) =>
    keysOfEntry(entry).identities.map((identity) => ['hget', keys.identities, identity]),
  judge({ id, state }, replies) {
    const named = replies.map((reply) => text(reply) === id);
    if (isLiveEntry(state)) {
      if (named.length === 0) return ['is live and has no identity'];
      return named.every(Boolean) ? [] : ['is live and its identity does not lead to it'];
    }
    return named.some(Boolean) ? [`is ${state} and still holds an identity`] : [];
  },
};

/** `lib/list-of-ids.lua`: a list as long as this takes no more ids. */
const fullListLength = 200 * 17;

/** A clue of a live entry leads to it; those of one that has left do not. */
const ownClues: Judge<EntryRecord> = {
  name: 'clues',
  needs: (entry, { keys }) =>
    keysOfEntry(entry).clues.map((clue) => [
      'hget',
      `${keys.clues}:${clue.slice(0, 3)}`,
      clue.slice(3),
    ]),
  judge({ id, state }, replies) {
    const lists = replies.map((reply) => text(reply) ?? '');
    const missing = lists.some((ids) => ids.length < fullListLength && !has(ids, id));
    if (isLiveEntry(state)) return missing ? ['is live and a clue does not lead to it'] : [];
    return lists.some((ids) => has(ids, id)) ? [`is ${state} and a clue still leads to it`] : [];
  },
};

function has(ids: string, id: string): boolean {
  return ids.split(' ').includes(id);
}

/** Each entry with all that is stored beside it. */
export const entries: Invariant = itemInvariant({
  things: 'entries',
  one: 'entry',
  container: 'hash',
  key: ({ keys }) => keys.entries,
  decode: ({ id }, raw) => decodeEntry(id, raw),
  judges: [ownIdentities, ownClues, holding, priority, absence, documentCheck, parting],
});
