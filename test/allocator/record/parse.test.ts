import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDrawFile } from '#src/allocator/record/draw-file.ts';
import { parseEntry, parseRules, parseSlot } from '#src/allocator/record/parse.ts';
import { parseJson } from '#src/base/json.ts';
import { malformedFiles, malformedFiles2 } from '../support/malformed-files.ts';

const messageOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    const { code, member, message } = error as { code: string; member?: string; message: string };
    return `${code} ${member ?? ''}: ${message}`;
  }
  return 'accepted';
};

describe('a draw file', () => {
  test.each([...malformedFiles, ...malformedFiles2])('is refused: $line', ({ file, line }) => {
    const message = messageOf(() => parseDrawFile(JSON.parse(JSON.stringify(file))));
    expect(message).toBe(`input_malformed ${line}`);
  });
});

describe('times', () => {
  const slot = (start: string) => ({ id: 's', site: 'a', start, capacity: 1, requestTypes: ['x'] });

  test.each([
    '2026-12-01T09:30:00+01:00',
    '2024-02-29T00:00:00+00:00',
    '2000-02-29T23:59:59-23:59',
    '0000-02-29T00:00:00-00:00',
    '9999-12-31T23:59:59+14:00',
  ])('%s is real', (start) => {
    expect(messageOf(() => parseSlot(slot(start)))).toBe('accepted');
  });

  test.each([
    '2023-02-29T00:00:00+00:00',
    '1900-02-29T00:00:00+00:00',
    '2026-02-30T00:00:00+00:00',
    '2026-04-31T00:00:00+00:00',
    '2026-00-01T00:00:00+00:00',
    '2026-13-01T00:00:00+00:00',
    '2026-01-00T00:00:00+00:00',
    '2026-01-32T00:00:00+00:00',
    '2026-01-01T24:00:00+00:00',
    '2026-01-01T00:60:00+00:00',
    '2026-01-01T23:59:60+00:00',
    '2026-01-01T00:00:00+24:00',
    '2026-01-01T00:00:00+01:60',
    '2026-01-01T00:00:00Z',
    '2026-01-01T00:00:00.0+00:00',
    '2026-01-01t00:00:00+00:00',
    '2026-01-01T00:00+00:00',
    '2026-01-01T00:00:00+0000',
    '02026-01-01T00:00:00+00:00',
    '2026-01-01T00:00:00+00:00\n',
    '२०२६-01-01T00:00:00+00:00',
  ])('%j is not', (start) => {
    expect(messageOf(() => parseSlot(slot(start)))).toBe(
      'input_malformed slot.start: must be a real date and time, YYYY-MM-DDTHH:MM:SS±HH:MM',
    );
  });

  test('every date of the calendar is real, and no other', () => {
    fc.assert(
      fc.property(fc.nat(9999), fc.nat(13), fc.nat(32), (year, month, day) => {
        const pad = (part: number, width: number) => `${part}`.padStart(width, '0');
        const date = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
        const ms = Date.parse(`${date}T00:00:00Z`);
        const isReal = !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date);
        const entry = { id: 'e', requestType: 'x', missed: 0, accepts: { notBefore: date } };
        expect(messageOf(() => parseEntry(entry)) === 'accepted').toBe(isReal);
      }),
      { numRuns: 500 },
    );
  });
});

test('request types are named like members of every object', () => {
  const rules = parseJson(
    '{"quotas":{"__proto__":{"max":1},"constructor":{"min":1,"max":0},"a.b":{}}}',
  );
  expect(parseRules(rules)).toBe(rules);
  const wrong = parseJson('{"quotas":{"__proto__":{"max":-1}}}');
  expect(messageOf(() => parseRules(wrong))).toBe(
    'input_malformed rules.quotas.__proto__.max: must be an integer, 0 or more and below 2^53',
  );
});

describe('parseJson', () => {
  test('reads what JSON.parse reads, when no name comes twice', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test.each([
    ['{"a":1,"b":2,"a":1}', 'a'],
    ['{"entries":[{},{"id":"x","missed":1,"id":"y"}]}', 'entries[1].id'],
    ['{"a":{"b":":"},"c":[1,[2,{"d":{},"d":[]}]]}', 'c[1][1].d'],
    [String.raw`{"a":"\\","\u0061" :"\""}`, 'a'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    ['{"x\\ny":1,"x\\ny":2}', '["x\\ny"]'],
    ['{"":{"":1,"":2}}', '[""][""]'],
  ])('names the member that comes twice: %s', (text, member) => {
    expect(messageOf(() => parseJson(text))).toBe(
      `input_malformed ${member}: must not be given twice`,
    );
  });

  test('the same name in different objects is no repetition', () => {
    expect(parseJson('[{"a":{"a":":"}},{"a":"\\"a\\":"}]')).toEqual([
      { a: { a: ':' } },
      { a: '"a":' },
    ]);
  });

  test('a text that is no JSON is refused without repeating it', () => {
    expect(messageOf(() => parseJson('{"name":"Zoé Martin"'))).toMatch(
      /^input_malformed : must be JSON( \(line \d+ column \d+\))?$/,
    );
  });

  test('nesting of any depth is read', () => {
    const depth = 200_000;
    const text = `${'['.repeat(depth)}{"a":1}${']'.repeat(depth)}`;
    expect(messageOf(() => parseJson(text))).toBe('accepted');
  });
});
