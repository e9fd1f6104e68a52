import { decodeSuspension } from '../absences/codec.ts';
import { Appeal } from '../absences/store.ts';
import { decodeAgentKey } from '../agents/store.ts';
import { decodePriority } from '../priorities/store.ts';
import { decodeSlot } from '../slots/codec.ts';
import { itemInvariant, type Judge } from './items.ts';
import { decodeQuietly } from './named-entries.ts';
import { text } from './read.ts';
import type { Invariant } from './types.ts';

/** Keys of agents can be read. */
export const agents: Invariant = itemInvariant({
  things: 'agents',
  one: 'agent',
  container: 'hash',
  key: ({ keys }) => keys.agents,
  decode: ({ id }, raw) => decodeAgentKey(id, raw),
  judges: [],
});

/** Who sits out draws can be read. */
export const suspensions: Invariant = itemInvariant({
  things: 'suspensions',
  one: 'suspension',
  container: 'hash',
  key: ({ keys }) => keys.suspensions,
  decode: (_item, raw) => decodeSuspension(raw),
  judges: [],
});

/** Slots can be read. Their places: places.ts. */
export const slots: Invariant = itemInvariant({
  things: 'slots',
  one: 'slot',
  container: 'hash',
  key: ({ keys }) => keys.slots,
  decode: ({ id }, raw) => decodeSlot(id, raw),
  judges: [],
});

/** What is kept for an entry, and goes with it. */
const ofAnEntry: Judge<{ readonly entry: string }> = {
  name: 'what goes with an entry',
  needs: ({ entry }, { keys }) => [['hget', keys.entries, entry]],
  judge({ entry }, [reply]) {
    const raw = text(reply);
    if (raw === null) return ['is of an entry that is not there'];
    return decodeQuietly(entry, raw)?.state === 'erased' ? ['is of an entry that was erased'] : [];
  },
};

/** Priorities can be read, and go with their entry. */
export const priorities: Invariant = itemInvariant({
  things: 'priorities',
  one: 'priority',
  container: 'hash',
  key: ({ keys }) => keys.priorities,
  decode: ({ id }, raw) => ({ ...decodePriority(raw), entry: id }),
  judges: [ofAnEntry],
});

/** Appeals likewise: their text is personal. */
export const appeals: Invariant = itemInvariant({
  things: 'appeals',
  one: 'appeal',
  container: 'hash',
  key: ({ keys }) => keys.appeals,
  decode: ({ id }, raw) => ({ ...Appeal.parse(JSON.parse(raw)), entry: id }),
  judges: [ofAnEntry],
});
