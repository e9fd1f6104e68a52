/**
 * What the service itself gives as the reason of a superseded draw, and until 0.1.0 of a void one, as it
 * is stored and published.
 */
export const VOID_REASONS = {
  scheduleRemoved: 'the schedule was removed',
  scheduleChanged: 'the schedule was changed',
} as const;

export type VoidReason = keyof typeof VOID_REASONS;

/** Which of those a stored reason is; undefined: the words of an agent. Pure. */
export function ownVoidReason(reason: string): VoidReason | undefined {
  const own = Object.keys(VOID_REASONS) as VoidReason[]; // its own keys
  return own.find((name) => VOID_REASONS[name] === reason);
}
