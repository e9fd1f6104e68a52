import type { Rules } from '../allocator/types.ts';
import { abandon, compact } from './crowd.ts';
import { binomial } from './distributions.ts';
import { allocateLottery } from './lottery.ts';
import { admit, leave } from './persons.ts';
import { countPolls, type PollCount, tallyPolls } from './polls.ts';
import { allocateQueue } from './queue.ts';
import { allocateRace } from './race.ts';
import { replicationStreams, type Sources } from './random.ts';
import { resell } from './resale.ts';
import { createRun, type Run, type TypeRun } from './run.ts';
import type { Policy, Scenario } from './scenario.ts';
import { count, sumTallies, type Tally } from './tally.ts';

/** One policy of one replication of a scenario. */
export interface ReplicationTask {
  readonly scenario: Scenario;
  readonly policy: Policy;
  /** The text that stands for the seed. */
  readonly seed: string;
  /** From 0. */
  readonly replication: number;
  /** Whether what happened in each period is kept. */
  readonly wantsSeries: boolean;
}

/**
 * Lives through one replication under one policy. Pure: it depends on the task alone.
 *
 * @returns what was counted, by request type in the scenario's order, then of all together.
 */
export function runReplication(task: ReplicationTask, sources: Sources): Tally[] {
  const { scenario, policy, seed, replication, wantsSeries } = task;
  const streams = replicationStreams(seed, replication, sources);
  const run = createRun(scenario, policy, streams, wantsSeries);
  const allocate = allocation(run, sources);
  const polls = run.types.map((): PollCount => ({ shown: 0, failed: 0 }));
  while (run.period < run.periods) {
    run.period += 1;
    run.isMeasured = run.period > scenario.warmup;
    livePeriod(run, allocate, polls);
  }
  for (const type of run.types) finish(run, type, polls[type.index]);
  const tallies = run.types.map(({ tally }) => tally);
  return [...tallies, totalOf(run, tallies)];
}

function allocation(run: Run, { sha256 }: Sources): (run: Run) => void {
  if (run.policy === 'race') return allocateRace;
  if (run.policy === 'fifo') return allocateQueue;
  const { ageing, ...withoutAgeing } = run.scenario.rules;
  const isAgeing = run.policy === 'lottery+ageing' && ageing !== undefined;
  const rules: Rules = isAgeing ? run.scenario.rules : withoutAgeing;
  return () => allocateLottery(run, rules, sha256);
}

/** The steps of spec §3. */
function livePeriod(run: Run, allocate: (run: Run) => void, polls: readonly PollCount[]): void {
  const { scenario, scalpers } = run;
  admit(run);
  countPools(run);
  const freed = release(run);
  allocate(run);
  if (run.isMeasured) {
    for (const type of run.types) countRelease(run, type, freed);
    if (run.policy === 'race' && scenario.polls) {
      for (const type of run.types) countPolls(run, type, polls[type.index] as PollCount); // one each
    }
  }
  if (scalpers) resell(run, scalpers);
  if (run.isMeasured) run.sharedUnfilled += run.sharedFree;
  for (const type of run.types) {
    const { persons, tally } = type;
    abandon(persons, type.scenario.abandonPerDraw, run.random, (index) => leave(run, type, index));
    if (run.isMeasured) {
      tally.unfilled += type.ownFree;
      tally.leftAfter += persons.waiting;
    }
    compact(persons, 'worthwhile');
    compact(type.falseEntries, 'worthwhile');
  }
}

function countPools(run: Run): void {
  if (!run.isMeasured) return;
  for (const { persons, tally } of run.types) {
    tally.pool += persons.waiting;
    if (run.wantsSeries) tally.poolByDraw.push(persons.waiting);
  }
}

/** The places freed for this draw: of each type, and shared. */
interface Freed {
  readonly own: readonly number[];
  readonly shared: number;
}

/** Step 3: puts the places of this period on offer. */
function release(run: Run): Freed {
  const { sharedSlotsPerDraw } = run.scenario;
  const freed = { own: run.types.map((type) => type.freed), shared: run.sharedFreed };
  for (const type of run.types) {
    type.ownFree = type.scenario.slotsPerDraw + type.freed;
    type.sharedHeld = 0;
    type.held.own = 0;
    type.held.shared = 0;
    type.copyWins = [];
    type.servedNow = 0;
    type.freed = 0;
  }
  run.sharedFree = sharedSlotsPerDraw + run.sharedFreed;
  run.sharedFreed = 0;
  if (run.isMeasured) run.sharedOnOffer += run.sharedFree;
  return freed;
}

function countRelease(run: Run, type: TypeRun, freed: Freed): void {
  const { tally, scenario, sharedHeld } = type;
  const { sharedSlotsPerDraw } = run.scenario;
  const onOffer = scenario.slotsPerDraw + (freed.own[type.index] ?? 0) + sharedHeld;
  const held = type.held.own + type.held.shared + type.copyWins.length;
  tally.onOffer += onOffer;
  // Nobody can tell which of the shared places a type holds were freed ones: the usual share.
  const fresh = sharedSlotsPerDraw / (sharedSlotsPerDraw + freed.shared || 1);
  tally.places += scenario.slotsPerDraw + sharedHeld * fresh;
  tally.heldAtRelease += held;
  countScalper(run, type);
  if (!run.wantsSeries) return;
  const draw = run.period - run.scenario.warmup - 1;
  count(tally.servedByDraw, draw, 0);
  tally.onOfferByDraw.push(onOffer);
  tally.heldByDraw.push(held);
}

/** What the scalper has at stake in a period, under false names; copies are counted when made. */
function countScalper(run: Run, { isAttacked, held, tally }: TypeRun): void {
  const { scalpers } = run;
  if (!scalpers || !isAttacked) return;
  tally.identities += scalpers.identities;
  if (scalpers.fakeIdentitiesFree || run.way === 'copies') return;
  const bookings = run.policy === 'race' ? held.own + held.shared : scalpers.identities;
  tally.costs += bookings * scalpers.costPerBooking;
}

function finish(run: Run, type: TypeRun, polls: PollCount | undefined): void {
  const { persons, tally, scenario } = type;
  tally.stillWaiting = persons.waiting;
  for (let index = persons.start; index < persons.end; index++) {
    if (persons.gone[index] === 1) continue;
    count(tally.waitingSoFar, run.periods - (persons.joined[index] ?? 0) + 1);
  }
  // Nothing depends on who of those served comes.
  tally.noShows = binomial(tally.served, scenario.noShow, run.random);
  if (polls) tallyPolls(run, type, polls);
}

/** All types together, with the shared places that nobody took. */
function totalOf(run: Run, tallies: readonly Tally[]): Tally {
  const { draws, sharedSlotsPerDraw } = run.scenario;
  const sum = sumTallies(tallies);
  const own = run.types.reduce((places, { scenario }) => places + scenario.slotsPerDraw, 0);
  const sharedHeld = run.sharedOnOffer - run.sharedUnfilled;
  return {
    ...sum,
    places: draws * (own + sharedSlotsPerDraw),
    onOffer: sum.onOffer - sharedHeld + run.sharedOnOffer,
    unfilled: sum.unfilled + run.sharedUnfilled,
    onOfferByDraw: sum.onOfferByDraw,
  };
}
