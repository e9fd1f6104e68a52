import { type FigureName, figureNames } from './results.ts';
import { describe, percentile, ratio } from './statistics.ts';
import type { Tally } from './tally.ts';

/** The figures of one replication, in the order of `figureNames`; undefined for 0 ÷ 0. Pure. */
export function figuresOf(tally: Tally, draws: number): (number | undefined)[] {
  const figures: Record<FigureName, number | undefined> = {
    ...fateFigures(tally),
    ...chanceFigures(tally, draws),
    ...waitFigures(tally),
    ...placeFigures(tally, draws),
    ...buyerFigures(tally),
    cimadeFailure: ratio(tally.failedPolls, tally.polls),
  };
  return figureNames.map((name) => figures[name]);
}

function fateFigures(tally: Tally) {
  const { joined, waitingAtStart, served, left, stillWaiting } = tally;
  const seen = joined + waitingAtStart;
  return {
    joined,
    seen,
    served,
    left,
    stillWaiting,
    servedShare: ratio(served, seen),
    leftShare: ratio(left, seen),
    stillWaitingShare: ratio(stillWaiting, seen),
    everServed: ratio(served, served + left),
  };
}

function chanceFigures({ served, servedByEntry, pool, leftAfter }: Tally, draws: number) {
  return {
    chancePerDraw: ratio(served, pool),
    honestChance: ratio(servedByEntry, pool),
    poolBeforeDraw: pool / draws,
    leftAfterDraw: leftAfter / draws,
  };
}

function waitFigures({ servedWaits, waitingSoFar }: Tally) {
  const waits = describe(servedWaits);
  return {
    waitMean: waits.mean,
    waitSd: waits.sd,
    waitP50: percentile(servedWaits, 50),
    waitP90: percentile(servedWaits, 90),
    waitP99: percentile(servedWaits, 99),
    waitGini: waits.gini,
    censoredWaitMean: describe(waitingSoFar).mean,
  };
}

function placeFigures(tally: Tally, draws: number) {
  const { places, heldAtAppointment, resold, revenue } = tally;
  const profit = revenue - tally.costs;
  return {
    botShareAtRelease: ratio(tally.heldAtRelease, tally.onOffer),
    botShareAtAppointment: ratio(heldAtAppointment, places),
    resoldShare: ratio(resold, places),
    wastedShare: ratio(heldAtAppointment + tally.noShows, places),
    unfilledShare: ratio(tally.unfilled, places),
    resalePrice: ratio(revenue, resold) ?? 0,
    profitPerDraw: profit / draws,
    profitPerPlace: ratio(profit, places),
    profitPerIdentity: ratio(profit, tally.identities),
  };
}

function buyerFigures({ buyers, buyersServed, others, othersServed }: Tally) {
  const buyerChance = ratio(buyersServed, buyers);
  const nonBuyerChance = ratio(othersServed, others);
  const isKnown = buyerChance !== undefined && nonBuyerChance !== undefined;
  return {
    buyerChance,
    nonBuyerChance,
    buyerAdvantage: isKnown ? buyerChance - nonBuyerChance : undefined,
  };
}
