import type { Keys } from '../core/keys.ts';
import type { Queues } from '../core/queues.ts';
import type { Connection } from '../core/redis.ts';

/** One thing that is wrong. Names ids only, nothing of a person. */
export interface Fault {
  readonly invariant: string;
  readonly text: string;
}

/** The jobs of draws, as far as they are looked at. */
export type DrawJobs = Pick<Queues['draws'], 'getJob' | 'getJobScheduler' | 'getJobSchedulers'>;

/** What a check is given. */
export interface CheckContext {
  readonly redis: Connection;
  readonly prefecture: string;
  readonly keys: Keys;
  readonly nowMs: number;
  /** Absent: schedules are not compared with jobs. */
  readonly jobs?: DrawJobs;
}

/** A thing to look at: a field of a hash, a member of a set. */
export interface Item {
  /** Which of several hashes, where there are several: a draw, a helper; '' otherwise. */
  readonly scope: string;
  readonly id: string;
}

export interface Finding {
  readonly item: Item;
  readonly fault: Fault;
}

/** What must be true of everything of one kind. */
export interface Invariant {
  /** What is looked at, as the summary counts it. */
  readonly things: string;
  /** Items in pages of bounded size; those there all the while come at least once. */
  pages(context: CheckContext): AsyncIterable<readonly Item[]>;
  /**
   * What is wrong with these items. Each is judged by what one instant showed of it, so that the
   * steps of others cannot be mistaken for a fault.
   */
  lookAt(context: CheckContext, items: readonly Item[]): Promise<Finding[]>;
}
