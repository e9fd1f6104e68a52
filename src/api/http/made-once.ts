/** Makes something when it is first asked for, and keeps it. What failed is tried again. */
export function madeOnce<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let making: Promise<Made> | undefined;
  return () => {
    making ??= make().catch((error: unknown) => {
      // The next one who asks may be luckier.
      making = undefined;
      throw error;
    });
    return making;
  };
}
