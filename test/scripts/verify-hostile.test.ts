import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runVerify } from '../../scripts/verify/command.ts';
import { hostileFiles, rightFiles } from '../allocator/support/hostile-files.ts';
import { malformedRecords } from '../allocator/support/malformed-records.ts';
import { tamperedRecords } from '../allocator/support/tampered-records.ts';
import { hasPython } from '../support/python.ts';

// Whole files through both commands: `npm run verify` and `python3 scripts/verify.py`, each in one
// process for all of them. Their exit codes and the line they name must be the same.

const folder = mkdtempSync(join(tmpdir(), 'tirage-hostile-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Answer {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

const Answers = z.array(z.tuple([z.int(), z.string(), z.string()]));

function python(paths: readonly string[]): Answer[] {
  const { status, stdout, stderr } = spawnSync('python3', ['test/support/verify_batch.py'], {
    input: JSON.stringify(paths),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`python3 failed: ${stderr}`);
  return Answers.parse(JSON.parse(stdout)).map(([exitCode, out, err]) => ({ exitCode, out, err }));
}

/** What both say of each file, by its title. */
async function verdicts(files: readonly (readonly [string, Uint8Array | string])[]) {
  const paths = files.map(([, content], at) => {
    const path = join(folder, `${at}.bin`);
    writeFileSync(path, content);
    return path;
  });
  const ours: Answer[] = [];
  for (const path of paths) ours.push(await runVerify([path]));
  const theirs = hasPython ? python(paths) : ours;
  return files.map(([title], at) => {
    const [first, second] = [ours[at], theirs[at]];
    if (!first || !second) throw new Error('an answer for each file');
    return { title, first, second };
  });
}

/**
 * Where a packed file is damaged, how much of it comes out first is up to the library: then one may
 * name the line that it met, the other the damage. Both refuse it as unreadable.
 */
const isDamaged = (title: string) => title.startsWith('a packed file');
/** The line of the record that an answer names, if it names one. */
const lineOf = ({ err }: Answer) => /^line (\d+): /.exec(err)?.[1];
const isOneLine = /^[\x20-\x7e]{1,2000}\n$/;

describe('npm run verify and verify.py', () => {
  test('take a right record, however it is packed', async () => {
    for (const { title, first, second } of await verdicts(rightFiles)) {
      expect([title, first.exitCode, second.exitCode]).toEqual([title, 0, 0]);
      expect([first.out, second.out]).toEqual([
        expect.stringMatching(isOneLine),
        expect.stringMatching(isOneLine),
      ]);
    }
  });

  test('refuse each hostile file with the same code and one plain line', async () => {
    expect(hostileFiles.length).toBeGreaterThan(100);
    for (const { title, first, second } of await verdicts(hostileFiles)) {
      expect(first.exitCode, title).not.toBe(0);
      expect([title, second.exitCode]).toEqual([title, first.exitCode]);
      if (!isDamaged(title)) expect([title, lineOf(second)]).toEqual([title, lineOf(first)]);
      for (const { out, err } of [first, second]) {
        expect([title, out, err]).toEqual([title, '', expect.stringMatching(isOneLine)]);
        expect(err, title).not.toMatch(/Traceback|node:|\bat .*\.(ts|py)\b/);
      }
    }
  });

  test('refuse each malformed and each tampered record with the code and line it is due', async () => {
    const cases = [
      ...malformedRecords.map(([title, lines, line]) => ({ title, lines, line, exitCode: 2 })),
      ...tamperedRecords.map(([title, lines, line]) => ({ title, lines, line, exitCode: 1 })),
    ];
    expect(tamperedRecords.length).toBeGreaterThan(30);
    const files = cases.map(({ title, lines }) => [title, lines.join('')] as const);
    for (const [at, { title, first, second }] of (await verdicts(files)).entries()) {
      const due = [title, cases[at]?.exitCode, String(cases[at]?.line)];
      expect([title, first.exitCode, lineOf(first)]).toEqual(due);
      expect([title, second.exitCode, lineOf(second)]).toEqual(due);
    }
  });
});
