/**
 * Calls `work` for every item, at most `limit` at a time, and waits for all of them.
 *
 * @throws what the first failing call threw, once all running calls have ended.
 */
export async function concurrently<T>(
  items: readonly T[],
  limit: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failed = false;
  const runner = async () => {
    while (!failed && next < items.length) {
      const index = next++;
      // An index below the length is an item.
      await work(items[index] as T, index).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  const runs = await Promise.allSettled(
    Array.from({ length: Math.min(limit, items.length) }, runner),
  );
  const failure = runs.find((run) => run.status === 'rejected');
  if (failure) throw failure.reason;
}
