import type { Identifier } from '../../base/types.ts';
import { isAccepted, type LocalStart, localStart, placesOf } from '../draw/eligibility.ts';
import type { Accepts, Entry, Slot } from '../types.ts';

/** Up to this many different availabilities, each is compared with a moment only once. */
const rememberedAvailabilities = 1024;

/** What decides, beside rank and availability, who may take a place. */
export interface EntryKind {
  readonly requestType: Identifier;
  /** As many as it has people. */
  readonly places: number;
}

/** Everyone of a draw in rank order, less those who won, were offered a place or have left. */
export interface ReserveList {
  /** Request type and size of an entry of this draw, or undefined if there is no such entry. */
  kindOf(entry: Identifier): EntryKind | undefined;
  /** Takes an entry off the list for good. */
  remove(entry: Identifier): void;
  /** The best-ranked entry on the list that is eligible for the slot and of a kind that may. */
  first(
    slot: Slot,
    may: (requestType: Identifier, places: number) => boolean,
  ): Identifier | undefined;
}

/** How far the list of one kind was searched for slots of one site and moment. */
interface Cursor {
  position: number;
  readonly isEligible: (rank: number) => boolean;
}

/**
 * Lays out the ranking so that the first eligible entry is found quickly, a million entries long.
 *
 * Nobody who leaves the list comes back, and eligibility never changes. So each kind of
 * entry, site and moment remembers how far it has searched, and passes every entry at most once.
 *
 * @throws Error if ranking and entries are not the same ids.
 */
export function createReserveList(
  entries: readonly Entry[],
  ranking: readonly Identifier[],
): ReserveList {
  const { rankOf, kindOf, availabilityOf, kinds, availabilities } = index(entries, ranking);
  const isGone = new Uint8Array(ranking.length);
  const groups = groupRanks(kindOf, kinds);
  const cursors = new Map<string, Cursor>();

  const openCursor = (slot: Slot): Cursor => {
    const isMatch = matcher(slot.site, localStart(slot.start), availabilities);
    return { position: 0, isEligible: (rank) => isMatch(availabilityOf[rank] ?? 0) };
  };
  const head = ({ requestType, places, ranks }: Group, slot: Slot): number => {
    const key = `${requestType} ${places} ${slot.site} ${slot.start.slice(0, 19)}`;
    const cursor = cursors.get(key) ?? openCursor(slot);
    cursors.set(key, cursor);
    while (cursor.position < ranks.length) {
      const rank = ranks[cursor.position] ?? 0;
      if (isGone[rank] === 0 && cursor.isEligible(rank)) return rank;
      cursor.position++;
    }
    return Number.POSITIVE_INFINITY;
  };

  return {
    kindOf(entry) {
      const rank = rankOf.get(entry);
      return rank === undefined ? undefined : kinds[kindOf[rank] ?? 0];
    },
    remove(entry) {
      const rank = rankOf.get(entry);
      if (rank !== undefined) isGone[rank] = 1;
    },
    first(slot, may) {
      const heads = slot.requestTypes
        .flatMap((type) => groups.get(type) ?? [])
        .filter(({ requestType, places }) => may(requestType, places))
        .map((group) => head(group, slot));
      return ranking[Math.min(...heads)];
    },
  };
}

interface Index {
  readonly rankOf: ReadonlyMap<Identifier, number>;
  /** By rank: where the entry's kind stands in `kinds`. */
  readonly kindOf: Uint32Array;
  /** By rank: where what the entry accepts stands in `availabilities`. */
  readonly availabilityOf: Uint32Array;
  readonly kinds: readonly EntryKind[];
  readonly availabilities: readonly (Accepts | undefined)[];
}

function index(entries: readonly Entry[], ranking: readonly Identifier[]): Index {
  if (entries.length !== ranking.length) throw new Error('ranking and entries differ in length');
  const rankOf = new Map<Identifier, number>();
  for (const [rank, id] of ranking.entries()) rankOf.set(id, rank);
  const kindOf = new Uint32Array(ranking.length);
  const availabilityOf = new Uint32Array(ranking.length);
  const positions = new Map<string, number>();
  const kinds: EntryKind[] = [];
  const availabilities = new Map<string, number>();
  const acceptsOf: (Accepts | undefined)[] = [];
  for (const entry of entries) {
    const { id, requestType, accepts } = entry;
    const rank = rankOf.get(id);
    if (rank === undefined) throw new Error(`entry ${id} is not ranked`);
    const places = placesOf(entry);
    const kind = positionOf(positions, places === 1 ? requestType : `${requestType} ${places}`);
    kindOf[rank] = kind;
    if (kind === kinds.length) kinds.push({ requestType, places });
    const availability = positionOf(availabilities, accepts ? JSON.stringify(accepts) : '');
    availabilityOf[rank] = availability;
    if (availability === acceptsOf.length) acceptsOf.push(accepts);
  }
  return { rankOf, kindOf, availabilityOf, kinds, availabilities: acceptsOf };
}

function positionOf(positions: Map<string, number>, key: string): number {
  const known = positions.get(key);
  if (known !== undefined) return known;
  positions.set(key, positions.size);
  return positions.size - 1;
}

/** Entries of one kind, by rank. */
interface Group extends EntryKind {
  readonly ranks: readonly number[];
}

/** By request type: its entries, those of each size apart. */
function groupRanks(
  kindOf: Uint32Array,
  kinds: readonly EntryKind[],
): ReadonlyMap<Identifier, readonly Group[]> {
  const groups = kinds.map((kind) => ({ ...kind, ranks: [] as number[] }));
  for (const [rank, kind] of kindOf.entries()) groups[kind]?.ranks.push(rank);
  return Map.groupBy(groups, ({ requestType }) => requestType);
}

/** Tells whether an availability (by position) accepts one site and moment. */
function matcher(
  site: Identifier,
  start: LocalStart,
  availabilities: readonly (Accepts | undefined)[],
): (availability: number) => boolean {
  const compare = (availability: number) => isAccepted(availabilities[availability], site, start);
  if (availabilities.length > rememberedAvailabilities) return compare;
  // Zeroes mean not compared yet.
  const answers = new Uint8Array(availabilities.length);
  return (availability) => {
    if (answers[availability] === 0) answers[availability] = compare(availability) ? 2 : 1;
    return answers[availability] === 2;
  };
}
