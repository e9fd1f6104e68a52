import { outcomeHash } from '../../src/allocator/draw.ts';
import { jcs } from '../../src/allocator/jcs.ts';
import { createMerkleHasher } from '../../src/allocator/merkle.ts';
import { nodeSha256 } from '../../src/node-sha256.ts';
import type { CheckedDraw } from './observed.ts';
import { readBytes, readLines } from './read-lines.ts';
import { Refusal, reasonOf } from './refusal.ts';

type Leaf = Readonly<Record<string, unknown>>;

/** One entry of the register that speaks of the draw. `number` counts from 1, as lines do. */
interface NumberedLeaf {
  readonly number: number;
  readonly leaf: Leaf;
}

/** A register as read: its roots, and what it says of one draw. */
export interface Register {
  readonly size: number;
  /** The root of the first so many entries, for the sizes that were asked for. */
  rootAt(size: number): string | undefined;
  readonly ofDraw: readonly NumberedLeaf[];
}

/**
 * Reads the entries of a public register, one a line.
 *
 * @param sizes whose roots will be asked for; that of the whole register always is known.
 * @throws Refusal 2 naming the first line that is malformed.
 */
export async function readRegister(
  name: string,
  sizes: readonly number[],
  draw: string | undefined,
): Promise<Register> {
  const tree = createMerkleHasher(nodeSha256);
  const roots = new Map<number, string>();
  const ofDraw: NumberedLeaf[] = [];
  let size = 0;
  const keep = () => {
    if (sizes.includes(size)) roots.set(size, tree.root());
  };
  keep();
  for await (const line of linesOf(name)) {
    size += 1;
    const bytes = Buffer.from(line, 'latin1');
    const leaf = readLeaf(bytes.toString('utf8'), `${name}, line ${size}`);
    tree.push(bytes.subarray(0, -1));
    if (draw !== undefined && leaf.draw === draw) ofDraw.push({ number: size, leaf });
    keep();
  }
  roots.set(size, tree.root());
  return { size, rootAt: (count) => roots.get(count), ofDraw };
}

async function* linesOf(name: string): AsyncGenerator<string> {
  try {
    for await (const lines of readLines(readBytes(name))) yield* lines;
  } catch (error) {
    throw new Refusal(2, `cannot read ${name}: ${reasonOf(error)}`, { cause: error });
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
export function compareWithRegister({ ofDraw }: Register, checked: CheckedDraw): string {
  const { manifest, seed, winners } = checked.draw;
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
  const end = void_ ? `; VOID, it says: ${String(void_.leaf.reason)}` : '';
  return `register: commitment, manifest, outcome and ${events} of this draw are as in the record${end}`;
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
  if (entered.length === events.length) return `all ${both} events`;
  return `${both} events (the record has ${events.length}, the register ${entered.length})`;
}

function onlyOne(ofDraw: readonly NumberedLeaf[], kind: string): NumberedLeaf {
  const [found, another] = ofDraw.filter(({ leaf }) => leaf.kind === kind);
  if (!found) throw new Refusal(1, `register: has no entry of kind ${kind} for this draw`);
  if (another) {
    throw new Refusal(1, `register: entry ${another.number} is a second ${kind} for this draw`);
  }
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
