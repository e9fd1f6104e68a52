import type { FlaggedSet } from '../../domain/flags/flagged-set.ts';
import { decodeFlag, flagMember } from '../flags/codec.ts';
import { itemInvariant, type Judge } from './items.ts';
import { text } from './read.ts';
import type { CheckContext, Invariant } from './types.ts';

/** A flagged set stands in the list of its state, at its time, and in no other. */
const listed: Judge<FlaggedSet> = {
  name: 'flags',
  needs({ id, atMs, settled }, { keys }) {
    const open = flagMember(atMs, id);
    return [
      ['zscore', keys.openFlags, open],
      ['zscore', keys.settledFlags, settled ? flagMember(settled.atMs, id) : open],
    ];
  },
  judge({ settled }, replies) {
    const [isOpen, isSettled] = replies.map((reply) => text(reply) !== null);
    const fits = settled ? isSettled && !isOpen : isOpen && !isSettled;
    return fits ? [] : [`is not listed as ${settled ? 'settled' : 'open'}, or not only so`];
  },
};

/** Sets of entries for agents to look at. */
export const flags: Invariant = itemInvariant({
  things: 'flags',
  one: 'flag',
  container: 'hash',
  key: ({ keys }) => keys.flags,
  decode: ({ id }, raw) => decodeFlag(id, raw),
  judges: [listed],
});

/** Whatever a list of flags names is there. */
function listOfFlags(things: string, key: (context: CheckContext) => string): Invariant {
  return itemInvariant({
    things,
    one: things.replace(/s$/, ''),
    container: 'zset',
    key,
    decode: ({ id }) => ({ flag: id.slice(id.indexOf(':') + 1) }),
    judges: [
      {
        name: 'flags',
        needs: ({ flag }, { keys }) => [['hexists', keys.flags, flag]],
        judge: (_value, [exists]) => (exists === 1 ? [] : ['names a set that is not there']),
      },
    ],
  });
}

export const openFlags = listOfFlags('open flags', ({ keys }) => keys.openFlags);
export const settledFlags = listOfFlags('settled flags', ({ keys }) => keys.settledFlags);
