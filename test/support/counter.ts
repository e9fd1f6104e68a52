const restarts: (() => void)[] = [];

/** Counts from 1 in each test file, whatever ran in this process before. */
export function createFileCounter(): () => number {
  let count = 0;
  restarts.push(() => {
    count = 0;
  });
  return () => {
    count += 1;
    return count;
  };
}

/** Has all counters begin anew: before each test file. */
export function restartCounters(): void {
  for (const restart of restarts) restart();
}
