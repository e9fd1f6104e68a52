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

/** Entries in rank order (lottery/v1 §3) with their numbers, whatever order they come in. Pure. */
export function rankEntries(
  entries: readonly Entry[],
  rules: Rules,
  seed: Hex256,
  sha256: Sha256,
): RankedEntry[] {
  const ranked = entries.map((entry) => ({
    entry,
    number: smallestTicket(entry, ticketCount(entry, rules), seed, sha256),
    guaranteed: isGuaranteed(entry, rules),
  }));
  return inOrder(
    ranked,
    rankOrder(entries, rules, (index) => ranked[index]?.number ?? ''),
  );
}

/** Entries in rank order alone: a million numbers need not be kept. Pure. */
export function sortByRank(
  entries: readonly Entry[],
  rules: Rules,
  seed: Hex256,
  sha256: Sha256,
): Entry[] {
  const numberOf = (index: number) => {
    const entry = entries[index] as Entry; // in range
    return smallestTicket(entry, ticketCount(entry, rules), seed, sha256);
  };
  return inOrder(entries, rankOrder(entries, rules, numberOf));
}

function inOrder<T>(items: readonly T[], order: Uint32Array): T[] {
  return Array.from(order, (index) => items[index] as T); // in range
}

function isGuaranteed({ missed }: Entry, { ageing }: Rules): boolean {
  return missed >= (ageing?.guaranteeAfter ?? Number.POSITIVE_INFINITY);
}

/**
 * Where the entries stand in the list, best rank first. Sorts one exact integer for each, natively:
 * the first bits of its rank, then, in as many bits as it takes, where it stands. The few that agree
 * in their first bits are then put in order by everything, for which their number is asked again.
 */
function rankOrder(
  entries: readonly Entry[],
  rules: Rules,
  numberOf: (index: number) => Hex256,
): Uint32Array {
  const span = 2 ** Math.ceil(Math.log2(entries.length + 1));
  const divisor = 2 ** rankBits / (2 ** 53 / span);
  const keys = new Float64Array(entries.length);
  for (const [index, entry] of entries.entries()) {
    // The first 48 bits of the number, and a bit above them for those who are not guaranteed.
    const prefix = Number.parseInt(numberOf(index).slice(0, 12), 16);
    const rank = isGuaranteed(entry, rules) ? prefix : prefix + 2 ** 48;
    keys[index] = Math.floor(rank / divisor) * span + index;
  }
  keys.sort();
  const compareTied = (a: number, b: number): number => {
    const [first, second] = [entries[a] as Entry, entries[b] as Entry]; // in range
    const isFirst = isGuaranteed(first, rules);
    if (isFirst !== isGuaranteed(second, rules)) return isFirst ? -1 : 1;
    const [number, other] = [numberOf(a), numberOf(b)];
    if (number !== other) return number < other ? -1 : 1;
    return first.id < second.id ? -1 : 1;
  };
  return settleTies(keys, span, compareTied);
}

const rankBits = 49;

/** Takes the places out of sorted keys, and sorts those whose keys agree in what is above them. */
function settleTies(
  keys: Float64Array,
  span: number,
  compare: (a: number, b: number) => number,
): Uint32Array {
  const order = Uint32Array.from(keys, (key) => key % span);
  let from = 0;
  for (let index = 1; index <= keys.length; index++) {
    const isTied = Math.floor((keys[index] ?? -1) / span) === Math.floor((keys[from] ?? -1) / span);
    if (isTied && index < keys.length) continue;
    if (index - from > 1) order.subarray(from, index).sort(compare);
    from = index;
  }
  return order;
}

function smallestTicket(entry: Entry, count: number, seed: Hex256, sha256: Sha256): Hex256 {
  let smallest = ticketOf(seed, entry.id, 0, sha256);
  for (let k = 1; k < count; k++) {
    const ticket = ticketOf(seed, entry.id, k, sha256);
    if (ticket < smallest) smallest = ticket;
  }
  return smallest;
}
