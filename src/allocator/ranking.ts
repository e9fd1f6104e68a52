import type { Sha256 } from './sha256.ts';
import type { Entry, Hex256, Rules } from './types.ts';

export interface RankedEntry {
  readonly entry: Entry;
  /** The entry's smallest ticket, 64 lowercase hex digits. */
  readonly number: Hex256;
  /** Ranked ahead of all the others, for having missed many draws. */
  readonly guaranteed: boolean;
}

/** Ticket `k` (from 0) of an entry: what `printf %s "$seed:$id:$k" | sha256sum` prints. Pure. */
export function ticketOf(seed: Hex256, entryId: string, k: number, sha256: Sha256): Hex256 {
  return sha256.hex(`${seed}:${entryId}:${k}`);
}

/** How many tickets an entry holds, 1 or more (lottery/v1 §3). Pure. */
export function ticketCount({ missed }: Entry, { ageing }: Rules): number {
  return Math.min(ageing?.maxTickets ?? 1, 1 + (ageing?.ticketsPerMiss ?? 0) * missed);
}

/** Entries in rank order (lottery/v1 §3), whatever order they come in. Pure. */
export function rankEntries(
  entries: readonly Entry[],
  rules: Rules,
  seed: Hex256,
  sha256: Sha256,
): RankedEntry[] {
  const guaranteeAfter = rules.ageing?.guaranteeAfter ?? Number.POSITIVE_INFINITY;
  const ranked: RankedEntry[] = [];
  for (const entry of entries) {
    const number = smallestTicket(entry, ticketCount(entry, rules), seed, sha256);
    ranked.push({ entry, number, guaranteed: entry.missed >= guaranteeAfter });
  }
  return sortRanked(ranked);
}

/**
 * Sorts one number for each entry, natively: the first bits of its rank, then, in as many bits as it
 * takes, where the entry stands in the list. The few that agree in their first bits are then put in
 * order by the whole text.
 */
function sortRanked(ranked: readonly RankedEntry[]): RankedEntry[] {
  const span = 2 ** Math.ceil(Math.log2(ranked.length + 1));
  // Rank and place together fill the 53 bits of an exact integer.
  const divisor = 2 ** rankBits / (2 ** 53 / span);
  const keys = new Float64Array(ranked.length);
  for (let index = 0; index < ranked.length; index++) {
    const rank = Math.floor(rankKey(ranked[index] as RankedEntry) / divisor); // in range
    keys[index] = rank * span + index;
  }
  keys.sort();
  const sorted: RankedEntry[] = [];
  let [firstTie, tiedRank] = [0, -1];
  for (const key of keys) {
    const rank = Math.floor(key / span);
    if (rank !== tiedRank) {
      sortFrom(sorted, firstTie);
      [firstTie, tiedRank] = [sorted.length, rank];
    }
    sorted.push(ranked[key % span] as RankedEntry); // in range
  }
  sortFrom(sorted, firstTie);
  return sorted;
}

/** Puts the end of a list in order, from an index on. */
function sortFrom(ranked: RankedEntry[], from: number): void {
  if (ranked.length - from < 2) return;
  ranked.push(...ranked.splice(from).sort(compareRanked));
}

function smallestTicket(entry: Entry, count: number, seed: Hex256, sha256: Sha256): Hex256 {
  let smallest = ticketOf(seed, entry.id, 0, sha256);
  for (let k = 1; k < count; k++) {
    const ticket = ticketOf(seed, entry.id, k, sha256);
    if (ticket < smallest) smallest = ticket;
  }
  return smallest;
}

const rankBits = 49;

/** The first 48 bits of the number, and a bit above them for those who are not guaranteed. */
function rankKey({ number, guaranteed }: RankedEntry): number {
  const prefix = Number.parseInt(number.slice(0, 12), 16);
  return guaranteed ? prefix : prefix + 2 ** 48;
}

function compareRanked(a: RankedEntry, b: RankedEntry): number {
  if (a.guaranteed !== b.guaranteed) return a.guaranteed ? -1 : 1;
  if (a.number !== b.number) return a.number < b.number ? -1 : 1;
  return a.entry.id < b.entry.id ? -1 : 1;
}
