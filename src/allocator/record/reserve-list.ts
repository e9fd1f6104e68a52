import type { Identifier } from '../../base/types.ts';
import { isAccepted, type LocalStart, localStart } from '../draw/eligibility.ts';
import type { Accepts, Entry, Slot } from '../types.ts';

/** Up to this many different availabilities, each is compared with a moment only once. */
const rememberedAvailabilities = 1024;

/** Everyone of a draw in rank order, less those who were offered a place or have withdrawn. */
export interface ReserveList {
  /** The request type of an entry of this draw, or undefined if there is no such entry. */
  requestTypeOf(entry: Identifier): Identifier | undefined;
  /** Takes an entry off the list for good. */
  remove(entry: Identifier): void;
  /** The best-ranked entry on the list that is eligible for the slot and whose type is open. */
  first(slot: Slot, isOpen: (requestType: Identifier) => boolean): Identifier | undefined;
}

/** How far the list of one request type was searched for slots of one site and moment. */
interface Cursor {
  position: number;
  readonly isEligible: (rank: number) => boolean;
}

/**
 * Lays out the ranking so that the first eligible entry is found quickly, a million entries long.
 *
 * Nobody who leaves the list comes back, and eligibility never changes. So each request type, site
 * and moment remembers how far it has searched, and passes every entry at most once.
 *
 * @throws Error if ranking and entries are not the same ids.
 */
export function createReserveList(
  entries: readonly Entry[],
  ranking: readonly Identifier[],
): ReserveList {
  const { rankOf, typeOf, availabilityOf, types, availabilities } = index(entries, ranking);
  const isGone = new Uint8Array(ranking.length);
  const ranksByType = groupRanks(typeOf, types);
  const cursors = new Map<string, Cursor>();

  const openCursor = (slot: Slot): Cursor => {
    const isMatch = matcher(slot.site, localStart(slot.start), availabilities);
    return { position: 0, isEligible: (rank) => isMatch(availabilityOf[rank] ?? 0) };
  };
  const head = (requestType: Identifier, slot: Slot): number => {
    const ranks = ranksByType.get(requestType);
    if (!ranks) return Number.POSITIVE_INFINITY;
    const key = `${requestType} ${slot.site} ${slot.start.slice(0, 19)}`;
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
    requestTypeOf(entry) {
      const rank = rankOf.get(entry);
      return rank === undefined ? undefined : types[typeOf[rank] ?? 0];
    },
    remove(entry) {
      const rank = rankOf.get(entry);
      if (rank !== undefined) isGone[rank] = 1;
    },
    first(slot, isOpen) {
      const heads = slot.requestTypes.filter(isOpen).map((type) => head(type, slot));
      return ranking[Math.min(...heads)];
    },
  };
}

interface Index {
  readonly rankOf: ReadonlyMap<Identifier, number>;
  /** By rank: where the entry's request type stands in `types`. */
  readonly typeOf: Uint32Array;
  /** By rank: where what the entry accepts stands in `availabilities`. */
  readonly availabilityOf: Uint32Array;
  readonly types: readonly Identifier[];
  readonly availabilities: readonly (Accepts | undefined)[];
}

function index(entries: readonly Entry[], ranking: readonly Identifier[]): Index {
  if (entries.length !== ranking.length) throw new Error('ranking and entries differ in length');
  const rankOf = new Map<Identifier, number>();
  for (const [rank, id] of ranking.entries()) rankOf.set(id, rank);
  const typeOf = new Uint32Array(ranking.length);
  const availabilityOf = new Uint32Array(ranking.length);
  const types = new Map<Identifier, number>();
  const availabilities = new Map<string, number>();
  const acceptsOf: (Accepts | undefined)[] = [];
  for (const { id, requestType, accepts } of entries) {
    const rank = rankOf.get(id);
    if (rank === undefined) throw new Error(`entry ${id} is not ranked`);
    typeOf[rank] = positionOf(types, requestType);
    const availability = positionOf(availabilities, accepts ? JSON.stringify(accepts) : '');
    availabilityOf[rank] = availability;
    if (availability === acceptsOf.length) acceptsOf.push(accepts);
  }
  return { rankOf, typeOf, availabilityOf, types: [...types.keys()], availabilities: acceptsOf };
}

function positionOf(positions: Map<string, number>, key: string): number {
  const known = positions.get(key);
  if (known !== undefined) return known;
  positions.set(key, positions.size);
  return positions.size - 1;
}

function groupRanks(
  typeOf: Uint32Array,
  types: readonly Identifier[],
): ReadonlyMap<Identifier, readonly number[]> {
  const groups = types.map((type): [Identifier, number[]] => [type, []]);
  for (const [rank, type] of typeOf.entries()) groups[type]?.[1].push(rank);
  return new Map(groups);
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
