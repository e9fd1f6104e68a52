import { outcomeHash } from '../../src/allocator/draw/draw.ts';
import type { SeriesLeaf } from '../../src/allocator/record/series.ts';
import { jcs } from '../../src/base/jcs.ts';
import { createMerkleHasher } from '../../src/base/merkle.ts';
import { nodeSha256 } from '../../src/store/core/node-sha256.ts';
import { createHistory, type Leaf, type NumberedLeaf } from './history.ts';
import type { CheckedDraw } from './observed.ts';
import { isAddress, readBytes, readLines } from './read-lines.ts';
import { Refusal, reasonOf } from './refusal.ts';
import { readSeriesLeaf } from './series-leaf.ts';

/** A register as read: its roots, and what it says of one draw. */
export interface Register {
  readonly size: number;
  /** The root of the first so many entries, for the sizes that were asked for. */
  rootAt(size: number): string | undefined;
  /** Entry number `index`, from 0, without its line feed, if it was asked for. */
  leafAt(index: number): Uint8Array | undefined;
  readonly ofDraw: readonly NumberedLeaf[];
  /** By which new entries may have missed draws (lottery/v2 §9). */
  readonly series: readonly SeriesLeaf[];
  /** Its counts, in words. */
  readonly summary: string;
  /** What nobody may overlook in it at an instant, a line each. */
  notesAt(now: string): string[];
}

/** What to keep of a register. The root of the whole is always kept. */
export interface Wanted {
  readonly sizes: readonly number[];
  readonly indexes: readonly number[];
  /** Whose entries, and those of the draw that repeats it. */
  readonly draw: string | undefined;
}

/**
 * Reads the entries of a public register, one a line, and follows the life of each draw in it.
 *
 * @throws Refusal 2 naming the first line that is malformed, 1 at what may not follow.
 */
export async function readRegister(name: string, wanted: Wanted): Promise<Register> {
  const tree = createMerkleHasher(nodeSha256);
  const history = createHistory();
  const roots = new Map<number, string>();
  const leaves = new Map<number, Uint8Array>();
  const ofDraw: NumberedLeaf[] = [];
  const series: SeriesLeaf[] = [];
  let size = 0;
  const keep = () => {
    if (wanted.sizes.includes(size)) roots.set(size, tree.root());
  };
  keep();
  for await (const line of linesOf(name)) {
    const bytes = Buffer.from(line, 'latin1');
    const leaf = readLeaf(bytes.toString('utf8'), `${name}, line ${size + 1}`);
    if (wanted.indexes.includes(size)) leaves.set(size, bytes.subarray(0, -1));
    size += 1;
    tree.push(bytes.subarray(0, -1));
    history.see(size, leaf);
    if (leaf.kind === 'carried' || leaf.kind === 'credited') {
      series.push(readSeriesLeaf(leaf, `${name}, line ${size}`));
    }
    if (speaksOf(leaf, wanted.draw)) ofDraw.push({ number: size, leaf });
    keep();
  }
  roots.set(size, tree.root());
  const rootAt = (count: number) => roots.get(count);
  const leafAt = (index: number) => leaves.get(index);
  const notesAt = (now: string) =>
    history.notes(Date.parse(now)).map((note) => `register: ${note}`);
  return { size, rootAt, leafAt, ofDraw, series, summary: history.summary(), notesAt };
}

function speaksOf(leaf: Leaf, draw: string | undefined): boolean {
  return draw !== undefined && (leaf.draw === draw || leaf.replaces === draw);
}

async function* linesOf(name: string): AsyncGenerator<string> {
  try {
    for await (const lines of readLines(readEntries(name))) yield* lines;
  } catch (error) {
    throw new Refusal(2, `cannot read ${name}: ${reasonOf(error)}`, { cause: error });
  }
}

/** Lines that the API gives at once. */
const pageLines = 1000;

/** The bytes of a register; of a service's own address, page after page. */
async function* readEntries(name: string): AsyncGenerator<Buffer> {
  if (!isAddress(name) || !/\/register\/entries$/.test(name)) return yield* readBytes(name);
  for (let from = 0; ; from += pageLines) {
    let lines = 0;
    for await (const bytes of readBytes(`${name}?from=${from}&limit=${pageLines}`)) {
      for (const byte of bytes) if (byte === 0x0a) lines += 1;
      yield bytes;
    }
    if (lines !== pageLines) return;
  }
}

