import { describe, expect, test } from 'vitest';
import { eventLine } from '#src/allocator/record/record.ts';
import { small } from '../support/malformed-records.ts';
import { drand, tamperedRecords } from '../support/tampered-records.ts';
import {
  changeLine,
  historyOf,
  recordOf,
  rightVerdict,
  vector,
  vectors,
  verify,
} from '../support/vector-records.ts';

describe('a right record', () => {
  test.each([...vectors])('is verified: %s', (_name, example) => {
    expect(verify(recordOf(example))).toEqual(rightVerdict(example));
  });

  test('is verified with what happened after the draw, void at last', () => {
    const history = historyOf(
      vector('crowd-1'),
      Array.from({ length: 80 }, (_, n) => n * 7919),
    );
    const refills = history.filter(({ type }) => type === 'refilled').length;
    expect(refills).toBeGreaterThan(5);
    const lines = recordOf(vector('crowd-1'), [...history, { type: 'void' }]);
    const events = history.length + 1;
    expect(verify(lines)).toMatchObject({ verdict: 'verified', refills, events, isVoid: true });
  });

  test('may hold events in the second of the freeze', () => {
    const event = eventLine('2023-08-23T15:00:00Z', { type: 'withdrawn', entry: 'b' });
    expect(verify([...small, event])).toMatchObject({ verdict: 'verified', events: 1 });
  });
});

describe('a difference is named', () => {
  test.each(tamperedRecords)('%s', (_title, lines, line, reason) => {
    expect(verify(lines)).toEqual({
      verdict: 'differs',
      line,
      reason: expect.stringContaining(reason),
    });
  });

  test('a chain that is not quicknet', () => {
    const { entropy } = vector('reseat').manifest;
    const lines = changeLine(drand, 1, { entropy: { ...entropy, chain: '0'.repeat(64) } });
    expect(verify(lines)).toMatchObject({ verdict: 'differs', line: 1 });
  });

  test('a round that was known at the freeze, to the second', () => {
    const known = changeLine(drand, 1, { frozenAt: '2023-08-23T15:59:24Z' });
    expect(verify(known)).toMatchObject({
      verdict: 'differs',
      line: 1,
      reason: 'entropy.round 1000 was already known at 2023-08-23T15:59:24Z',
    });
    // A second earlier the round is still to come; only the seed is another then.
    const unknown = verify(changeLine(drand, 1, { frozenAt: '2023-08-23T15:59:23Z' }));
    expect(unknown).not.toMatchObject({ line: 1 });
  });
});
