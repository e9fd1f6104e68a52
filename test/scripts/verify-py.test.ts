import { spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
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