function readLeaf(line: string, where: string): Leaf {
  try {
    const leaf: unknown = JSON.parse(line);
    // Also what two parsers would read differently is refused: each line is its RFC 8785 form.
    if (typeof leaf === 'object' && leaf !== null && `${jcs(leaf)}\n` === line) {
      return leaf as Leaf; // an object; its members are compared, never trusted
    }
  } catch {
    // No JSON: refused below like the rest.
  }
  throw new Refusal(2, `${where}: is not an object in RFC 8785 form with a line feed`);
}

/**
 * Holds what the register says of a draw against its verified record, and says what was found.
 *
 * @throws Refusal 1 at the first thing that the record has otherwise.
 */
export function compareWithRegister(register: Register, checked: CheckedDraw): string {
  const { manifest, seed, winners } = checked.draw;
  const ofDraw = register.ofDraw.filter(({ leaf }) => leaf.draw === manifest.draw);
  const repeat = register.ofDraw.find(({ leaf }) => leaf.replaces === manifest.draw);
  const source: Leaf = { ...manifest.entropy };
  const scheduled = onlyOne(ofDraw, 'scheduled');
  const frozen = onlyOne(ofDraw, 'manifest');
  const drawn = onlyOne(ofDraw, 'outcome');
  const promised = Object(scheduled.leaf.entropy);
  for (const member of ['source', 'chain', 'commitment']) {
    agree(scheduled, `entropy.${member}`, promised[member] === source[member]);
  }
  agree(frozen, 'manifest', text(frozen.leaf.manifest) === jcs(manifest));
  agree(frozen, 'manifestHash', frozen.leaf.manifestHash === nodeSha256.hex(jcs(manifest)));
  agree(drawn, 'seed', drawn.leaf.seed === seed);
  agree(drawn, 'outcomeHash', drawn.leaf.outcomeHash === outcomeHash(winners, nodeSha256));
  agree(frozen, 'place in the register', scheduled.number < frozen.number);
  agree(drawn, 'place in the register', frozen.number < drawn.number);
  const events = compareEvents(ofDraw, checked);
  const void_ = ofDraw.find(({ leaf }) => leaf.kind === 'void');
  const { replaces } = scheduled.leaf;
  const ends = [
    ...(void_ ? [`; VOID, it says: ${String(void_.leaf.reason)}`] : []),
    ...(repeat ? [`; repeated as draw ${String(repeat.leaf.draw)}`] : []),
    ...(replaces === undefined ? [] : [`; it repeats the void draw ${String(replaces)}`]),
  ].join('');
  return `register: commitment, manifest, outcome and ${events} of this draw are as in the record${ends}`;
}

/** Either may have been fetched later than the other, so the longer one only has to continue. */
function compareEvents(ofDraw: readonly NumberedLeaf[], { draw, events }: CheckedDraw): string {
  const entered = ofDraw.filter(({ leaf }) => leaf.kind === 'event');
  const both = Math.min(entered.length, events.length);
  for (const [index, { at, event }] of events.slice(0, both).entries()) {
    const numbered = entered[index] as NumberedLeaf; // `both` is at most their number
    const expected = { ...event, at, draw: draw.manifest.draw, kind: 'event' };
    agree(numbered, `event ${index + 1}`, jcs(numbered.leaf) === jcs(expected));
  }
  if (entered.length === events.length) return both === 1 ? 'the only event' : `all ${both} events`;
  return `${both} events (the record has ${events.length}, the register ${entered.length})`;
}

function onlyOne(ofDraw: readonly NumberedLeaf[], kind: string): NumberedLeaf {
  // A second one was refused when the register was read.
  const found = ofDraw.find(({ leaf }) => leaf.kind === kind);
  if (!found) throw new Refusal(1, `register: has no entry of kind ${kind} for this draw`);
  return found;
}

function agree({ number, leaf }: NumberedLeaf, what: string, isSame: boolean): void {
  if (isSame) return;
  throw new Refusal(1, `register: entry ${number} (${leaf.kind}): ${what} differs from the record`);
}

/** RFC 8785, or nothing for what is absent. */
function text(value: unknown): string | undefined {
  return value === undefined ? undefined : jcs(value);
}
