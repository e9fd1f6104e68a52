/** What may come of a request to join. */
export const JOIN_OUTCOMES = [
  'joined',
  'replayed',
  'mismatch',
  'duplicate',
  'spent',
  'light',
  'crowded',
  'exhausted',
] as const;
