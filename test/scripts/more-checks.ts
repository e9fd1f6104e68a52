import { expect } from 'vitest';
import { verifyRecord } from '#src/allocator/record/verify.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { type Arguments, nothing } from '../../scripts/verify/arguments.ts';
import { checkMore } from '../../scripts/verify/more-checks.ts';
import { type CheckedDraw, keepDraw } from '../../scripts/verify/observed.ts';
import { withSecret } from '../allocator/support/tampering.ts';
import { historyOf, recordOf, vector } from '../allocator/support/vector-records.ts';

export const example = withSecret(vector('crowd-0'));
export const record = recordOf(example, historyOf(example, [3, 1, 4, 1, 5, 9, 2, 6]));
/** The record of the example, verified. */
export const checked = check(record);

/** A draw whose record verifies. */
export function check(lines: readonly string[]): CheckedDraw {
  const observer = keepDraw();
  expect(verifyRecord(lines, { sha256: nodeSha256, observer })).toMatchObject({
    verdict: 'verified',
  });
  return observer.checked();
}

/** What the command says, or how it refuses. */
export async function run(asked: Partial<Arguments>, of: CheckedDraw | undefined = checked) {
  try {
    return (await checkMore({ ...nothing, ...asked }, of, '2000-01-01T00:00:00Z')).join('\n');
  } catch (error) {
    if (!(error instanceof Error) || !('exitCode' in error)) throw error;
    return `${error.exitCode}: ${error.message}`;
  }
}

/** An entry of the example. */
export function manifestEntry(isIt: (entry: (typeof example.entries)[number]) => boolean) {
  const found = example.entries.find(isIt);
  if (!found) throw new Error('no such entry');
  return found;
}
