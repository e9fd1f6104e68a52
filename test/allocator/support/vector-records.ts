import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { eventLine, recordHead, recordResult } from '#src/allocator/record/record.ts';
import type { ReserveInput } from '#src/allocator/record/reserve.ts';
import type { Verdict } from '#src/allocator/record/verdict.ts';
import { verifyRecord } from '#src/allocator/record/verify.ts';
import type { Entropy, Entry, Manifest, RecordEvent, Slot, Winner } from '#src/allocator/types.ts';
import { jcs } from '#src/base/jcs.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { PlainReserve, possibleEvents } from './plain-reserve.ts';

/** A worked example of lottery/v1 or v2, with what must come out. */
export interface Vector {
  readonly manifest: Manifest;
  readonly entries: readonly Entry[];
  readonly slots: readonly Slot[];
  readonly entropy: string;
  readonly expected: {
    readonly ranking: readonly string[];
    readonly winners: readonly Winner[];
    readonly outcomeHash: string;
  };
}

const read = (pattern: string): ReadonlyMap<string, Vector> =>
  new Map(
    globSync(pattern)
      .toSorted()
      .map((file) => [basename(file, '.json'), JSON.parse(readFileSync(file, 'utf8'))]),
  );

/** Those of v1, and those of v2. */
export const vectors = read('test/vectors/*.json');
export const vectors2 = read('test/vectors/lottery-v2/*.json');

/** The example of that name. */
export function vector(name: string): Vector {
  const found = vectors.get(name) ?? vectors2.get(name);
  if (!found) throw new Error(`no vector ${name}`);
  return found;
}

/** Every drand example uses round 1000 of quicknet. */
export const round1000: Entropy = {
  randomness: 'fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd',
  signature:
    'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39',
};

/** The record of an example, made from what is expected of it, and not from what we compute. */
export function recordOf(
  { manifest, entries, slots, entropy, expected }: Vector,
  events: readonly RecordEvent[] = [],
): string[] {
  const revealed = manifest.entropy.source === 'drand' ? round1000 : { secret: entropy };
  return [
    ...recordHead(manifest, slots, entries),
    ...recordResult(revealed, expected.winners, expected.outcomeHash),
    ...events.map((event, n) => eventLine(eventTime(n), event)),
  ];
}

/** Two events share each second. All are after the freeze of every example. */
export function eventTime(n: number): string {
  return `${new Date(Date.UTC(2026, 10, 2) + Math.floor(n / 2) * 1000).toISOString().slice(0, 19)}Z`;
}

/** What the reserve list of an example begins with. */
export function reserveInput({ manifest, entries, slots, expected }: Vector): ReserveInput {
  const { ranking, winners } = expected;
  const { algorithm, rules } = manifest;
  return { algorithm, entries, slots, rules, ranking, winners };
}

/** A possible history of an example: each number chooses among what may happen next. */
export function historyOf(example: Vector, choices: readonly number[]): RecordEvent[] {
  const plain = new PlainReserve(reserveInput(example));
  const history: RecordEvent[] = [];
  for (const [n, choice] of choices.entries()) {
    const possible = possibleEvents(plain, eventTime(n));
    const event = possible[choice % possible.length];
    if (!event) break;
    if (!plain.apply(event, eventTime(n))) throw new Error('a possible event was refused');
    history.push(event);
  }
  return history;
}

/** The lines with some members of one line (1 is the first) replaced, as RFC 8785 again. */
export function changeLine(
  lines: readonly string[],
  line: number,
  members: Readonly<Record<string, unknown>>,
): string[] {
  const changed = { ...JSON.parse(lines[line - 1] ?? ''), ...members };
  for (const [name, value] of Object.entries(members)) {
    if (value === undefined) delete changed[name];
  }
  return lines.with(line - 1, `${jcs(changed)}\n`);
}

/** The verdict on lines, with Node's SHA-256. */
export function verify(lines: Iterable<string>): Verdict {
  return verifyRecord(lines, { sha256: nodeSha256 });
}

/** What a verifier says of the record of a worked example, before anything happened after its draw. */
export function rightVerdict({ manifest, entries, slots, expected }: Vector): Verdict {
  return {
    verdict: 'verified',
    draw: manifest.draw,
    prefecture: '92',
    entries: entries.length,
    places: slots.reduce((sum, slot) => sum + slot.capacity, 0),
    winners: expected.winners.length,
    refills: 0,
    events: 0,
    entropy: manifest.entropy.source,
    isVoid: false,
  };
}
