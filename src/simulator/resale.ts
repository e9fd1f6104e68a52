import { markPicked } from './copies.ts';
import { anyWaiting, pickRandom } from './crowd.ts';
import { serve } from './persons.ts';
import { isWindow, type PlaceKind, type Run, type TypeRun } from './run.ts';
import type { Scalpers } from './scenario.ts';

/** Step 5: what the scalper makes of the places held, type by type. */
export function resell(run: Run, scalpers: Scalpers): void {
  const rho = rebookingChance(scalpers);
  for (const type of run.types) {
    if (!type.isAttacked) continue;
    if (run.way === 'copies') sellCopies(run, scalpers, type);
    else sellPlaces(run, scalpers, type, rho);
  }
}

/** The probability with which a bot wins the race to rebook a freed place. Pure. */
export function rebookingChance({ humanRefreshPerSecond, botLatencyMs }: Scalpers): number {
  return Math.exp((-humanRefreshPerSecond * botLatencyMs) / 1000);
}

/** A client gets the place that a copy drew, unless served already. */
function sellCopies(run: Run, scalpers: Scalpers, type: TypeRun): void {
  for (const index of type.copyWins) {
    if (type.persons.gone[index] === 1) keep(run, type);
    else sell(run, scalpers, type, index);
  }
}

function sell(run: Run, { price }: Scalpers, type: TypeRun, index: number): void {
  if (run.isMeasured) {
    type.tally.resold += 1;
    type.tally.revenue += price;
  }
  serve(run, type, index, 'resale');
}

function keep(run: Run, { tally }: TypeRun): void {
  if (run.isMeasured) tally.heldAtAppointment += 1;
}

function sellPlaces(run: Run, scalpers: Scalpers, type: TypeRun, rho: number): void {
  const { persons, tally, held } = type;
  const before = persons.waiting;
  let unpicked = before;
  let buyers = 0;
  const gives = (index: number, sold: boolean) => {
    if (persons.picked[index] !== run.period) unpicked -= 1;
    if (sold) sell(run, scalpers, type, index);
    else serve(run, type, index, 'resale');
  };
  for (const kind of ['own', 'shared'] as const) {
    for (let place = 0; place < held[kind]; place++) {
      if (unpicked === 0) {
        keep(run, type);
        continue;
      }
      const buyer = pickRandom(persons, run.period, run.random);
      markPicked(run, type, buyer);
      unpicked -= 1;
      buyers += 1;
      if (run.way === 'name') gives(buyer, true);
      else if (run.way === 'nothing') giveUp(run, scalpers, type, kind, gives);
      else if (run.random() < rho) gives(buyer, true);
      else gives(persons.waiting > 1 ? anyWaiting(persons, buyer, run.random) : buyer, false);
    }
  }
  if (!isWindow(run, run.period)) return;
  tally.buyers += buyers;
  tally.others += before - buyers;
}

/** A place cancelled for a buyer goes where the canceller cannot send it. */
function giveUp(
  run: Run,
  { freedSlots }: Scalpers,
  type: TypeRun,
  kind: PlaceKind,
  gives: (index: number, sold: boolean) => void,
): void {
  if (freedSlots === 'reserve') gives(firstWaiting(run, type), false);
  else if (kind === 'own') type.freed += 1;
  else run.sharedFreed += 1;
}

/** The first person of a type in this draw's ranking or queue who still waits; there must be one. */
function firstWaiting(run: Run, type: TypeRun): number {
  const { persons } = type;
  if (run.policy === 'fifo') return persons.start;
  for (let rank = run.searched[type.index] ?? 0; rank < run.ranking.length; rank++) {
    run.searched[type.index] = rank;
    const entrant = run.ranking[rank];
    if (entrant?.kind !== 'person' || entrant.typeIndex !== type.index) continue;
    if (persons.gone[entrant.index] === 0) return entrant.index;
  }
  throw new Error('a buyer waits, so somebody is in the ranking');
}
