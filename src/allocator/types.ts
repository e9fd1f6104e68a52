import type { Hex256, Identifier } from '../base/types.ts';

/** The objects of lottery/v1. They are hashed as they stand: no member beyond these, no defaults. */

export interface TimeWindow {
  /** ISO weekdays, 1 (Monday) to 7 (Sunday). */
  readonly days: readonly number[];
  /** `HH:MM`, inclusive. */
  readonly from: string;
  /** `HH:MM`, exclusive; `24:00` is the end of the day. */
  readonly until: string;
}

export interface Accepts {
  /** Preferred first. Absent: any site, without preference. */
  readonly sites?: readonly Identifier[];
  /** Absent: any time. */
  readonly windows?: readonly TimeWindow[];
  /** `YYYY-MM-DD`, inclusive, local to the slot. */
  readonly notBefore?: string;
  /** `YYYY-MM-DD`, inclusive, local to the slot. */
  readonly notAfter?: string;
}

export interface Entry {
  readonly id: Identifier;
  readonly requestType: Identifier;
  /** Earlier draws that this entry took part in without being offered a slot. */
  readonly missed: number;
  readonly priority?: true;
  /** Absent: the person can come anywhere, at any time. */
  readonly accepts?: Accepts;
}

export interface Slot {
  readonly id: Identifier;
  readonly site: Identifier;
  /** `YYYY-MM-DDTHH:MM:SS±HH:MM`: the local time at the desk, with its offset. */
  readonly start: string;
  /** Places (desks) at that moment, 1 or more. */
  readonly capacity: number;
  readonly requestTypes: readonly Identifier[];
}

export interface Quota {
  readonly min?: number;
  readonly max?: number;
}

export interface Ageing {
  readonly ticketsPerMiss?: number;
  readonly maxTickets?: number;
  readonly guaranteeAfter?: number;
}

export interface Rules {
  readonly quotas?: Readonly<Record<Identifier, Quota>>;
  readonly priorityMax?: number;
  readonly ageing?: Ageing;
}

export type EntropySource =
  | { readonly source: 'drand'; readonly chain: Hex256; readonly round: number }
  | { readonly source: 'operator'; readonly commitment: Hex256 };

/**
 * What a planned draw is tied to, known before anyone can be in it. A round of drand comes with the
 * manifest: it is chosen so that it does not exist when the manifest is published.
 */
export type PlannedEntropy =
  | { readonly source: 'drand'; readonly chain: Hex256 }
  | { readonly source: 'operator'; readonly commitment: Hex256 };

export interface Manifest {
  readonly algorithm: 'lottery/v1';
  readonly draw: Identifier;
  readonly prefecture: Identifier;
  /** `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly frozenAt: string;
  readonly rules: Rules;
  readonly entries: { readonly count: number; readonly root: Hex256 };
  readonly slots: { readonly count: number; readonly root: Hex256 };
  readonly entropy: EntropySource;
}

/** What is revealed after the freeze, as it stands in the record. */
export type Entropy =
  | { readonly randomness: Hex256; readonly signature: string }
  | { readonly secret: Hex256 };

export interface Winner {
  readonly entry: Identifier;
  readonly slot: Identifier;
}

/** What happens after a draw, as it stands in the record (without `kind` and `at`). */
export type RecordEvent =
  | {
      readonly type: 'accepted' | 'declined' | 'expired' | 'cancelled' | 'revoked' | 'refilled';
      readonly entry: Identifier;
      readonly slot: Identifier;
    }
  | { readonly type: 'withdrawn'; readonly entry: Identifier }
  | { readonly type: 'void' };
