import { describe, expect, test } from 'vitest';
import {
  malformedRecords,
  recordsWithMalformedEvent,
  small,
} from '../support/malformed-records.ts';
import { changeLine, verify } from '../support/vector-records.ts';

describe('a malformed record is refused', () => {
  test.each(malformedRecords)('%s', (_title, lines, line, reason) => {
    expect(verify(lines)).toEqual({
      verdict: 'malformed',
      line,
      reason: expect.stringContaining(reason),
    });
  });

  test.each(recordsWithMalformedEvent)('an event %s', (_title, lines, member) => {
    expect(verify(lines)).toEqual({
      verdict: 'malformed',
      line: 9,
      reason: expect.stringMatching(`^${member}: `),
    });
  });

  test('whatever line it ends after, until the outcome', () => {
    for (let length = 0; length < small.length; length++) {
      expect(verify(small.slice(0, length))).toEqual({
        verdict: 'malformed',
        line: length + 1,
        reason: 'record ends before its outcome',
      });
    }
  });

  test('even if a line before the malformed one differs', () => {
    const lines = changeLine(small, 4, { missed: 1 });
    expect(verify([...lines, 'x\n', 'y\n'])).toMatchObject({ verdict: 'malformed', line: 9 });
  });
});
