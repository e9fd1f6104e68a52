import { expect } from 'vitest';

/** Counts from 1 in each test file, whatever ran in this process before. */
export function createFileCounter(): () => number {
  let file: string | undefined;
  let count = 0;
  return () => {
    const { testPath } = expect.getState();
    count = testPath === file ? count + 1 : 1;
    file = testPath;
    return count;
  };
}
