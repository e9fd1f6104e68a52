import { describe, expect, test } from 'vitest';
import { openReserve } from '#src/allocator/record/reserve.ts';
import { verifyRecord } from '#src/allocator/record/verify.ts';
import type { RecordEvent } from '#src/allocator/types.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { mixedRecords, recordsWithMalformedEvent2 } from '../support/malformed-records-2.ts';
import { day, drawn2, history2, record2, voidEarly } from '../support/records-2.ts';
import { tamperedRecords2 } from '../support/tampered-records-2.ts';
import {
  changeLine,
  historyOf,
  recordOf,
  reserveInput,
  rightVerdict,
  vector,
  vectors2,
  verify,
} from '../support/vector-records.ts';

describe('a right record of v2', () => {
  test.each([...vectors2])('is verified: %s', (_name, example) => {
    expect(verify(recordOf(example))).toEqual(rightVerdict(example));
  });

  test('is verified with every type of event, void at last', () => {
    const lines = record2([...history2, [day(8), { type: 'void' }]]);
    expect(verify(lines)).toMatchObject({ verdict: 'verified', refills: 1, isVoid: true });
    expect(new Set(history2.map(([, { type }]) => type)).size).toBe(11);
  });

  test('is verified with long histories', () => {
    const history = historyOf(
      vector('v2-crowd-1'),
      Array.from({ length: 120 }, (_, n) => n * 7919),
    );
    const refills = history.filter(({ type }) => type === 'refilled').length;
    expect(refills).toBeGreaterThan(3);
    const verdict = verify(recordOf(vector('v2-crowd-1'), history));
    expect(verdict).toMatchObject({ verdict: 'verified', refills, events: history.length });
  });

  test.each([10, 11] as const)(
    'that is void after line %i has no outcome, and says so',
    (lines) => {
      expect(verify(voidEarly(lines))).toMatchObject({
        verdict: 'verified',
        winners: 0,
        events: 1,
        isVoid: true,
        hasNoOutcome: true,
      });
      const outcome = verify(record2([[day(2), { type: 'void' }]]));
      expect(outcome).not.toHaveProperty('hasNoOutcome');
    },
  );

  test('that ends where it may be void is not whole', () => {
    for (let length = 0; length < drawn2.length; length++) {
      expect(verify(drawn2.slice(0, length))).toEqual({
        verdict: 'malformed',
        line: length + 1,
        reason: 'record ends before its outcome',
      });
    }
  });

  test('tells events after the clock that is given, and nothing without one', () => {
    const lines = record2(history2);
    const at = (now: string) => verifyRecord(lines, { sha256: nodeSha256, now });
    expect(at(day(4))).toMatchObject({ verdict: 'verified', future: { events: 6, line: 28 } });
    expect(at(day(7))).not.toHaveProperty('future');
    expect(verify(lines)).not.toHaveProperty('future');
    const early = verifyRecord(voidEarly(10), { sha256: nodeSha256, now: day(1) });
    expect(early).toMatchObject({ future: { events: 1, line: 11 } });
  });
});

describe('a difference in a record of v2 is named', () => {
  test.each(tamperedRecords2)('%s', (_title, lines, line, reason) => {
    expect(verify(lines)).toEqual({
      verdict: 'differs',
      line,
      reason: expect.stringContaining(reason),
    });
  });
});

describe('a malformed record of v2 is refused', () => {
  test.each(recordsWithMalformedEvent2)('%s', (_title, lines, member) => {
    expect(verify(lines)).toEqual({
      verdict: 'malformed',
      line: 19,
      reason: expect.stringMatching(`^${member}: `),
    });
  });

  test.each(mixedRecords)('one of v1 with %s', (_title, lines, line, member) => {
    expect(verify(lines)).toEqual({
      verdict: 'malformed',
      line,
      reason: expect.stringMatching(`^${member}: `),
    });
  });

  test('a second manifest does not change how the lines are read', () => {
    const [first = '', ...rest] = changeLine(drawn2, 1, { algorithm: 'lottery/v1' });
    expect(verify([drawn2[0] ?? '', first, ...rest])).toMatchObject({
      verdict: 'differs',
      line: 2,
    });
  });
});

describe('free places of v2', () => {
  const input = reserveInput(vector('v2-party'));
  const open = (events: readonly (readonly [string, RecordEvent])[]) => {
    const reserve = openReserve(input);
    for (const [at, event] of events) reserve.apply(event, at);
    return reserve;
  };

  test('go to a party only when it fits, all of its places at once', () => {
    expect(open(history2.slice(0, 9)).freed()).toEqual([{ slot: 's1', places: 3 }]);
    expect(open(history2.slice(0, 9)).next('s1')).toBeUndefined();
    expect(open(history2.slice(0, 10)).next('s1')).toBe('family');
    expect(open(history2.slice(0, 11)).freed()).toEqual([]);
  });

  test('are none of a closed slot, whatever was free or held there', () => {
    const closed = open(history2);
    expect(closed.freed()).toEqual([{ slot: 's2', places: 2 }]);
    expect(closed.next('s1')).toBeUndefined();
    // Who sat there left the closed slot: nothing is free by that, and nobody is offered anything.
    closed.apply({ type: 'withdrawn', entry: 'family' }, day(8));
    expect(closed.freed()).toEqual([{ slot: 's2', places: 2 }]);
  });

  test('stay below the maximum of a type, in places', () => {
    const rules = { quotas: { AES: { max: 6 } } };
    const reserve = openReserve({ ...input, rules });
    for (const [at, event] of history2.slice(0, 10)) reserve.apply(event, at);
    // Three places are in use in s2: four more would be seven.
    expect(reserve.next('s1')).toBeUndefined();
    reserve.apply({ type: 'revoked', entry: 'e3', slot: 's2', cause: 'error' }, day(6));
    expect(reserve.next('s1')).toBe('family');
  });
});
