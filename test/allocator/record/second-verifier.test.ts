import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jcs } from '#src/base/jcs.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { hasPython, judgeBatch } from '../../support/python.ts';
import { entries, rules, slots, wideEntries, wideSlots } from '../support/arbitraries.ts';
import { entries2, rules2, slots2, wideEntries2, wideSlots2 } from '../support/arbitraries-2.ts';
import { malformedFiles, malformedFiles2 } from '../support/malformed-files.ts';
import {
  malformedRecords,
  recordsWithMalformedEvent,
  small,
} from '../support/malformed-records.ts';
import { mixedRecords, recordsWithMalformedEvent2 } from '../support/malformed-records-2.ts';
import { drawn2, history2, record2, voidEarly } from '../support/records-2.ts';
import { drand, tamperedRecords } from '../support/tampered-records.ts';
import { tamperedRecords2 } from '../support/tampered-records-2.ts';
import { anyChange, anyRecord, anyRecord2, drawnVector, tamper } from '../support/tampering.ts';
import {
  changeLine,
  historyOf,
  recordOf,
  vectors,
  vectors2,
  verify,
} from '../support/vector-records.ts';

// scripts/verify.py was written from the definition alone: what both say of a record is compared.

type Lines = readonly string[];

function ours(lines: Lines) {
  const verdict = verify(lines);
  return { verdict: verdict.verdict, line: verdict.verdict === 'verified' ? 0 : verdict.line };
}

/** Holds what both say against each other, and gives how often each verdict was met. */
function compare(given: readonly Lines[]): Record<string, number> {
  // As a file is read: UTF-8, one character a byte.
  const records = given.map((lines) => lines.map((line) => Buffer.from(line).toString('latin1')));
  const theirs = judgeBatch(records);
  const met: Record<string, number> = { verified: 0, differs: 0, malformed: 0 };
  for (const [index, lines] of records.entries()) {
    const { verdict, line, reason } = theirs[index] ?? { verdict: 'none', line: -1, reason: '' };
    expect({ verdict, line }, `${reason}\n${lines.join('')}`).toEqual(ours(lines));
    met[verdict] = (met[verdict] ?? 0) + 1;
  }
  return met;
}

const choices = fc.array(fc.nat(), { minLength: 10, maxLength: 40 });
const anyDraw = fc
  .record({
    pool: fc.oneof(
      { weight: 8, arbitrary: fc.record({ entries: entries(25), slots: slots(8) }) },
      { weight: 1, arbitrary: fc.record({ entries: wideEntries, slots: wideSlots }) },
    ),
    rules,
    choices,
  })
  .map(({ pool, rules: given, choices: chosen }) => {
    const example = drawnVector({ ...pool, rules: given });
    return recordOf(example, historyOf(example, chosen));
  });

const anyDraw2 = fc
  .record({
    pool: fc.oneof(
      { weight: 8, arbitrary: fc.record({ entries: entries2(25), slots: slots2(8) }) },
      { weight: 1, arbitrary: fc.record({ entries: wideEntries2, slots: wideSlots2 }) },
    ),
    rules: rules2,
    choices,
  })
  .map(({ pool, rules: given, choices: chosen }) => {
    const example = drawnVector({ ...pool, rules: given, algorithm: 'lottery/v2' });
    return recordOf(example, historyOf(example, chosen));
  });

/** What only a check of the BLS signature can tell: a signature of drand's, but of another round. */
function needsBls(lines: Lines): boolean {
  const verdict = verify(lines);
  if (verdict.verdict !== 'differs' || !verdict.reason.includes('not those of drand')) return false;
  const { signature, randomness } = JSON.parse(lines[verdict.line - 1] ?? '');
  return nodeSha256.hex(Buffer.from(signature, 'hex')) === randomness;
}

// Published by drand.
const round123 = {
  signature:
    'b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92',
  randomness: 'fb8f7bc29bf24db51871ec8c79f3a1e4bd0557bc0dfcee9ed1d924e69d1c60dc',
};

