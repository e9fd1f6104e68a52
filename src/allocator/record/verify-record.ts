import { DomainError } from '../../base/errors.ts';
import { createMerkleHasher } from '../../base/merkle.ts';
import type { Sha256 } from '../../base/sha256.ts';
import type { Hex256, Identifier } from '../../base/types.ts';
import { allocate, outcomeHash } from '../draw/draw.ts';
import { createInterner } from '../draw/intern.ts';
import type { Entry, Manifest, RecordEvent, Slot, Winner } from '../types.ts';
import { createEntryHasher } from './entry-hasher.ts';
import { slotLeaf } from './leaf.ts';
import { manifestHash, seedOf } from './manifest.ts';
import { openReserve } from './reserve.ts';
import { Difference, Incomplete, type RecordSummary } from './verdict.ts';
import { wrongEntropy, wrongOrder, wrongPool, wrongRound } from './verify-checks.ts';
import type { RecordLine } from './verify-line.ts';

const voidEarly = 'the draw was declared void before it had a result: there is nothing to verify';
const ended = 'record ends before its outcome';

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
}

/** A conversation: it asks for a line, gets the next one, or undefined after the last. */
type Reading<T> = Generator<undefined, T, RecordLine | undefined>;

/** The line that is looked at now, and its number. */
interface Cursor {
  line: RecordLine | undefined;
  number: number;
}

type LineOf<K extends RecordLine['kind']> = Extract<RecordLine, { kind: K }>;

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
 *
 * @throws Difference at the first line that differs.
 * @throws Incomplete if the record ends before its outcome.
 */
export function* checkRecord({ sha256, observer }: Deps): Reading<RecordSummary> {
  const cursor: Cursor = { line: undefined, number: 0 };
  yield* advance(cursor);
  const pool = yield* readPool(cursor, sha256);
  const outcome = yield* readOutcome(cursor, pool, sha256);
  observer?.drawn({ ...pool, ...outcome });
  const { manifest, slots, entries } = pool;
  const happened = yield* readEvents(cursor, { ...pool, ...outcome }, observer);
  return {
    draw: manifest.draw,
    prefecture: manifest.prefecture,
    entries: entries.length,
    places: slots.reduce((sum, { capacity }) => sum + capacity, 0),
    winners: outcome.winners.length,
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
  if (!at(cursor, 'entropy')) throw expected(cursor, 'the entropy');
  differIf(wrongPool('slots', manifest.slots, slots.length, slotTree.root()), 1);
  differIf(wrongPool('entries', manifest.entries, entries.length, entryTree.root()), 1);
  return { manifest, slots, entries };
}

function* readOutcome(cursor: Cursor, pool: Pool, sha256: Sha256): Reading<Outcome> {
  const { manifest, entries, slots } = pool;
  const entropyLine = cursor.number;
  const { entropy } = yield* take(cursor, 'entropy');
  differIf(wrongEntropy(manifest, entropy, sha256), entropyLine);
  const revealed = 'secret' in entropy ? entropy.secret : entropy.randomness;
  const seed = seedOf(manifestHash(manifest, sha256), revealed, sha256);
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

type Happened = Pick<RecordSummary, 'events' | 'refills' | 'isVoid'>;

function* readEvents(
  cursor: Cursor,
  draw: RecomputedDraw,
  observer: RecordObserver | undefined,
): Reading<Happened> {
  const { manifest } = draw;
  const counts = { events: 0, refills: 0, isVoid: false };
  if (!cursor.line) return counts;
  const reserve = openReserve({ ...draw, rules: manifest.rules });
  let notBefore = manifest.frozenAt;
  while (cursor.line) {
    const line = at(cursor, 'event');
    if (!line) throw expected(cursor, 'an event or the end');
    if (line.at < notBefore) throw new Difference(cursor.number, `at is before ${notBefore}`);
    notBefore = line.at;
    try {
      reserve.apply(line.event);
    } catch (error) {
      if (error instanceof DomainError) throw new Difference(cursor.number, error.message);
      throw error;
    }
    observer?.happened(line.at, line.event);
    counts.events++;
    if (line.event.type === 'refilled') counts.refills++;
    if (line.event.type === 'void') counts.isVoid = true;
    yield* advance(cursor);
  }
  return counts;
}

function* advance(cursor: Cursor): Reading<void> {
  cursor.line = yield;
  cursor.number++;
}

/** The line at the cursor if it is of this kind. */
function at<K extends RecordLine['kind']>(cursor: Cursor, kind: K): LineOf<K> | undefined {
  // The kind tells the variant, which a generic parameter cannot tell the compiler.
  return cursor.line?.kind === kind ? (cursor.line as LineOf<K>) : undefined;
}

function* take<K extends RecordLine['kind']>(cursor: Cursor, kind: K): Reading<LineOf<K>> {
  const line = at(cursor, kind);
  if (!line) throw expected(cursor, `the ${kind}`);
  yield* advance(cursor);
  return line;
}

function expected({ line, number }: Cursor, what: string): Error {
  if (!line) return new Incomplete(ended);
  if (line.kind === 'event' && line.event.type === 'void') return new Difference(number, voidEarly);
  return new Difference(number, `expected ${what}, found a line of kind ${line.kind}`);
}

function differIf(reason: string | undefined, line: number): void {
  if (reason !== undefined) throw new Difference(line, reason);
}
