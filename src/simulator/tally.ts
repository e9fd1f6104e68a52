/**
 * What is counted of one request type under one policy in one replication. All are sums, so those
 * of several request types, or prefectures, are added up.
 */
export interface Tally {
  joined: number;
  waitingAtStart: number;
  served: number;
  /** Served in the allocation by their own entry. */
  servedByEntry: number;
  left: number;
  stillWaiting: number;
  /** Sum over periods of the persons before the draw, and after step 6. */
  pool: number;
  leftAfter: number;
  /** Places with the freed ones; without them. */
  onOffer: number;
  places: number;
  heldAtRelease: number;
  heldAtAppointment: number;
  resold: number;
  noShows: number;
  unfilled: number;
  revenue: number;
  costs: number;
  /** False identities × periods. */
  identities: number;
  buyers: number;
  buyersServed: number;
  others: number;
  othersServed: number;
  polls: number;
  failedPolls: number;
  backlog: number;
  /** By draws taken part in: how many of those seen were served, left, still wait. */
  readonly servedWaits: number[];
  readonly leftWaits: number[];
  readonly waitingSoFar: number[];
  /** By period, warm-up included: how many of the backlog were served. Empty without a backlog. */
  readonly backlogServed: number[];
  /** By measured period; empty unless series are asked for. */
  readonly servedByDraw: number[];
  readonly poolByDraw: number[];
  readonly heldByDraw: number[];
  readonly onOfferByDraw: number[];
}

/** Nothing counted. */
export function emptyTally(): Tally {
  return {
    joined: 0,
    waitingAtStart: 0,
    served: 0,
    servedByEntry: 0,
    left: 0,
    stillWaiting: 0,
    pool: 0,
    leftAfter: 0,
    onOffer: 0,
    places: 0,
    heldAtRelease: 0,
    heldAtAppointment: 0,
    resold: 0,
    noShows: 0,
    unfilled: 0,
    revenue: 0,
    costs: 0,
    identities: 0,
    buyers: 0,
    buyersServed: 0,
    others: 0,
    othersServed: 0,
    polls: 0,
    failedPolls: 0,
    backlog: 0,
    servedWaits: [],
    leftWaits: [],
    waitingSoFar: [],
    backlogServed: [],
    servedByDraw: [],
    poolByDraw: [],
    heldByDraw: [],
    onOfferByDraw: [],
  };
}

/** Adds to an item of a list that grows as needed. */
export function count(counts: number[], index: number, by = 1): void {
  while (counts.length <= index) counts.push(0);
  counts[index] = (counts[index] ?? 0) + by;
}

/** Everything added up, in the order given. Pure. */
export function sumTallies(tallies: readonly Tally[]): Tally {
  const sum = emptyTally();
  for (const tally of tallies) {
    for (const name of Object.keys(tally) as (keyof Tally)[]) addMember(sum, tally, name);
  }
  return sum;
}

function addMember(sum: Tally, tally: Tally, name: keyof Tally): void {
  const value = tally[name];
  const target = sum[name];
  if (typeof value === 'number') {
    Object.assign(sum, { [name]: Number(target) + value });
  } else if (Array.isArray(target)) {
    for (const [index, by] of value.entries()) count(target, index, by);
  }
}
