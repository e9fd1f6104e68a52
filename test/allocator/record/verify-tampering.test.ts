import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate } from '#src/allocator/draw/draw.ts';
import type { Manifest, RecordEvent } from '#src/allocator/types.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { PlainReserve } from '../support/plain-reserve.ts';
import { anyChange, anyRecord, seedFor, tamper } from '../support/tampering.ts';
import { reserveInput, type Vector, verify } from '../support/vector-records.ts';

/** The first event line that a plain reading of the spec refuses, if there is one. */
function firstWrongEvent(example: Vector, lines: readonly string[], head: number) {
  const plain = new PlainReserve(reserveInput(example));
  let before = example.manifest.frozenAt;
  for (const [index, line] of lines.slice(head).entries()) {
    const { kind: _kind, at, ...event } = JSON.parse(line);
    if (at < before || !plain.apply(event as RecordEvent, at)) return head + index + 1;
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
  const seen = { malformed: 0, differs: 0, verified: 0 };

  test('is found, at the line that the definition names', () => {
    fc.assert(
      fc.property(anyRecord, anyChange, ({ example, history, lines }, { line, ...choice }) => {
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
