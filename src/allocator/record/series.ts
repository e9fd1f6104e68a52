import type { Identifier } from '../../base/types.ts';
import type { Entry, Manifest } from '../types.ts';
import { createPast, following, type Past, type SeriesDraw } from './series-past.ts';

export type { SeriesDraw } from './series-past.ts';

/** Leaves of a register by which a new entry may have missed draws (v2 §9). */
export type SeriesLeaf =
  | {
      readonly kind: 'carried';
      readonly from: Identifier;
      readonly to: Identifier;
      readonly missed: number;
    }
  | { readonly kind: 'credited'; readonly entry: Identifier; readonly missed: number };

/** What a series that holds together says, in numbers. */
export interface SeriesSummary {
  /** Draws of v2 that were compared with those before them. */
  readonly compared: number;
  readonly carried: number;
  readonly credited: number;
  /** Entries whose priority, or whose size of party, is another one than in their draw before. */
  readonly priorityChanges: number;
  readonly partyChanges: number;
}

/** Ends a comparison at an entry of a draw that does not say what follows from the earlier ones. */
export class SeriesDifference extends Error {
  override readonly name = 'SeriesDifference';
}

/** Compares the draws of one prefecture, one after the other. */
export interface Series {
  /** Ids of entries in a draw of v1: their first draw of v2 takes `missed` as it stands. */
  seeFirst(entries: readonly Entry[]): void;
  /** The next draw of v2. @throws SeriesDifference at its first entry, by id, that is wrong. */
  see(draw: SeriesDraw): void;
  summary(): SeriesSummary;
}

type Carried = Extract<SeriesLeaf, { kind: 'carried' }>;

interface State {
  /** By entry: how the last draw of v2 in which it took part left it. */
  readonly pasts: Map<Identifier, Past>;
  readonly inV1: Set<Identifier>;
  /** By the new entry. */
  readonly leavesTo: ReadonlyMap<Identifier, readonly SeriesLeaf[]>;
  /** Of `carried`, by the old one. */
  readonly leavesFrom: ReadonlyMap<Identifier, readonly Carried[]>;
  /** Entries that were carried to another one as a whole: they are in no later draw. */
  readonly gone: Map<Identifier, Identifier>;
  readonly counts: { -readonly [member in keyof SeriesSummary]: SeriesSummary[member] };
  isFirst: boolean;
}

/**
 * Opens a series (v2 §9): draws are shown in the order of `frozenAt`, void ones never. The first draw
 * of v2 is taken as it stands.
 */
export function openSeries(leaves: readonly SeriesLeaf[]): Series {
  const state: State = {
    pasts: new Map(),
    inV1: new Set(),
    leavesTo: Map.groupBy(leaves, (leaf) => (leaf.kind === 'carried' ? leaf.to : leaf.entry)),
    leavesFrom: Map.groupBy(
      leaves.filter((leaf) => leaf.kind === 'carried'),
      ({ from }) => from,
    ),
    gone: new Map(),
    counts: { compared: 0, carried: 0, credited: 0, priorityChanges: 0, partyChanges: 0 },
    isFirst: true,
  };
  return {
    seeFirst(entries) {
      for (const { id } of entries) state.inV1.add(id);
    },
    see: (draw) => see(state, draw),
    summary: () => state.counts,
  };
}

function see(state: State, draw: SeriesDraw): void {
  const { pasts, counts } = state;
  const { manifest, entries } = draw;
  if (!state.isFirst) {
    counts.compared += 1;
    const here = new Map(entries.map((entry) => [entry.id, entry]));
    for (const entry of entries) compare(state, entry, manifest, here);
  }
  state.isFirst = false;
  const pastOf = createPast(draw);
  for (const entry of entries) pasts.set(entry.id, pastOf(entry, pasts.get(entry.id)));
}

function compare(
  state: State,
  entry: Entry,
  manifest: Manifest,
  here: ReadonlyMap<Identifier, Entry>,
): void {
  const { pasts, counts, gone } = state;
  const differ = (what: string): never => {
    throw new SeriesDifference(`draw ${manifest.draw}, entry ${entry.id}: ${what}`);
  };
  const carriedTo = gone.get(entry.id);
  if (carriedTo !== undefined) differ(`was carried to ${carriedTo} before`);
  const past = pasts.get(entry.id);
  if (!past) {
    if (state.inV1.has(entry.id)) return;
    if (entry.owed) differ('is new, and owed');
    if (entry.resting) differ('is new, and resting');
    const wrong = entry.missed > 0 ? wrongMisses(state, entry, manifest, here) : undefined;
    if (wrong !== undefined) differ(wrong);
    return;
  }
  const expected = nearest(past, manifest, entry);
  if (entry.missed !== expected.missed) {
    differ(`missed is ${entry.missed}, from draw ${past.draw} follows ${expected.missed}`);
  }
  for (const name of ['owed', 'resting'] as const) {
    if ((entry[name] ?? false) === expected[name]) continue;
    differ(`is ${expected[name] ? 'not ' : ''}${name}, from draw ${past.draw} follows otherwise`);
  }
  if (entry.priority !== past.entry.priority) counts.priorityChanges += 1;
  if (entry.party !== past.entry.party) counts.partyChanges += 1;
}

/**
 * What follows from an earlier draw. What happened in the second of the freeze may have come before it or
 * after: either is right, the same for all that the entry says.
 */
function nearest(past: Past, manifest: Manifest, entry: Entry) {
  const strict = following(past, manifest);
  const fits = ({ missed, owed, resting }: typeof strict) =>
    entry.missed === missed &&
    (entry.owed ?? false) === owed &&
    (entry.resting ?? false) === resting;
  if (fits(strict)) return strict;
  const inSecond = following(past, manifest, 'before');
  return fits(inSecond) ? inSecond : strict;
}

/** Why a new entry may not have the misses that it has; undefined: a leaf of the register says why. */
function wrongMisses(
  { pasts, leavesTo, leavesFrom, gone, counts }: State,
  entry: Entry,
  manifest: Manifest,
  here: ReadonlyMap<Identifier, Entry>,
): string | undefined {
  const [leaf, ...others] = leavesTo.get(entry.id) ?? [];
  if (!leaf) return `is new, and missed is ${entry.missed} without a leaf of the register`;
  if (others.length > 0) return `is new, and has ${others.length + 1} leaves of the register`;
  if (leaf.missed !== entry.missed)
    return `missed is ${entry.missed}, its leaf says ${leaf.missed}`;
  if (leaf.kind === 'credited') {
    counts.credited += 1;
    return undefined;
  }
  const { from } = leaf;
  const past = pasts.get(from);
  if (!past) return `is carried from ${from}, which is in no earlier draw`;
  const { missed } = following(past, manifest);
  const inSecond = following(past, manifest, 'before').missed;
  if (leaf.missed !== missed && leaf.missed !== inSecond)
    return `is carried from ${from}, which would have missed ${missed}`;
  const rest = here.get(from);
  const shares = leavesFrom.get(from) ?? [];
  if (!rest) {
    if (shares.length > 1) return `is carried from ${from}, which is carried to others too`;
    gone.set(from, entry.id);
  } else {
    const left = shares.filter(({ to }) => here.has(to) && !pasts.has(to)).length;
    const size = past.entry.party ?? 1;
    if ((rest.party ?? 1) !== size - left) {
      return `is carried from ${from}, which is not smaller by as many`;
    }
  }
  counts.carried += 1;
  return undefined;
}
