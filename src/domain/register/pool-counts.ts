import type { Entry } from '../../allocator/types.ts';
import type { Identifier } from '../../base/types.ts';
import type { PriorityGround } from '../priorities/state.ts';

// What the register says of the pool of a draw: counts, and none so small that it points at persons.

/** Entries of a pool that have priority, by request type. */
export interface PriorityCounts {
  /** Request types with at least `FEWEST_SHOWN` of them. */
  readonly counts: Readonly<Record<Identifier, number>>;
  /** Those of all the other request types together. */
  readonly other: number;
  /** The same entries once more, by ground: those of `groundCounts`. */
  readonly grounds: Readonly<Partial<Record<PriorityGround, number>>>;
  /** Those of all the other grounds together. */
  readonly otherGrounds: number;
}

/** Entries of a pool by how they came: online, by which desk, by which kind of helper. */
export interface ChannelCounts {
  /** Channels with at least `FEWEST_SHOWN` of them. */
  readonly channels: Readonly<Record<string, number>>;
  /** Those of all the other channels together. */
  readonly other: number;
}

/** Parties of a pool, of two people or more, by request type. */
export interface PartyCounts {
  readonly parties: Readonly<Record<Identifier, PartySizes>>;
}

/** How many parties of one request type have which size. */
interface PartySizes {
  /** Sizes with at least `FEWEST_SHOWN` of them. */
  readonly sizes: Readonly<Record<string, number>>;
  /** Those of all the other sizes together. */
  readonly other: number;
}

/** Fewer than this could point at persons: they are counted together. */
export const FEWEST_SHOWN = 5;

/** Counts the entries of a pool that have priority, by request type. Pure. */
export function priorityCounts(
  entries: readonly Entry[],
): Pick<PriorityCounts, 'counts' | 'other'> {
  const prior = entries.filter(({ priority }) => priority);
  const { shown, other } = countApart(prior.map(({ requestType }) => requestType));
  return { counts: shown, other };
}

/**
 * Counts the grounds of those entries. A ground may be an illness: where the rare ones together are
 * still fewer than `FEWEST_SHOWN`, the rarest of those shown goes with them. Pure.
 */
export function groundCounts(
  grounds: readonly PriorityGround[],
): Pick<PriorityCounts, 'grounds' | 'otherGrounds'> {
  const { shown, other } = countApart(grounds);
  const [[rarest, count] = []] = Object.entries(shown).sort(([, a], [, b]) => a - b);
  if (rarest === undefined || count === undefined || other === 0 || other >= FEWEST_SHOWN) {
    return { grounds: shown, otherGrounds: other };
  }
  const { [rarest as PriorityGround]: _hidden, ...rest } = shown; // a key of what it came from
  return { grounds: rest, otherGrounds: other + count };
}

/** Counts how the entries of a pool came. Pure. */
export function channelCounts(origins: Iterable<string>): ChannelCounts {
  const { shown, other } = countApart(origins);
  return { channels: shown, other };
}

/** Counts the parties of a pool; undefined where everybody comes alone. Pure. */
export function partyCounts(entries: Iterable<Entry>): PartyCounts | undefined {
  const sizes = new Map<Identifier, string[]>();
  for (const { requestType, party } of entries) {
    if (party === undefined) continue;
    const found = sizes.get(requestType);
    if (found) found.push(String(party));
    else sizes.set(requestType, [String(party)]);
  }
  if (sizes.size === 0) return undefined;
  const rows = [...sizes].map(([requestType, all]) => {
    const { shown, other } = countApart(all);
    return [requestType, { sizes: shown, other }] as const;
  });
  return { parties: Object.fromEntries(rows) };
}

/** How often each name occurs; the rare ones together. */
function countApart<Name extends string>(names: Iterable<Name>) {
  const all = new Map<Name, number>();
  for (const name of names) all.set(name, (all.get(name) ?? 0) + 1);
  const often = [...all].filter(([, count]) => count >= FEWEST_SHOWN);
  const sum = (counts: Iterable<number>) => [...counts].reduce((total, one) => total + one, 0);
  const other = sum(all.values()) - sum(often.map(([, count]) => count));
  // Its keys are names of the list, though not all of them.
  return { shown: Object.fromEntries(often) as Record<Name, number>, other };
}
