import { createMerkleHasher } from '../../base/merkle.ts';
import type { Sha256 } from '../../base/sha256.ts';
import type { Hex256, Identifier } from '../../base/types.ts';
import { allocate, outcomeHash } from '../draw/draw.ts';
import { createInterner } from '../draw/intern.ts';
import type { Entry, Manifest, RecordEvent, Slot, Winner } from '../types.ts';
import { createEntryHasher } from './entry-hasher.ts';
import { slotLeaf } from './leaf.ts';
import { seedOf } from './manifest.ts';
import { Difference, type RecordSummary } from './verdict.ts';
import { wrongEntropy, wrongOrder, wrongPool, wrongRound } from './verify-checks.ts';
import {
  advance,
  at,
  type Cursor,
  differIf,
  expected,
  isVoid,
  type Reading,
  take,
} from './verify-cursor.ts';
import { type Happened, readEvents, readVoid } from './verify-events.ts';

/** A draw as it was recomputed from its record, once its outcome has been found right. */
export interface RecomputedDraw {
  readonly manifest: Manifest;
  /** By id. */
  readonly slots: readonly Slot[];
  /** By id. */
  readonly entries: readonly Entry[];
  readonly seed: Hex256;
  /** Every entry, best rank first. */
  readonly ranking: readonly Identifier[];
  /** In rank order. */
  readonly winners: readonly Winner[];
}

/** Is told what a verification has found right, for those who ask for more than its verdict. */
export interface RecordObserver {
  drawn(draw: RecomputedDraw): void;
  /** `at` is `YYYY-MM-DDTHH:MM:SSZ`. */
  happened(at: string, event: RecordEvent): void;
}

interface Deps {
  readonly sha256: Sha256;
  readonly observer?: RecordObserver | undefined;
  /** `YYYY-MM-DDTHH:MM:SSZ`: events of v2 after it are counted as future. */
  readonly now?: string | undefined;
}

/** What a record states before its entropy, found to agree. */
type Pool = Pick<RecomputedDraw, 'manifest' | 'slots' | 'entries'>;
type Outcome = Pick<RecomputedDraw, 'seed' | 'ranking' | 'winners'>;

/**
 * Recomputes a record from its manifest, slot, entry and entropy lines, compares, and replays its
 * events. Well-formed lines go in, the summary comes out.
 *
 * A difference is named at the line that states what does not follow from the others. In the order
 * in which they are compared, each before the next:
 * - a chain that is not drand quicknet, a round already known at the freeze: the manifest, line 1;
 * - a slot or entry that does not come after the one before it by id: that line;
 * - a line of another kind than may stand there (so also the one after a missing line): that line;
 * - counts and roots that the slots or entries do not give: the manifest, line 1;
 * - a signature, randomness or secret that is not what the manifest asks for: the entropy line;
 * - a winner or an outcome that the draw does not give: that line;
 * - an event whose condition does not hold, or that is earlier than the one above: that line.
 * In v2 a void may stand in the place of the entropy, or right after it; then nothing may follow.
 *
 * @throws Difference at the first line that differs.
 * @throws Incomplete if the record ends before its outcome, or before such a void.
 */
export function* checkRecord(deps: Deps): Reading<RecordSummary> {
  const { sha256, observer } = deps;
  const cursor: Cursor = { line: undefined, number: 0 };
  yield* advance(cursor);
  const pool = yield* readPool(cursor, sha256);
  const { manifest } = pool;
  if (endsHere(cursor, manifest)) return yield* readEnd(cursor, pool, deps);
  const revealed = yield* readEntropy(cursor, manifest, sha256);
  if (endsHere(cursor, manifest)) return yield* readEnd(cursor, pool, deps);
  const outcome = yield* readOutcome(cursor, pool, revealed, sha256);
  observer?.drawn({ ...pool, ...outcome });
  const happened = yield* readEvents(cursor, { ...pool, ...outcome }, deps);
  return summaryOf(pool, outcome.winners.length, happened);
}

