import type { Rules } from '../allocator/types.ts';

/** Who gets the places of a period, in the order in which the policies are shown. */
export const policies = ['race', 'fifo', 'lottery', 'lottery+ageing'] as const;
export type Policy = (typeof policies)[number];

/** What happens to a place that is given up. */
export const freedSlots = ['instant', 'next-draw', 'reserve'] as const;
export type FreedSlots = (typeof freedSlots)[number];

export interface RequestTypeScenario {
  /** Mean of the Poisson number of persons who join in a period. */
  readonly arrivalsPerDraw: number;
  /** Places in a period that only this request type may use. */
  readonly slotsPerDraw: number;
  /** Persons in the pool of the first draw. */
  readonly backlog: number;
  /** Probability that a person who is not served leaves after a period. */
  readonly abandonPerDraw: number;
  /** Probability that a served person does not come. */
  readonly noShow: number;
  /** Probability that a person is on the priority track. */
  readonly priorityShare: number;
  /** `race`: places that persons book in an hour. Absent: at once. */
  readonly bookingsPerHour?: number;
}

export interface Scalpers {
  /** False identities for each request type attacked. */
  readonly identities: number;
  /** The request types attacked. */
  readonly requestTypes: readonly string[];
  readonly price: number;
  readonly costPerBooking: number;
  readonly botLatencyMs: number;
  readonly humanRefreshPerSecond: number;
  readonly copiesPerClient: number;
  readonly nameEditable: boolean;
  readonly deskIdentityCheck: boolean;
  readonly oneEntryPerIdentity: boolean;
  readonly freedSlots: FreedSlots;
  readonly fakeIdentitiesFree: boolean;
}

export interface Polls {
  readonly everyHours: number;
  /** Probability that a poll is invalid. */
  readonly errorShare: number;
}

/** A scenario with every default filled in. */
export interface Scenario {
  readonly name: string;
  /** Periods that are measured. */
  readonly draws: number;
  /** Periods before them that are run and not measured. */
  readonly warmup: number;
  readonly drawEveryDays: number;
  readonly replications: number;
  readonly policies: readonly Policy[];
  readonly requestTypes: Readonly<Record<string, RequestTypeScenario>>;
  /** Places in a period that any request type may use. */
  readonly sharedSlotsPerDraw: number;
  readonly rules: Rules;
  readonly scalpers?: Scalpers;
  readonly polls?: Polls;
}
