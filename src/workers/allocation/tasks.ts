import type { PoolManifest } from '../../allocator/record/manifest.ts';
import type { Entropy, Rules, Slot } from '../../allocator/types.ts';
import type { DrawStatistics } from '../../domain/draws/draw.ts';
import type { PriorityCounts } from '../../domain/register/leaf.ts';
import type { IndexField } from '../../store/draws/index.ts';

/** What the allocation thread is asked, and what it answers. All of it can be cloned. */

export interface FreezeTask {
  readonly draw: string;
  readonly prefecture: string;
  readonly frozenAtMs: number;
  readonly rules: Rules;
  readonly slots: readonly Slot[];
  /** JSON arrays of entries, so that no thread clones 100,000 objects at once. */
  readonly entries: readonly Uint8Array[];
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

/** A place given to an entry, with what its offer repeats from entry and slot. */
export interface Seat {
  readonly entry: string;
  readonly requestType: string;
  readonly slot: string;
  readonly slotStart: string;
  readonly site: string;
}

/** Until when an offer made now may be answered: settings of the prefecture and the instant. */
export interface DeadlinePolicy {
  readonly nowMs: number;
  readonly timeZone: string;
  readonly answerHours: number;
  readonly quietFrom: string;
  readonly quietUntil: string;
  readonly noticeHours: number;
}

export interface OpenReserveTask extends SeatsTask {
  readonly key: string;
}

export interface NextRefillTask {
  readonly key: string;
  /** Number of event lines before `lines`. The last one already seen comes again, as a check. */
  readonly from: number;
  readonly lines: readonly string[];
  readonly policy: DeadlinePolicy;
}

export type NextRefill =
  /** The reserve is not in memory, or not at `from`: ask where it stands, or open it. */
  | { readonly outcome: 'missing' }
  | { readonly outcome: 'none' }
  | { readonly outcome: 'next'; readonly seat: Seat; readonly deadlineMs: number };