/** Whether the draw was made void here, before its outcome: v2 has a record of that too (§7). */
function endsHere(cursor: Cursor, { algorithm }: Manifest): boolean {
  return algorithm !== 'lottery/v1' && isVoid(cursor);
}

function* readEnd(cursor: Cursor, pool: Pool, deps: Deps): Reading<RecordSummary> {
  const happened = yield* readVoid(cursor, pool.manifest, deps);
  return { ...summaryOf(pool, 0, happened), hasNoOutcome: true };
}

function summaryOf(
  { manifest, slots, entries }: Pool,
  winners: number,
  happened: Happened,
): RecordSummary {
  return {
    draw: manifest.draw,
    prefecture: manifest.prefecture,
    entries: entries.length,
    places: slots.reduce((sum, { capacity }) => sum + capacity, 0),
    winners,
    entropy: manifest.entropy.source,
    ...happened,
  };
}

function* readPool(cursor: Cursor, sha256: Sha256): Reading<Pool> {
  const { manifest } = yield* take(cursor, 'manifest');
  differIf(wrongRound(manifest), 1);
  const slots: Slot[] = [];
  const slotTree = createMerkleHasher(sha256);
  for (let line = at(cursor, 'slot'); line; line = at(cursor, 'slot')) {
    differIf(wrongOrder(slots.at(-1), line.slot), cursor.number);
    slots.push(line.slot);
    slotTree.push(slotLeaf(line.slot));
    yield* advance(cursor);
  }
  const entries: Entry[] = [];
  const entryTree = createMerkleHasher(sha256);
  const hashOf = createEntryHasher(sha256.latin1);
  const compact = createInterner();
  for (let line = at(cursor, 'entry'); line; line = at(cursor, 'entry')) {
    differIf(wrongOrder(entries.at(-1), line.entry), cursor.number);
    entries.push(compact(line.entry));
    entryTree.pushHash(hashOf(line.entry));
    yield* advance(cursor);
  }
  // A line out of place is named as such, not as a count that differs.
  if (!at(cursor, 'entropy') && !endsHere(cursor, manifest)) {
    throw expected(cursor, 'the entropy');
  }
  differIf(wrongPool('slots', manifest.slots, slots.length, slotTree.root()), 1);
  differIf(wrongPool('entries', manifest.entries, entries.length, entryTree.root()), 1);
  return { manifest, slots, entries };
}

/** What was revealed, 64 hex digits. */
function* readEntropy(cursor: Cursor, manifest: Manifest, sha256: Sha256): Reading<Hex256> {
  const line = cursor.number;
  const { entropy } = yield* take(cursor, 'entropy');
  differIf(wrongEntropy(manifest, entropy, sha256), line);
  return 'secret' in entropy ? entropy.secret : entropy.randomness;
}

function* readOutcome(
  cursor: Cursor,
  pool: Pool,
  revealed: Hex256,
  sha256: Sha256,
): Reading<Outcome> {
  const { manifest, entries, slots } = pool;
  const seed = seedOf(manifest, revealed, sha256);
  const outcome = { seed, ...allocate({ entries, slots, rules: manifest.rules, seed }, sha256) };
  for (const { entry, slot } of outcome.winners) {
    const line = at(cursor, 'winner');
    if (!line) throw expected(cursor, `winner ${entry} in slot ${slot}`);
    if (line.winner.entry !== entry || line.winner.slot !== slot) {
      throw new Difference(cursor.number, `the draw gives winner ${entry} in slot ${slot} here`);
    }
    yield* advance(cursor);
  }
  const outcomeLine = cursor.number;
  const { hash } = yield* take(cursor, 'outcome');
  const recomputed = outcomeHash(outcome.winners, sha256);
  if (hash !== recomputed) throw new Difference(outcomeLine, `outcome hash is ${recomputed}`);
  return outcome;
}
