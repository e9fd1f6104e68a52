import { spawnSync } from 'node:child_process';

/**
 * Whether Python's tests run here. They are left out, and said to be, where there is no python3,
 * unless TIRAGE_PYTHON is `required`: then they run and fail.
 */
export const hasPython = (() => {
  const { error } = spawnSync('python3', ['--version']);
  if (!error || process.env.TIRAGE_PYTHON === 'required') return true;
  console.log('skipped: the tests of scripts/verify.py (there is no python3)');
  return false;
})();

export interface PythonVerdict {
  readonly verdict: string;
  /** From 1; 0 when verified. */
  readonly line: number;
  readonly reason: string;
}

/** What the second verifier says of many records, in one run. A line is Latin-1, as it is read. */
export function judgeBatch(records: readonly (readonly string[])[]): PythonVerdict[] {
  const { status, stdout, stderr } = spawnSync('python3', ['test/support/judge_batch.py'], {
    input: JSON.stringify(records),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`python3 failed: ${stderr}`);
  const verdicts: [string, number, string][] = JSON.parse(stdout);
  return verdicts.map(([verdict, line, reason]) => ({ verdict, line, reason }));
}
