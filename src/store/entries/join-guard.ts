import type { Budget } from '../limits/store.ts';

/** What joined lately from the same network and with the same mail domain. */
export interface WorkLoads {
  /** Pseudonyms. */
  readonly network: string;
  /** Absent: a mail service that is open to all, or no mail. */
  readonly domain?: string;
  /** Joins of about a day that are no load yet. */
  readonly calm: number;
}

export interface JoinGuard {
  /** The proof of work it came with, and how long it could be handed in again. */
  readonly work?: {
    readonly id: string;
    readonly ttlSeconds: number;
    /** How many times the least work that was. */
    readonly effort: number;
  };
  /** What the work is held against; needs work. */
  readonly loads?: WorkLoads;
  /** From which the message to the mailbox and to the telephone is taken. */
  readonly budgets: readonly Budget[];
  readonly nowMs: number;
}
