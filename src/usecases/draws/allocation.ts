import type { PoolManifest } from '../../allocator/record/manifest.ts';
import type { Entropy, Entry, Rules, Slot } from '../../allocator/types.ts';
import type { DrawStatistics } from '../../domain/draws/draw.ts';
import type { DeadlinePolicy } from '../../domain/offers/deadline.ts';
import type { Seat } from '../../domain/offers/offer.ts';
import type { PriorityCounts } from '../../domain/register/pool-counts.ts';
import type { IndexField } from '../../store/draws/index.ts';

/**
 * Ranks, seats and keeps reserve lists. The work takes seconds, so it is done elsewhere: workers
 * hand in a thread.
 */
export interface Allocation {
  /** The manifest of a frozen pool but for its entropy, and the pool's part of the record. */
  freeze(task: FreezeTask, entries: readonly Entry[]): Promise<Frozen<Buffer>>;
  /** Ranks and seats a frozen pool. */
  draw(task: DrawTask): Promise<Drawn<Buffer>>;
  /** The places that a sealed draw gave, in rank order. */
  seats(task: SeatsTask): Promise<Seat[]>;
  /** How many events the reserve list of `key` has seen; undefined if it is not in memory. */
  reserveAt(key: string): Promise<number | undefined>;
  /** Takes the reserve list of a sealed draw into memory. */
  openReserve(task: OpenReserveTask): Promise<void>;
  /** Replays new events and names the next entry for a freed place. */
  nextRefill(task: NextRefillTask): Promise<NextRefill>;
}

export interface FreezeTask {
  readonly draw: string;
  readonly prefecture: string;
  readonly frozenAtMs: number;
  readonly rules: Rules;
  readonly slots: readonly Slot[];
}

export interface Frozen<Part = Uint8Array> {
  /** The manifest, but for the entropy that it is tied to at the last moment. */
  readonly pool: PoolManifest;
  readonly priority: Pick<PriorityCounts, 'counts' | 'other'>;
  /** Gzipped parts of the record, first slot to last entry. */
  readonly parts: Part[];
}

export interface DrawTask {
  readonly input: readonly Uint8Array[];
  readonly entropy: Entropy;
}

export interface Drawn<Part = Uint8Array> {
  readonly seed: string;
  readonly outcomeHash: string;
  readonly statistics: DrawStatistics;
  /** Gzipped parts of the record, entropy to outcome. */
  readonly parts: Part[];
  /** What answers questions about one entry. */
  readonly index: IndexField[];
}

export interface SeatsTask {
  readonly input: readonly Uint8Array[];
  readonly result: readonly Uint8Array[];
}

export interface OpenReserveTask extends SeatsTask {
  readonly key: string;
}

export interface NextRefillTask {
  readonly key: string;
  /** Number of event lines before `lines`. The last one already seen comes again, as a check. */
  readonly from: number;
  readonly lines: readonly string[];
  /** Request types that have ended: places of slots that serve one of them go to another draw. */
  readonly ended: readonly string[];
  readonly policy: DeadlinePolicy;
  /** Slots whose freed places were taken out of the plan. */
  readonly skip: readonly string[];
}

export type NextRefill =
  /** The reserve is not in memory, or not at `from`: ask where it stands, or open it. */
  | { readonly outcome: 'missing' }
  | { readonly outcome: 'none' }
  | { readonly outcome: 'next'; readonly seat: Seat; readonly deadlineMs: number };
