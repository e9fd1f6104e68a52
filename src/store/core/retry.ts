/** Attempts before giving up on what others keep changing. */
export const CONFLICT_ATTEMPTS = 20;

/**
 * Reads, decides and writes, again for as long as another writer was faster: `attempt` answers
 * `conflict` then. What it decides must be pure, for it may be decided several times.
 *
 * @param what the thing that is changed, for the error
 * @throws Error after so many attempts: somebody writes without end, or an attempt never reads anew
 */
export async function retryOnConflict<Result>(
  what: string,
  attempt: () => Promise<Result | 'conflict'>,
  attempts = CONFLICT_ATTEMPTS,
): Promise<Result> {
  for (let made = 0; made < attempts; made += 1) {
    const result = await attempt();
    if (result !== 'conflict') return result;
  }
  throw new Error(`${what} keeps changing: gave up after ${attempts} attempts`);
}

/**
 * The same for many things at once: `attempt` answers those that changed meanwhile, which are
 * looked at again.
 *
 * @throws Error as `retryOnConflict`
 */
export async function retryTheRest<Item>(
  what: string,
  items: readonly Item[],
  attempt: (left: readonly Item[]) => Promise<readonly Item[]>,
): Promise<void> {
  let left = items;
  await retryOnConflict(what, async () => {
    if (left.length > 0) left = await attempt(left);
    return left.length > 0 ? 'conflict' : 'done';
  });
}
