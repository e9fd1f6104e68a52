import type { EntryRecord, GivenUp } from './entry.ts';

// lottery/v2 §1 and §9: who gave up an offer while it was guaranteed is not ranked as guaranteed for
// some of the draws that it takes part in next. How many is a rule of each later draw.

type Rester = Pick<EntryRecord, 'givenUp'>;

/** The longest rest that a rule can ask for, in draws (`ageing.guaranteeRest`). */
const LONGEST_REST = 100;

/** Whether an entry rests in a draw with this rule. Pure. */
export function isResting({ givenUp = [] }: Rester, guaranteeRest: number): boolean {
  return givenUp.some(({ taken }) => taken < guaranteeRest);
}

/** An entry that gives up what draw `draw` had offered it while it was guaranteed. Pure. */
export function withGivenUp(entry: EntryRecord, draw: number): EntryRecord {
  return { ...entry, givenUp: [...(entry.givenUp ?? []), { draw, taken: 0 }] };
}

/** An entry that has taken part in one more draw. What no rule asks for any more is forgotten. Pure. */
export function withDrawTaken(entry: EntryRecord): EntryRecord {
  return counted(entry, ({ taken }) => taken + 1);
}

/** An entry as it is once draw `draw`, in which it was offered a place, counts for nothing. Pure. */
export function withoutRestOf(entry: EntryRecord, draw: number): EntryRecord {
  return counted(entry, ({ draw: of, taken }) =>
    of === draw ? undefined : Math.max(0, taken - 1),
  );
}

function counted(entry: EntryRecord, count: (of: GivenUp) => number | undefined): EntryRecord {
  const { givenUp, ...rest } = entry;
  if (!givenUp) return entry;
  const left = givenUp.flatMap((of) => {
    const taken = count(of);
    return taken === undefined || taken >= LONGEST_REST ? [] : [{ draw: of.draw, taken }];
  });
  return { ...rest, ...(left.length > 0 ? { givenUp: left } : {}) };
}
