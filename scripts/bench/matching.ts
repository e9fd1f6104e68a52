import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Bits, emptyBits, numbersIn } from '../../src/allocator/draw/bits.ts';
import { createMatching } from '../../src/allocator/draw/matching.ts';
import { sortByRank } from '../../src/allocator/draw/ranking.ts';
import { groupSlots, type SlotClasses } from '../../src/allocator/draw/slot-classes.ts';
import { chooseWinners } from '../../src/allocator/draw/winners.ts';
import type { Entry } from '../../src/allocator/types.ts';
import { nodeSha256 } from '../../src/store/core/node-sha256.ts';
import { median } from './median.ts';
import { createPool } from './pool.ts';

const run = promisify(execFile);
const python = '/usr/bin/python3';
const ROUNDS = 5;

/**
 * Measures the matching alone beside SciPy's maximum_flow on the same instance: entries of one
 * request type that accept the same are one group, slots that everybody sees alike one class, and
 * who can take what is known to both. Finding that out is counted for neither; the line says what
 * our whole choice of winners takes, with it. SciPy answers with a number of places, we with who has
 * them by rank. Without SciPy (Debian: `apt install python3-scipy`) it measures us alone, and says so.
 */
export async function benchMatching(
  say: (line: string) => void,
  sizes: readonly number[] = [20_000, 100_000],
): Promise<string> {
  const lines: string[] = [];
  for (const size of sizes) lines.push(await compare(say, size));
  return lines.join('\n');
}

async function compare(say: (line: string) => void, size: number): Promise<string> {
  const { entries, slots } = createPool(size);
  const ranked = sortByRank(entries, {}, '3'.repeat(64), nodeSha256);
  const classes = groupSlots(slots);
  const { groups, ofRank } = groupEntries(ranked, classes);
  const alone = measure(() => match(ofRank, classes));
  const whole = measure(() => chooseWinners(ranked, groupSlots(slots), {}).winners.length);
  if (alone.filled !== whole.filled) throw new Error('the two ways to fill places disagree');
  say(`matching, ${size} entries: ${alone.seconds.toFixed(3)} s`);
  const theirs = await scipy(groups, classes).catch(() => undefined);
  const head =
    `matching alone, ${size} entries: ${alone.filled} places filled in ${alone.seconds.toFixed(3)} s ` +
    `(whole choice of winners ${whole.seconds.toFixed(3)} s)`;
  if (!theirs) return `${head}; SciPy is not there to compare with`;
  return (
    `${head}; SciPy ${theirs.version} fills ${theirs.flow} in ${theirs.seconds.toFixed(3)} s, ` +
    `${(theirs.seconds / alone.seconds).toFixed(1)} times as long (aim more than 1; ${theirs.edges} edges)`
  );
}

function measure(fill: () => number): { seconds: number; filled: number } {
  const seconds: number[] = [];
  let filled = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const startMs = performance.now();
    filled = fill();
    seconds.push((performance.now() - startMs) / 1000);
  }
  return { seconds: median(seconds), filled };
}

/** Entries that want the same, and where they can sit. */
interface Group {
  size: number;
  readonly bits: Bits;
}

function groupEntries(ranked: readonly Entry[], { classes, serving, narrow }: SlotClasses) {
  const byKey = new Map<string, Group>();
  const ofRank = ranked.map(({ requestType, accepts }) => {
    const key = `${requestType} ${JSON.stringify(accepts)}`;
    const known = byKey.get(key);
    const bits = known?.bits ?? serving(requestType)?.slice() ?? emptyBits(classes.length);
    if (!known && accepts) narrow(bits, accepts);
    const group = known ?? { size: 0, bits };
    group.size += 1;
    byKey.set(key, group);
    return group;
  });
  return { groups: [...byKey.values()], ofRank };
}

/** As `chooseWinners` fills places where there are no rules. */
function match(ofRank: readonly Group[], { classes }: SlotClasses): number {
  const matching = createMatching(classes.map(({ capacity }) => capacity));
  let left = classes.reduce((places, { capacity }) => places + capacity, 0);
  const places = left;
  const hopeless = new Set<Group>();
  for (const group of ofRank) {
    if (left === 0) break;
    if (hopeless.has(group)) continue;
    if (matching.add(group.bits) === undefined) hopeless.add(group);
    else left -= 1;
  }
  return places - left;
}

interface Flow {
  readonly version: string;
  readonly flow: number;
  readonly seconds: number;
  readonly edges: number;
}

async function scipy(groups: readonly Group[], classes: SlotClasses): Promise<Flow> {
  const directory = await mkdtemp(join(tmpdir(), 'tirage-bench-'));
  try {
    const { starts, ends, capacities } = networkOf(groups, classes);
    const file = join(directory, 'network');
    const numbers = Int32Array.from([starts.length, ...starts, ...ends, ...capacities]);
    await writeFile(file, new Uint8Array(numbers.buffer));
    const script = fileURLToPath(new URL('./scipy_flow.py', import.meta.url));
    const { stdout } = await run(python, [script, file, `${ROUNDS}`]);
    return { ...JSON.parse(stdout), edges: starts.length };
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Edges by their ends: 0 is the source, 1 the sink, then the classes, then groups of entries. */
function networkOf(groups: readonly Group[], { classes }: SlotClasses) {
  const [starts, ends, capacities]: [number[], number[], number[]] = [[], [], []];
  const add = (start: number, end: number, capacity: number) => {
    starts.push(start);
    ends.push(end);
    capacities.push(capacity);
  };
  for (const [number, { capacity }] of classes.entries()) add(2 + number, 1, capacity);
  for (const [index, { size, bits }] of groups.entries()) {
    const node = 2 + classes.length + index;
    add(0, node, size);
    for (const number of numbersIn(bits)) add(node, 2 + number, size);
  }
  return { starts, ends, capacities };
}
