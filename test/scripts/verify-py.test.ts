import { spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { day, history2, record2, voidEarly } from '../allocator/support/records-2.ts';
import { changeLine, recordOf, vector } from '../allocator/support/vector-records.ts';
import { hasPython } from '../support/python.ts';

const lines = recordOf(vector('one-of-three'));
const record = lines.join('');
const isOneLine = /^[\x20-\x7e]+\n$/;

function runPython(args: readonly string[], input: string | Uint8Array = '') {
  const { status, stdout, stderr } = spawnSync('python3', ['scripts/verify.py', ...args], {
    input,
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
}

describe.skipIf(!hasPython)('scripts/verify.py', () => {
  test('exits 0 with one line of counts, which says what it has not checked', () => {
    for (const input of [record, gzipSync(record)]) {
      const { code, out, err } = runPython(['-'], input);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toMatch(isOneLine);
      expect(out).toContain('3 entries, 1 place, 1 winner, 0 refills, 0 events');
      expect(out).toContain('BLS signature of drand is NOT checked');
    }
  });

  test('judges v2 by what the record says, and warns of events after the clock', () => {
    const families = record2(history2).join('');
    const right = runPython(['--now', day(4), '-'], families);
    expect(right).toMatchObject({ code: 0, err: '' });
    expect(right.out).toContain('7 entries, 7 places, 6 winners, 1 refill, 15 events');
    expect(right.out).toContain(
      '\nwarning: 6 events lie after 2026-11-04T10:00:00Z, the first in line 28\n',
    );
    expect(runPython(['--now', day(9), '-'], families).out).toMatch(isOneLine);
    const cut = runPython(['--now', day(9), '-'], voidEarly(10).join(''));
    expect(cut.out).toContain('VOID before it had an outcome: this draw counts for nothing');
    expect(runPython(['--now', day(4).slice(0, 10), '-'], families)).toMatchObject({ code: 2 });
  });

  test('exits 1 with the line that differs', () => {
    const changed = changeLine(lines, 7, { entry: 'b' }).join('');
    const err = 'line 7: the draw gives entry a the slot s1 here\n';
    expect(runPython(['-'], changed)).toEqual({ code: 1, out: '', err });
  });

  test.each<[string, string[], string | Uint8Array]>([
    ['a strange member', ['-'], changeLine(lines, 4, { '\u001b[31m\né': 1 }).join('')],
    ['a packed file cut short', ['-'], gzipSync(record).subarray(0, 200)],
    [
      'a packed file with something after it',
      ['-'],
      Buffer.concat([gzipSync(record), Buffer.from('tail')]),
    ],
    ['a missing file', ['nowhere.ndjson'], ''],
    ['no argument', [], ''],
    ['an unknown option', ['--fast'], ''],
  ])('exits 2 with one line and no stack: %s', (_title, args, input) => {
    const { code, out, err } = runPython(args, input);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(isOneLine);
    expect(err).not.toContain('Traceback');
  });

  test('says how it is used', () => {
    expect(runPython(['--help'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('usage:'),
    });
  });
});