/** The small record with a text of one of its lines replaced: what JSON readers may see differently. */
const oddRecords = [
  [3, '"missed":0', '"missed":00'],
  [3, '"missed":0', '"missed":true'],
  [3, '"missed":0', '"missed":null'],
  [3, '"missed":0', '"missed":NaN'],
  [3, '"missed":0', '"missed":Infinity'],
  [3, '"missed":0', '"missed":0e0'],
  [3, '"missed":0', '"missed":0.0'],
  [3, '"missed":0', '"missed":9007199254740992'],
  [3, '"missed":0', '"missed":9007199254740993'],
  [3, '"missed":0', `"missed":1${'0'.repeat(5_000)}`],
  [3, '"missed":0', `"missed":${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  [3, '"missed":0', '"missed":\u0660'],
  [3, '"missed":0', '"missed":0,'],
  [3, '{', '\t{'],
  [3, '}', '}\u0000'],
  [3, '}', '}{}'],
  [3, '"a"', '"a\u0001"'],
  [3, '"a"', '"é"'],
  [3, '"a"', '"\u{1f600}"'],
  [3, '"a"', `"${'a'.repeat(49)}"`],
  [3, '"a"', '["a"]'],
  [3, '"kind":"entry"', '"kind":["entry"]'],
  [3, '"kind":"entry"', '"kind":{}'],
  [3, '{', '{"accepts":{"notAfter":"2026-02-29"},'],
  [3, '{', '{"accepts":{"notAfter":"2100-02-29"},'],
  [3, '{', '{"accepts":{"notAfter":"2026-13-01"},'],
  [3, '{', '{"accepts":{"sites":["b","b"]},'],
  [3, '{', '{"accepts":{"windows":[{"days":[8],"from":"09:00","until":"10:00"}]},'],
  [3, '{', '{"__proto__":{},'],
  [2, '+01:00', '+24:00'],
  [2, '+01:00', 'Z'],
  [1, '"rules":{}', '"rules":{"quotas":{"a b":{}}}'],
  [1, '"rules":{}', '"rules":{"quotas":{"__proto__":{"max":-1}}}'],
  [1, '"rules":{}', '"rules":{"quotas":[]}'],
].map(([line, text, other]) =>
  small.with(
    Number(line) - 1,
    (small[Number(line) - 1] ?? '').replace(String(text), String(other)),
  ),
);

/** Draw files that are malformed, as records. */
const oddFiles = [...malformedFiles, ...malformedFiles2].flatMap(({ file }) => {
  const { manifest, slots: places, entries: people } = Object(file);
  if (!manifest || !Array.isArray(places) || !Array.isArray(people)) return [];
  const line = (kind: string) => (members: object) => `${jcs({ ...members, kind })}\n`;
  return [[line('manifest')(manifest), ...places.map(line('slot')), ...people.map(line('entry'))]];
});

/** Wrong or right only at the edge of the calendar: both must read dates alike. */
const oddDates = ['0000-02-29', '0099-12-31', '2000-02-29', '9999-12-31'].map((date) => {
  const pool = {
    entries: [1, 2, 3, 4, 5, 6, 7].map((day) => ({
      id: `e${day}`,
      requestType: 'AES',
      missed: 0,
      accepts: { notBefore: date, windows: [{ days: [day], from: '23:59', until: '24:00' }] },
    })),
    slots: ['+23:59', '-23:59', '-00:00'].map((offset, n) => ({
      id: `s${n}`,
      site: 'x',
      start: `${date}T23:59:59${offset}`,
      capacity: 1,
      requestTypes: ['AES'],
    })),
    rules: {},
  };
  return recordOf(drawnVector(pool));
});

const isParty = (line: string, id: string) =>
  line.includes(`"id":"${id}"`) && line.includes('"party":');

/** Records with one value changed, or one line left out, doubled or swapped with another. */
const tamperedAlike = (records: fc.Arbitrary<{ readonly lines: string[] }>) =>
  fc
    .sample(fc.tuple(records, anyChange, fc.nat()), 150)
    .map(([{ lines }, { line, ...change }, other]) => {
      const [a, b] = [line % lines.length, other % lines.length];
      const [first = '', second = ''] = [lines[a], lines[b]];
      const moved = [
        lines.toSpliced(a, 1),
        lines.toSpliced(a, 0, first),
        lines.with(a, second).with(b, first),
      ];
      return moved[other % 9] ?? lines.with(a, tamper(first, change));
    });

describe.skipIf(!hasPython)('both verifiers agree', () => {
  test('on the worked examples and on random draws with what happened after them', () => {
    const examples = [...vectors.values()].map((example) => recordOf(example));
    const drawn = [...oddDates, ...fc.sample(anyDraw, 120)];
    expect(compare([...examples, ...drawn])).toEqual({
      verified: examples.length + drawn.length,
      differs: 0,
      malformed: 0,
    });
    expect(drawn.flat().filter((line) => line.includes('"refilled"')).length).toBeGreaterThan(20);
  });

  test('on the worked examples of v2 and on random draws with what happened after them', () => {
    const examples = [...vectors2.values()].map((example) => recordOf(example));
    const drawn = fc.sample(anyDraw2, 150);
    const void_ = [voidEarly(10), voidEarly(11)];
    expect(compare([...examples, ...drawn, ...void_, record2(history2)])).toEqual({
      verified: examples.length + drawn.length + 3,
      differs: 0,
      malformed: 0,
    });
    for (const type of ['refilled', 'closed', 'expired', 'extended', 'rejected']) {
      const met = drawn.flat().filter((line) => line.includes(`"type":"${type}"`)).length;
      expect([type, met > 0]).toEqual([type, true]);
    }
    const refilledParties = drawn.flatMap((lines) =>
      lines.filter((line) => {
        const { type, entry } = JSON.parse(line);
        return type === 'refilled' && lines.some((other) => isParty(other, entry));
      }),
    );
    expect(refilledParties.length).toBeGreaterThan(0);
  });

  test('on every kind of malformed and of tampered record of v2, to the line', () => {
    const cut = drawn2.map((_line, length) => drawn2.slice(0, length));
    const malformed = [...mixedRecords, ...recordsWithMalformedEvent2].map(([, lines]) => lines);
    const tampered = tamperedRecords2.map(([, lines]) => lines);
    expect(compare([...malformed, ...cut, ...tampered])).toEqual({
      verified: 0,
      differs: tampered.length,
      malformed: malformed.length + cut.length,
    });
  });

  test('on one changed value of v2, and on lines left out, doubled or swapped', () => {
    const met = compare(tamperedAlike(anyRecord2).filter((lines) => !needsBls(lines)));
    expect(Math.min(met.differs ?? 0, met.malformed ?? 0)).toBeGreaterThan(20);
  });

  test('on every kind of malformed and of tampered record, to the line', () => {
    const cut = small.map((_line, length) => small.slice(0, length));
    const malformed = [...malformedRecords, ...recordsWithMalformedEvent].map(([, lines]) => lines);
    const tampered = tamperedRecords.map(([, lines]) => lines);
    expect(compare([...malformed, ...cut, ...oddRecords, ...tampered])).toEqual({
      verified: 0,
      differs: tampered.length,
      malformed: malformed.length + cut.length + oddRecords.length,
    });
  });

  test('on files of the offline draw that are malformed, as records', () => {
    const met = compare(oddFiles);
    expect(met.malformed).toBeGreaterThan(40);
    expect(met.verified).toBe(0);
  });

  test('on one changed value, and on lines left out, doubled or swapped', () => {
    const met = compare(tamperedAlike(anyRecord).filter((lines) => !needsBls(lines)));
    expect(Math.min(met.differs ?? 0, met.malformed ?? 0)).toBeGreaterThan(20);
  });

  test('but for a signature of another round, which the second one says it cannot see', () => {
    const entropy = drand.findIndex((line) => line.includes('"signature"')) + 1;
    const { signature, randomness } = round123;
    const lines = changeLine(drand, entropy, { signature, randomness });
    expect(ours(lines)).toEqual({ verdict: 'differs', line: entropy });
    // The seed is another one, so the winners differ in the end, if not the entropy itself.
    expect(judgeBatch([lines])[0]?.line).not.toBe(entropy);
  });
});
