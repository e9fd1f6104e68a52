import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate, outcomeHash } from '#src/allocator/draw.ts';
import { jcs } from '#src/allocator/jcs.ts';
import { manifestHash, seedOf } from '#src/allocator/manifest.ts';
import type { Manifest, RecordEvent } from '#src/allocator/types.ts';
import { nodeSha256 } from '#src/node-sha256.ts';
import { PlainReserve } from './plain-reserve.ts';
import {
  historyOf,
  recordOf,
  reserveInput,
  type Vector,
  vector,
  verify,
} from './vector-records.ts';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** The same pool drawn with a secret of the operator: verified many times as fast as drand. */
function withSecret(example: Vector): Vector {
  const { manifest, entries, slots } = example;
  const entropy = '5'.repeat(64);
  const commitment = nodeSha256.hex(Buffer.from(entropy, 'hex'));
  const changed: Manifest = { ...manifest, entropy: { source: 'operator', commitment } };
  const input = { entries, slots, rules: manifest.rules, seed: seedFor(changed, entropy) };
  const { ranking, winners } = allocate(input, nodeSha256);
  const expected = { ranking, winners, outcomeHash: outcomeHash(winners, nodeSha256) };
  return { ...example, manifest: changed, entropy, expected };
}

function seedFor(manifest: Manifest, entropy: string): string {
  return seedOf(manifestHash(manifest, nodeSha256), entropy, nodeSha256);
}

// Quotas, ageing, windows; with and without losers. Small, so that a changed number or name is
// often still a plausible one.
const withDrand = ['reseat', 'quotas'].map(vector);
const withoutDrand = ['quotas', 'ageing', 'windows', 'reseat', 'crowd-0'].map((name) =>
  withSecret(vector(name)),
);

const anyRecord = fc
  .record({
    example: fc.oneof(
      { weight: 1, arbitrary: fc.constantFrom(...withDrand) },
      { weight: 9, arbitrary: fc.constantFrom(vector('one-of-three'), ...withoutDrand) },
    ),
    choices: fc.array(fc.nat(), { minLength: 5, maxLength: 20 }),
  })
  .map(({ example, choices }) => {
    const history = historyOf(example, choices);
    return { example, history, lines: recordOf(example, history) };
  });

/** Paths to every member and item of a JSON value. */
function paths(value: Json, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    return [at, ...paths(inner, at)];
  });
}

/** A value near the given one: of the same type if possible, and often well formed. */
function nearby(value: Json, choice: number): Json {
  if (typeof value === 'number') return value + (choice % 2 === 0 ? 1 : -1);
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) return choice % 2 === 0 ? value.slice(1) : [...value].reverse();
  if (typeof value !== 'string') return choice;
  if (/^\d+-\d\d-\d\dT/.test(value)) return value.replace(/\d:/, `${choice % 10}:`);
  if (/^[0-9a-f]{32,}$/.test(value)) {
    const at = choice % value.length;
    return `${value.slice(0, at)}${value[at] === '0' ? '1' : '0'}${value.slice(at + 1)}`;
  }
  const words = ['accepted', 'declined', 'expired', 'cancelled', 'revoked', 'refilled'];
  const others = ['a', 'b', 'c', 'e1', 's1', 's2', 'AES', 'antony', ...words, `${value}0`, ''];
  return others[choice % others.length] ?? '';
}

function tamper(line: string, choice: { path: number; value: number; drop: boolean }): string {
  const value: Json = JSON.parse(line);
  const all = paths(value);
  const path = all[choice.path % all.length] ?? [];
  // The path was taken from the value, so what it leads through are objects and lists.
  let parent = value as { [name: string | number]: Json };
  for (const key of path.slice(0, -1)) parent = parent[key] as { [name: string | number]: Json };
  const last = path.at(-1) ?? '';
  if (choice.drop) delete parent[last];
  else parent[last] = nearby(parent[last] ?? null, choice.value);
  // A hole in a list is written as null.
  return `${jcs(value)}\n`;
}

/** The first event line that a plain reading of the spec refuses, if there is one. */
function firstWrongEvent(example: Vector, lines: readonly string[], head: number) {
  const plain = new PlainReserve(reserveInput(example));
  let before = example.manifest.frozenAt;
  for (const [index, line] of lines.slice(head).entries()) {
    const { kind: _kind, at, ...event } = JSON.parse(line);
    if (at < before || !plain.apply(event as RecordEvent)) return head + index + 1;
    before = at;
  }
  return undefined;
}

/** The winners that a changed manifest gives, without the verifier. */
function winnersOf(manifest: Manifest, { entries, slots, entropy }: Vector) {
  const seed = seedFor(manifest, entropy);
  return allocate({ entries, slots, rules: manifest.rules, seed }, nodeSha256);
}

describe('one changed value in one line', () => {
  const change = fc.record({
    line: fc.nat(),
    path: fc.nat(),
    value: fc.nat(),
    drop: fc.boolean(),
  });
  const seen = { malformed: 0, differs: 0, verified: 0 };

  test('is found, at the line that the definition names', () => {
    fc.assert(
      fc.property(anyRecord, change, ({ example, history, lines }, { line, ...choice }) => {
        const number = (line % lines.length) + 1;
        const changed = tamper(lines[number - 1] ?? '', choice);
        fc.pre(changed !== lines[number - 1]);
        const tampered = lines.with(number - 1, changed);
        const verdict = verify(tampered);
        seen[verdict.verdict]++;
        if (verdict.verdict === 'malformed') {
          expect(verdict.line).toBe(number);
          return;
        }
        const { kind, ...manifest } = JSON.parse(changed);
        const named = verdict.verdict === 'differs' ? verdict.line : undefined;
        if (kind === 'event') {
          const head = lines.length - history.length;
          expect(named).toBe(firstWrongEvent(example, tampered, head));
        } else if (kind === 'slot' || kind === 'entry') {
          // The root shows it, or the order of ids, here or where the next line follows.
          expect([1, number, number + 1]).toContain(named);
        } else if (kind === 'manifest') {
          if (named !== undefined) return;
          expect(winnersOf(manifest, example).winners).toEqual(example.expected.winners);
        } else expect(named).toBe(number);
      }),
      { numRuns: 800 },
    );
    // Both must really have been met.
    expect(Math.min(seen.malformed, seen.differs)).toBeGreaterThan(20);
  });
});

describe('lines', () => {
  test('cannot be left out, doubled or swapped without being named', () => {
    fc.assert(
      fc.property(anyRecord, fc.nat(), fc.nat(), fc.nat(), (record, one, other, how) => {
        const { example, history, lines } = record;
        const head = lines.length - history.length;
        const a = one % lines.length;
        const b = other % lines.length;
        const [first = '', second = ''] = [lines[a], lines[b]];
        const tampered = [
          lines.toSpliced(a, 1),
          lines.toSpliced(a, 0, first),
          lines.with(a, second).with(b, first),
        ][how % 3] as string[]; // how % 3 is 0, 1 or 2
        fc.pre(tampered.join('') !== lines.join(''));
        const verdict = verify(tampered);
        const touched = how % 3 === 2 ? Math.min(a, b) : a;
        if (touched >= head) {
          const wrong = firstWrongEvent(example, tampered, head);
          expect(verdict.verdict === 'differs' ? verdict.line : undefined).toBe(wrong);
          return;
        }
        // Never verified, and never named after the line that follows the one touched first.
        expect(verdict.verdict).not.toBe('verified');
        if (verdict.verdict !== 'verified') expect(verdict.line).toBeLessThanOrEqual(touched + 2);
      }),
      { numRuns: 400 },
    );
  });
});
