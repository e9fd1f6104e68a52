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

/** Sorts by the first 52 bits, which tell almost any two entries apart; text decides the rest. */
function sortRanked(ranked: readonly RankedEntry[]): RankedEntry[] {
  const keys = new Float64Array(ranked.length);
  const order = new Uint32Array(ranked.length);
  for (let index = 0; index < ranked.length; index++) {
    keys[index] = sortKey(ranked[index] as RankedEntry); // in range
    order[index] = index;
  }
  order.sort((a, b) => {
    const difference = (keys[a] ?? 0) - (keys[b] ?? 0);
    return difference === 0 ? compareTies(ranked[a], ranked[b]) : difference;
  });
  return Array.from(order, (index) => ranked[index] as RankedEntry); // in range
}

function smallestTicket(entry: Entry, count: number, seed: Hex256, sha256: Sha256): Hex256 {
  let smallest = ticketOf(seed, entry.id, 0, sha256);
  for (let k = 1; k < count; k++) {
    const ticket = ticketOf(seed, entry.id, k, sha256);
    if (ticket < smallest) smallest = ticket;
  }
  return smallest;
}

/** The first 48 bits of the number, with a bit above them for those who are not guaranteed. */
function sortKey({ number, guaranteed }: RankedEntry): number {
  const prefix = Number.parseInt(number.slice(0, 12), 16);
  return guaranteed ? prefix : prefix + 2 ** 48;
}

function compareTies(a: RankedEntry | undefined, b: RankedEntry | undefined): number {
  if (!a || !b) return 0;
  if (a.number !== b.number) return a.number < b.number ? -1 : 1;
  return a.entry.id < b.entry.id ? -1 : 1;
}
