import type { MessageId } from './id.ts';

/** A message that could not be delivered, for an agent to see and replay. */
export interface DeadLetter {
  readonly id: MessageId;
  readonly reason: string;
  readonly attempts: number;
  readonly atMs: number;
}
