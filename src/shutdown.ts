export type Closer = () => Promise<unknown>;

/**
 * Runs every closer, newest first, even if an earlier one fails. Returns the failures.
 */
export async function closeAll(closers: readonly Closer[]): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (const close of closers.toReversed()) {
    await close().catch((error: unknown) => failures.push(error));
  }
  return failures;
}
