import { type DecidedDraw, type Reason, reasonFinder } from '../../allocator/draw/reason.ts';
import type { Identifier } from '../../base/types.ts';

/** What a draw came to for one entry. */
export type EntryOutcome = 'drawn' | Reason;

/** What every outcome is kept as: its number in this list. A new one comes last. */
export const ENTRY_OUTCOMES = [
  'drawn',
  'no_slot_for_type',
  'availability_too_narrow',
  'cap_reached',
  'rank_too_low',
  'party_too_large',
] as const satisfies readonly EntryOutcome[];

/** Reasons that hold whatever the rank. */
const EXCLUDING: readonly EntryOutcome[] = [
  'no_slot_for_type',
  'availability_too_narrow',
  'party_too_large',
];

/** Whether an entry could come to none of the slots, whatever its rank. Pure. */
export function isExcluded(outcome: EntryOutcome): boolean {
  return EXCLUDING.includes(outcome);
}

/** How far the places of one request type went. Ranks count from 1; 0: nobody. */
export interface TypeStanding {
  readonly requestType: Identifier;
  readonly entries: number;
  /** The last rank drawn, among all entries and among those of the type. */
  readonly lastRank: number;
  readonly lastRankInType: number;
}

/** Where each entry stands after a draw, by its position in `entries`: columns, for a million rows. */
export interface Standings {
  /** From 1, among all entries. */
  readonly ranks: Uint32Array;
  /** From 1, among those of its request type. */
  readonly ranksInType: Uint32Array;
  /** Numbers in `ENTRY_OUTCOMES`. */
  readonly outcomes: Uint8Array;
  /** Numbers in `types`. */
  readonly typeOf: Uint32Array;
  readonly types: readonly TypeStanding[];
}

/** Where every entry of a draw stands, and why it was not drawn. Linear in the draw. Pure. */
export function standingsOf(draw: DecidedDraw): Standings {
  const { entries, ranking, winners } = draw;
  const positions = new Map(entries.map(({ id }, position) => [id, position]));
  const typeNumbers = new Map<Identifier, number>();
  const columns = {
    ranks: new Uint32Array(entries.length),
    ranksInType: new Uint32Array(entries.length),
    outcomes: new Uint8Array(entries.length),
    typeOf: new Uint32Array(entries.length),
  };
  const types: { -readonly [member in keyof TypeStanding]: TypeStanding[member] }[] = [];
  const reasonOf = reasonFinder(draw);
  let better = 0;
  for (const [before, id] of ranking.entries()) {
    const position = positions.get(id);
    const entry = position === undefined ? undefined : entries[position];
    if (position === undefined || !entry) throw new Error(`entry ${id} is not of this draw`);
    const number = typeNumbers.get(entry.requestType) ?? types.length;
    typeNumbers.set(entry.requestType, number);
    types[number] ??= {
      requestType: entry.requestType,
      entries: 0,
      lastRank: 0,
      lastRankInType: 0,
    };
    const type = types[number];
    type.entries += 1;
    columns.ranks[position] = before + 1;
    columns.ranksInType[position] = type.entries;
    columns.typeOf[position] = number;
    if (winners[better]?.entry === id) {
      better += 1;
      type.lastRank = before + 1;
      type.lastRankInType = type.entries;
    } else {
      columns.outcomes[position] = ENTRY_OUTCOMES.indexOf(reasonOf(entry, better));
    }
  }
  return { ...columns, types };
}
