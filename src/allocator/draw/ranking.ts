import type { Sha256 } from '../../base/sha256.ts';
import type { Hex256 } from '../../base/types.ts';
import type { Entry, Rules } from '../types.ts';

export interface RankedEntry {
  readonly entry: Entry;
  /** The entry's smallest ticket, 64 lowercase hex digits. */
  readonly number: Hex256;
  /** Ranked ahead of those who are not, for having missed many draws. */
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

/** Entries in rank order (§3) with their numbers, whatever order they come in. Pure. */
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
  const ordered = new Array<T>(order.length);
  for (let rank = 0; rank < order.length; rank++) {
    ordered[rank] = items[order[rank] ?? 0] as T; // in range
  }
  return ordered;
}

/** Whether an entry is ranked as guaranteed (§3): in v2 not while it rests. Pure. */
export function isGuaranteed({ missed, resting }: Entry, { ageing }: Rules): boolean {
  return !resting && missed >= (ageing?.guaranteeAfter ?? Number.POSITIVE_INFINITY);
}

/** What comes before the number in the order of the ranking: the lower, the better. 0 to 3. */
function tierOf(entry: Entry, rules: Rules): number {
  return (entry.owed ? 0 : 2) + (isGuaranteed(entry, rules) ? 0 : 1);
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
  for (let index = 0; index < entries.length; index++) {
    // The first 48 bits of the number, and above them the two of the tier.
    const tier = tierOf(entries[index] as Entry, rules); // in range
    const rank = tier * 2 ** 48 + first48Bits(numberOf(index));
    keys[index] = Math.floor(rank / divisor) * span + index;
  }
  keys.sort();
  const compareTied = (a: number, b: number): number => {
    const [first, second] = [entries[a] as Entry, entries[b] as Entry]; // in range
    const tiers = tierOf(first, rules) - tierOf(second, rules);
    if (tiers !== 0) return tiers;
    const [number, other] = [numberOf(a), numberOf(b)];
    if (number !== other) return number < other ? -1 : 1;
    return first.id < second.id ? -1 : 1;
  };
  return settleTies(keys, span, compareTied);
}

const rankBits = 50;

const hexValues = new Uint8Array(128);
for (const [value, digit] of [...'0123456789abcdef'].entries()) {
  hexValues[digit.charCodeAt(0)] = value;
}

/** The first twelve hex digits, twice as fast as `parseInt` of a slice. */
function first48Bits(number: Hex256): number {
  let [high, low] = [0, 0];
  for (let digit = 0; digit < 6; digit++) {
    high = 16 * high + (hexValues[number.charCodeAt(digit)] ?? 0);
    low = 16 * low + (hexValues[number.charCodeAt(digit + 6)] ?? 0);
  }
  return 2 ** 24 * high + low;
}

/** Takes the places out of sorted keys, and sorts those whose keys agree in what is above them. */
function settleTies(
  keys: Float64Array,
  span: number,
  compare: (a: number, b: number) => number,
): Uint32Array {
  const order = new Uint32Array(keys.length);
  let from = 0;
  let rank = -1;
  for (let index = 0; index <= keys.length; index++) {
    const key = keys[index] ?? -1;
    const next = Math.floor(key / span);
    if (next !== rank) {
      if (index - from > 1) order.subarray(from, index).sort(compare);
      from = index;
      rank = next;
    }
    order[index] = key - next * span;
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
