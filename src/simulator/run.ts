import { type Crowd, type Entrant, emptyCrowd } from './crowd.ts';
import type { Random, Streams } from './random.ts';
import type { Policy, RequestTypeScenario, Scalpers, Scenario } from './scenario.ts';
import { emptyTally, type Tally } from './tally.ts';

/** How places held by a scalper come to their buyers: the first way that is open. */
export type ResaleWay = 'name' | 'rebook' | 'copies' | 'nothing';

/** A place is one of the request type's own, or one that any type may use. */
export type PlaceKind = 'own' | 'shared';

/** One request type in one replication. */
export interface TypeRun {
  readonly name: string;
  readonly index: number;
  readonly scenario: RequestTypeScenario;
  readonly tally: Tally;
  readonly arrivals: Random;
  readonly priorities: Random;
  readonly persons: Crowd;
  /** The scalper's false entries. */
  readonly falseEntries: Crowd;
  readonly isAttacked: boolean;
  /** Own places nobody has. */
  ownFree: number;
  /** Shared places that this type has, persons or bots. */
  sharedHeld: number;
  /** Places in the hands of the scalper under false names. */
  readonly held: Record<PlaceKind, number>;
  /** The clients whose copies were drawn, once for each. */
  copyWins: number[];
  /** Served by their own entry in this period. */
  servedNow: number;
  /** Own places freed for the next draw. */
  freed: number;
}

/** One policy in one replication. */
export interface Run {
  readonly scenario: Scenario;
  readonly policy: Policy;
  readonly scalpers: Scalpers | undefined;
  readonly way: ResaleWay;
  readonly types: readonly TypeRun[];
  readonly streams: Streams;
  /** For the allocation and the resale. */
  readonly random: Random;
  readonly periods: number;
  readonly wantsSeries: boolean;
  /** From 1. */
  period: number;
  isMeasured: boolean;
  sharedFree: number;
  /** Shared places freed for the next draw. */
  sharedFreed: number;
  /** Shared places of all measured periods that were on offer, and that nobody took. */
  sharedOnOffer: number;
  sharedUnfilled: number;
  /** `lottery`: everybody in this draw, best rank first, and how far each type was searched. */
  ranking: readonly Entrant[];
  readonly searched: Int32Array;
  /** Entries made so far; the next one's id. */
  entries: number;
}

/** Nobody waits, nothing happened yet. */
export function createRun(
  scenario: Scenario,
  policy: Policy,
  streams: Streams,
  wantsSeries: boolean,
): Run {
  const { scalpers } = scenario;
  const isLottery = policy === 'lottery' || policy === 'lottery+ageing';
  const types = Object.entries(scenario.requestTypes).map(
    ([name, requestType], index): TypeRun => ({
      name,
      index,
      scenario: requestType,
      tally: { ...emptyTally(), backlog: requestType.backlog },
      arrivals: streams.stream(`arrivals:${name}`),
      priorities: streams.stream(`priority:${name}`),
      persons: emptyCrowd(isLottery),
      falseEntries: emptyCrowd(isLottery),
      isAttacked: scalpers?.requestTypes.includes(name) ?? false,
      ownFree: 0,
      sharedHeld: 0,
      held: { own: 0, shared: 0 },
      copyWins: [],
      servedNow: 0,
      freed: 0,
    }),
  );
  return {
    scenario,
    policy,
    scalpers,
    way: resaleWay(policy, scalpers),
    types,
    streams,
    random: streams.stream(policy),
    periods: scenario.warmup + scenario.draws,
    wantsSeries,
    period: 0,
    isMeasured: false,
    sharedFree: 0,
    sharedFreed: 0,
    sharedOnOffer: 0,
    sharedUnfilled: 0,
    ranking: [],
    searched: new Int32Array(types.length),
    entries: 0,
  };
}

function resaleWay(policy: Policy, scalpers: Scalpers | undefined): ResaleWay {
  if (!scalpers) return 'nothing';
  if (scalpers.nameEditable || !scalpers.deskIdentityCheck) return 'name';
  if (policy === 'race' || scalpers.freedSlots === 'instant') return 'rebook';
  return !scalpers.oneEntryPerIdentity || scalpers.fakeIdentitiesFree ? 'copies' : 'nothing';
}

/** Whether a period counts for the chances of buyers: it is measured, and another one follows. */
export function isWindow(run: Run, period: number): boolean {
  return period > run.scenario.warmup && period < run.periods;
}

/** Takes a place that the type may use, an own one first; undefined if there is none. */
export function takePlace(run: Run, type: TypeRun): PlaceKind | undefined {
  if (type.ownFree > 0) {
    type.ownFree -= 1;
    return 'own';
  }
  if (run.sharedFree === 0) return undefined;
  run.sharedFree -= 1;
  type.sharedHeld += 1;
  return 'shared';
}

/** One of the types, each as likely as its weight; their sum must be above 0. */
export function pickType(
  types: readonly TypeRun[],
  weightOf: (type: TypeRun) => number,
  random: Random,
): TypeRun {
  let sum = 0;
  for (const type of types) sum += weightOf(type);
  let left = Math.floor(random() * sum);
  for (const type of types) {
    left -= weightOf(type);
    if (left < 0) return type;
  }
  throw new Error('no type has any weight');
}
