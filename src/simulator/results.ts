import type { Policy, Scenario } from './scenario.ts';

/** The name under which all request types are counted together. */
export const total = 'total';

/** Every figure, in the order in which they are shown. */
export const figureNames = [
  'joined',
  'seen',
  'served',
  'left',
  'stillWaiting',
  'servedShare',
  'leftShare',
  'stillWaitingShare',
  'everServed',
  'chancePerDraw',
  'honestChance',
  'waitMean',
  'waitSd',
  'waitP50',
  'waitP90',
  'waitP99',
  'waitGini',
  'censoredWaitMean',
  'poolBeforeDraw',
  'leftAfterDraw',
  'botShareAtRelease',
  'botShareAtAppointment',
  'resoldShare',
  'wastedShare',
  'unfilledShare',
  'resalePrice',
  'profitPerDraw',
  'profitPerPlace',
  'profitPerIdentity',
  'buyerChance',
  'nonBuyerChance',
  'buyerAdvantage',
  'cimadeFailure',
] as const;
export type FigureName = (typeof figureNames)[number];

/** Over the replications in which a figure is defined. */
export interface Estimate {
  readonly mean: number;
  /** Standard error of the mean; null if it cannot be known from one replication. */
  readonly se: number | null;
}

/** Null: undefined in every replication. */
export type Figures = Readonly<Record<FigureName, Estimate | null>>;

/** A share for each period, warm-up included. */
export interface EstimateSeries {
  readonly mean: readonly number[];
  readonly se: readonly (number | null)[];
}

/** What became of one request type (or of `total`) under one policy. */
export interface Result {
  readonly policy: Policy;
  readonly requestType: string;
  readonly figures: Figures;
  /** Share of the backlog not served by the end of each period; null without a backlog. */
  readonly backlogUnserved: EstimateSeries | null;
}

export interface Output {
  readonly scenario: Scenario;
  readonly seed: number;
  /** By policy, then by request type, `total` last. */
  readonly results: readonly Result[];
}

/** What plots need beyond the figures, all replications together. */
export interface ResultSeries {
  readonly policy: Policy;
  readonly requestType: string;
  /** Of those seen who were served: how many took part in `index` draws, the winning one included. */
  readonly servedWaits: readonly number[];
  /** Of those seen who left unserved: how many took part in `index` draws. */
  readonly leftWaits: readonly number[];
  /** Of those seen who still wait at the end (censored): how many took part in `index` draws. */
  readonly waitingSoFar: readonly number[];
  /** By measured period: mean and standard error over replications; null where nobody waited. */
  readonly chanceByDraw: readonly (Estimate | null)[];
  readonly poolByDraw: readonly Estimate[];
  /** Places held by the scalper after allocation ÷ places on offer; null where there were none. */
  readonly botShareByDraw: readonly (Estimate | null)[];
}

/** The same scenario with one thing changed, same seed, fewer replications. */
export interface Variant {
  /**
   * For switches: `default` (every switch as the law of the batch system wants it), then the member
   * of `scalpers` turned the other way: `nameEditable`, `deskIdentityCheck`, `oneEntryPerIdentity`,
   * `freedSlots`, `fakeIdentitiesFree`. For demand: the factor on arrivals and backlog, `1.25`.
   */
  readonly label: string;
  readonly results: readonly Result[];
}

/** Kept only when a report is asked for. */
export interface Series {
  /** In the order of `Output.results`. */
  readonly results: readonly ResultSeries[];
  /** Empty without scalpers. */
  readonly switches: readonly Variant[];
  /** From least to most demand, 1 among them. */
  readonly demand: readonly Variant[];
}
