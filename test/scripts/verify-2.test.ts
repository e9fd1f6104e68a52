import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runVerify } from '../../scripts/verify/command.ts';
import { day, drawn2, history2, record2, voidEarly } from '../allocator/support/records-2.ts';
import { changeLine, recordOf, vector } from '../allocator/support/vector-records.ts';

const folder = mkdtempSync(join(tmpdir(), 'tirage-verify2-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the command says of a record of v2. */
function verify(lines: readonly string[], ...options: string[]) {
  const path = join(folder, 'record.ndjson');
  writeFileSync(path, lines.join(''));
  return runVerify([path, '--now', day(20), ...options]);
}

describe('the verifier, of lottery/v2', () => {
  test('counts entries, and says what it found in one line', async () => {
    expect(await verify(record2(history2))).toEqual({
      exitCode: 0,
      out:
        'verified draw v2-party of prefecture 92: 7 entries, 7 places, 6 winners, 1 refill, ' +
        '15 events; entropy from drand quicknet; a manifest that no witness held before that round could be ' +
        'back-dated, and tried out until it suited\n',
      err: '',
    });
  });

  test('warns of events after the clock, which is that of the machine unless it is given', async () => {
    const path = join(folder, 'future.ndjson');
    const far = changeLine(record2(history2), 33, { at: '2999-11-07T10:00:00Z' });
    writeFileSync(path, far.join(''));
    const { exitCode, out } = await runVerify([path]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/\nwarning: 1 event lies after 20\d\d-[^ ]+Z, the first in line 33\n$/);
    expect((await runVerify([path, '--now', day(6)])).out).toContain('1 event lies after');
    expect((await runVerify([path, '--now', day(4)])).out).toContain(
      'warning: 6 events lie after 2026-11-04T10:00:00Z, the first in line 28\n',
    );
    expect((await runVerify([path, '--now', '2999-12-31T00:00:00Z'])).out).not.toContain('warning');
  });

  test.each(['tomorrow', '2026-11-31T10:00:00Z', '2026-11-02', ''])(
    'refuses %j as a clock',
    async (now) => {
      expect(await runVerify(['record.ndjson', '--now', now])).toMatchObject({ exitCode: 2 });
    },
  );

  test('says that a draw that was void before its outcome counts for nothing', async () => {
    const { exitCode, out } = await verify(voidEarly(11));
    expect(exitCode).toBe(0);
    expect(out).toContain(
      'VOID, declared so before it had an outcome: this draw counts for nothing',
    );
    const asked = await verify(voidEarly(10), '--entry', 'e0');
    expect(asked).toMatchObject({ exitCode: 2, err: expect.stringContaining('nothing more') });
  });

  test('names the line of a difference', async () => {
    const changed = changeLine(drawn2, 13, { slot: 's2' });
    expect(await verify(changed)).toEqual({
      exitCode: 1,
      out: '',
      err: 'line 13: the draw gives winner couple in slot s1 here\n',
    });
  });
});

describe('the story of an entry, of lottery/v2', () => {
  const story = async (id: string, lines = record2(history2)) =>
    (await verify(lines, '--entry', id)).out;

  test('of a party: its size, its refill, and the closure of its slot', async () => {
    const told = await story('family');
    expect(told).toContain('  a party of 4: it needs 4 places of one slot\n');
    expect(told).toContain('  not drawn: when its turn came, every place it could take was needed');
    expect(told).toContain('  2026-11-05T10:00:00Z refilled slot s1 until 2026-11-09T10:00:00Z\n');
    expect(told).toContain('  2026-11-07T10:00:00Z closed slot s1 for strike\n');
  });

  test('of who had left a slot before it was closed, without the closure', async () => {
    const told = await story('e0');
    expect(told).toContain('  2026-11-06T10:00:00Z withdrawn by helper\n');
    expect(told).not.toContain('closed');
  });

  test('of a party that no slot is large enough for', async () => {
    const told = await story('six', recordOf(vector('v2-party-too-large')));
    expect(told).toContain('lies within what it accepts and has places for all of them\n');
  });

  test('of who is owed, and of who rests', async () => {
    const owed = recordOf(vector('v2-owed'));
    const id = vector('v2-owed').entries.find((entry) => entry.owed)?.id ?? '';
    expect(await story(id, owed)).toMatch(
      / {2}owed: .*\n[\s\S]*ahead of others by what it is owed/,
    );
    const resting = await story('r1', recordOf(vector('v2-resting')));
    expect(resting).toContain('  resting: it gave up an offer while guaranteed');
    expect(resting).not.toContain('guaranteed ahead of others');
  });
});
