/**
 * What the service itself gives as the reason of a superseded draw, and until 0.1.0 of a void one, as it
 * is stored and published.
 */
export const OWN_REASONS = {
  scheduleRemoved: 'the schedule was removed',
  scheduleChanged: 'the schedule was changed',
} as const;

export type OwnReason = keyof typeof OWN_REASONS;

/** Which of those a stored reason is; undefined: the words of an agent. Pure. */
export function ownReason(reason: string): OwnReason | undefined {
  const own = Object.keys(OWN_REASONS) as OwnReason[]; // its own keys
  return own.find((name) => OWN_REASONS[name] === reason);
}
