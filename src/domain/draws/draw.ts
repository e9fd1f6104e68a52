import type { Manifest, PlannedEntropy } from '../../allocator/types.ts';
import type { DrawState, SkipReason } from './state.ts';

/** What a draw did for one request type. */
export interface RequestTypeStatistics {
  readonly waiting: number;
  /** Places of the slots that may serve this type. Types that share slots share places. */
  readonly places: number;
  readonly drawn: number;
  /** Median of the draws that those drawn took part in, this one included; null if none. */
  readonly medianWaitDraws: number | null;
}

export interface DrawStatistics {
  readonly entries: number;
  readonly places: number;
  readonly drawn: number;
  readonly requestTypes: Readonly<Record<string, RequestTypeStatistics>>;
}

export interface DrawRecord {
  readonly id: string;
  readonly state: DrawState;
  /** Request types that it is for, each once; absent: all. */
  readonly requestTypes?: readonly string[];
  /**
   * Of a published draw: request types that a later draw was frozen for. Their part of the reserve
   * list has ended.
   */
  readonly ended?: readonly string[];
  /** When it was planned to begin. */
  readonly atMs: number;
  /** The cron schedule that made it, if one did. */
  readonly schedule?: string;
  readonly scheduledAtMs: number;
  /** Id of the key of the agent who planned it. */
  readonly agent?: string;
  /** Known, and public, from the moment the draw is scheduled. */
  readonly entropy: PlannedEntropy;
  /** The void draw that this one repeats. */
  readonly replaces?: string;
  /** Of a void draw: the one draw that repeats it. Set with the plan of that draw. */
  readonly repeatedBy?: string;
  /** Void draws of its types shortly before it, which it does not say that it repeats (after-void.ts). */
  readonly afterVoid?: readonly string[];
  /** The operator's secret, sealed at rest until the draw. Never leaves the service before. */
  readonly sealedSecret?: string;
  /** 1 for the first draw of the prefecture; given at the freeze. */
  readonly number?: number;
  readonly frozenAtMs?: number;
  readonly manifest?: Manifest;
  readonly manifestHash?: string;
  readonly seed?: string;
  readonly outcomeHash?: string;
  readonly statistics?: DrawStatistics;
  /** When its result was sealed. */
  readonly drawnAtMs?: number;
  readonly publishedAtMs?: number;
  readonly closedAtMs?: number;
  /** Of a plan that was changed or given up before its freeze. */
  readonly superseded?: { readonly atMs: number; readonly reason: string; readonly agent: string };
  /** Of a draw that was not held. */
  readonly skipped?: { readonly atMs: number; readonly reason: SkipReason };
  readonly voided?: { readonly atMs: number; readonly reason: string; readonly agent: string };
}
