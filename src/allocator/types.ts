import type { Hex256, Identifier } from '../base/types.ts';

// The objects of lottery/v1 and v2. They are hashed as they stand: no member beyond these, no
// defaults. What only v2 knows says so; an object of v1 never has it.

/** The definitions that a record can follow. It says itself which (`manifest.algorithm`). */
export const ALGORITHMS = ['lottery/v1', 'lottery/v2'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

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

/** Most people of one party (v2 §1). */
export const LARGEST_PARTY = 6;

export interface Entry {
  readonly id: Identifier;
  readonly requestType: Identifier;
  /** Earlier draws that this entry took part in without being offered a slot. */
  readonly missed: number;
  readonly priority?: true;
  /**
   * v2: 2 to 6 people of one household, who need as many places of one slot. Absent: one person.
   */
  readonly party?: number;
  /** v2: the service took back what it held in an earlier draw, and has offered it no place since. */
  readonly owed?: true;
  /** v2: it gave up an offer while it was guaranteed, and is not ranked as guaranteed for a while. */
  readonly resting?: true;
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
  /** Places: in v2 a party counts as many people as it has. */
  readonly min?: number;
  readonly max?: number;
}

export interface Ageing {
  readonly ticketsPerMiss?: number;
  readonly maxTickets?: number;
  readonly guaranteeAfter?: number;
  /** v2: for how many draws who gave up a guaranteed place rests, 0 to 100. */
  readonly guaranteeRest?: number;
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
  readonly algorithm: Algorithm;
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

/** Why the service takes a place back or closes a slot (v2 §7). */
export const CAUSES = [
  'strike',
  'illness',
  'building',
  'holiday',
  'error',
  'court',
  'other',
] as const;
export type Cause = (typeof CAUSES)[number];

/** Why an entry is rejected (v2 §7). */
export const REJECTIONS = ['identity', 'document', 'ineligible', 'duplicate', 'other'] as const;
export type Rejection = (typeof REJECTIONS)[number];

/** By whose hand something was done, if not the person's own (v2 §7). It never names anybody. */
export const HANDS = ['staff', 'helper'] as const;
export type Hand = (typeof HANDS)[number];

/** An entry and a slot of one draw. */
interface Place {
  readonly entry: Identifier;
  readonly slot: Identifier;
}

/**
 * What happens after a draw, as it stands in the record (without `kind` and `at`). In v2 alone:
 * `by`; `until` (`YYYY-MM-DDTHH:MM:SSZ`) and `cause`, which must stand there; and the types
 * `offered`, `extended`, `rejected`, `closed`.
 */
export type RecordEvent =
  | (Place & { readonly type: 'offered' | 'extended'; readonly until: string })
  | (Place & { readonly type: 'accepted' | 'declined' | 'cancelled'; readonly by?: Hand })
  | (Place & { readonly type: 'expired' })
  | (Place & { readonly type: 'revoked'; readonly cause?: Cause })
  | (Place & { readonly type: 'refilled'; readonly until?: string })
  | { readonly type: 'withdrawn'; readonly entry: Identifier; readonly by?: Hand }
  | { readonly type: 'rejected'; readonly entry: Identifier; readonly cause: Rejection }
  | { readonly type: 'closed'; readonly slot: Identifier; readonly cause: Cause }
  | { readonly type: 'void' };
