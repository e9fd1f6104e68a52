export const MESSAGE_KINDS = [
  'code',
  'welcome',
  'offer',
  'reminder',
  'booked',
  'expired',
  'revoked',
  'cancelled',
  'duplicate',
  'link',
  'absence',
  'absence_decided',
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/**
 * Names one message for ever: `<kind>.<entry>.<subject>`, where the subject is the draw, or the
 * round for a code. Job id and Message-ID are derived from it, so that a repeated step sends
 * nothing twice.
 */
export type MessageId = string;

/** A message that could not be delivered, for an agent to see and replay. */
export interface DeadLetter {
  readonly id: MessageId;
  readonly reason: string;
  readonly attempts: number;
  readonly atMs: number;
}
