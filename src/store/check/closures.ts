import type { ClosureRecord } from '../../domain/closures/closure.ts';
import type { SlotClosure } from '../../domain/slots/closure.ts';
import { decodeClosure } from '../closures/codec.ts';
import { decodeSlotClosure } from '../slots/closed.ts';
import { itemInvariant, type Judge } from './items.ts';
import { text, whole } from './read.ts';
import type { Invariant } from './types.ts';

/** A closure is listed at its time, and among the open ones until everybody was told. */
const listed: Judge<ClosureRecord> = {
  name: 'closures',
  needs: ({ id }, { keys }) => [
    ['zscore', keys.closureTimes, id],
    ['zscore', keys.openClosures, id],
    ['llen', keys.closureSlots(id)],
  ],
  judge({ atMs, slots, doneAtMs }, [time = null, open = null, staged = null]) {
    const isOpen = text(open) !== null;
    const faults = Number(text(time)) === atMs ? [] : ['is not listed at its time'];
    if (isOpen === (doneAtMs !== undefined)) faults.push('is open and done, or neither');
    const left = whole(staged ?? 0);
    if (left !== (isOpen ? slots : 0)) faults.push(`keeps ${left} of its ${slots} slots`);
    return faults;
  },
};

/** Closures of slots. */
export const closures: Invariant = itemInvariant({
  things: 'closures',
  one: 'closure',
  container: 'hash',
  key: ({ keys }) => keys.closures,
  decode: ({ id }, raw) => decodeClosure(id, raw),
  judges: [listed],
});

/** A slot is closed by a closure that is there, which says the same cause; and has no free places. */
const ofClosure: Judge<SlotClosure & { readonly slot: string }> = {
  name: 'closed slots',
  needs: ({ id, slot }, { keys }) => [
    ['hget', keys.closures, id],
    ['hexists', keys.places, slot],
  ],
  judge({ id, cause }, [raw = null, free = null]) {
    const stored = text(raw);
    if (stored === null) return ['is closed by a closure that is not there'];
    const same = decodeQuietly(id, stored)?.cause === cause;
    return [
      ...(same ? [] : ['is closed for another cause than its closure']),
      ...(whole(free ?? 0) === 1 ? ['is closed and has places for the next draw'] : []),
    ];
  },
};

export const closedSlots: Invariant = itemInvariant({
  things: 'closed slots',
  one: 'closed slot',
  container: 'hash',
  key: ({ keys }) => keys.closedSlots,
  decode: ({ id }, raw) => ({ ...decodeSlotClosure(raw), slot: id }),
  judges: [ofClosure],
});

function decodeQuietly(id: string, raw: string): ClosureRecord | undefined {
  try {
    return decodeClosure(id, raw);
  } catch {
    return undefined; // said of the closure itself
  }
}
