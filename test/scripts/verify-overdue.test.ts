import { spawnSync } from 'node:child_process';
import { afterAll, describe, expect, test } from 'vitest';
import { jcs } from '#src/base/jcs.ts';
import { runVerify } from '../../scripts/verify/command.ts';
import { recordOf, vector } from '../allocator/support/vector-records.ts';
import { hasPython } from '../support/python.ts';
import { createDirectory } from './papers.ts';

const { save, remove } = createDirectory();
afterAll(remove);

const day = (number: number) => `2026-11-${String(number).padStart(2, '0')}T10:00:00Z`;
let entropy = 0;
const scheduled = (draw: string, plannedAt: string) => {
  entropy += 1;
  const commitment = String(entropy).padStart(64, '0');
  return { kind: 'scheduled', draw, plannedAt, entropy: { commitment, source: 'operator' } };
};
const leaves: readonly object[] = [
  scheduled('held', day(2)),
  scheduled('silent', day(2)),
  scheduled('void', day(2)),
  scheduled('given-up', day(2)),
  scheduled('empty', day(2)),
  scheduled('to-come', day(20)),
  scheduled('forgotten', day(3)),
  { kind: 'manifest', draw: 'held', manifest: {}, manifestHash: '' },
  { kind: 'outcome', draw: 'held', entropy: {}, outcomeHash: '', seed: '' },
  { kind: 'manifest', draw: 'silent', manifest: {}, manifestHash: '' },
  { kind: 'manifest', draw: 'without-a-plan', manifest: {}, manifestHash: '' },
  { kind: 'void', draw: 'void', stage: 'before_freeze', reason: 'x', agent: 'a' },
  { kind: 'superseded', draw: 'given-up', reason: 'x', agent: 'a' },
  { kind: 'skipped', draw: 'empty', reason: 'no_places' },
];
const register = save(
  'register.ndjson',
  leaves.map((leaf) => `${jcs({ at: day(2), ...leaf })}\n`).join(''),
);
const record = save('record.ndjson', recordOf(vector('one-of-three')).join(''));

const silent = `register: draw silent is OVERDUE: it was planned for ${day(2)}, frozen since, and has no result`;
const forgotten = `register: draw forgotten is OVERDUE: it was planned for ${day(3)}, never held nor given up`;
const unplanned = silent.replace('draw silent', 'draw without-a-plan');
const overdueIn = (out: string) => out.split('\n').filter((line) => line.includes('OVERDUE'));

const verifiers = {
  'npm run verify': (args: string[]) => runVerify(args),
  'scripts/verify.py': async (args: string[]) => {
    const { status, stdout, stderr } = spawnSync('python3', ['scripts/verify.py', ...args], {
      encoding: 'utf8',
    });
    return { exitCode: status, out: stdout, err: stderr };
  },
};

describe.each(Object.entries(verifiers))('%s', (name, verify) => {
  test.skipIf(name.endsWith('.py') && !hasPython)(
    'names each draw of the register that ought to have a result and has none',
    async () => {
      const weeks = await verify(['--now', '2026-11-30T00:00:00Z', '--register', register]);
      expect({ code: weeks.exitCode, err: weeks.err }).toEqual({ code: 0, err: '' });
      const late = `register: draw to-come is OVERDUE: it was planned for ${day(20)}, never held nor given up`;
      expect(overdueIn(weeks.out)).toEqual([silent, late, forgotten, unplanned]);
      // An hour after its time, not before.
      const after = ['--now', '2026-11-03T11:00:01Z', '--register', register];
      expect(overdueIn((await verify(after)).out)).toEqual([silent, forgotten, unplanned]);
      const before = ['--now', '2026-11-03T11:00:00Z', '--register', register];
      expect(overdueIn((await verify(before)).out)).toEqual([silent, unplanned]);
    },
  );

  test.skipIf(name.endsWith('.py') && !hasPython)(
    'does so beside a series of records',
    async () => {
      const now = ['--now', '2026-11-03T11:00:01Z'];
      const { exitCode, out } = await verify([...now, '--register', register, '--series', record]);
      expect(exitCode).toBe(0);
      expect(overdueIn(out)).toEqual([silent, forgotten, unplanned]);
      expect(out.trimEnd().split('\n').at(-1)).toMatch(/^series of 1 record/);
    },
  );
});
