import { sortByRank } from '../allocator/draw/ranking.ts';
import { groupSlots } from '../allocator/draw/slot-classes.ts';
import { chooseWinners } from '../allocator/draw/winners.ts';
import type { Rules, Slot } from '../allocator/types.ts';
import type { Sha256 } from '../base/sha256.ts';
import type { Identifier } from '../base/types.ts';
import { pickClients } from './copies.ts';
import { type Crowd, compact, type Entrant, remove } from './crowd.ts';
import { createEntrant, serve } from './persons.ts';
import { type Run, takePlace } from './run.ts';

/**
 * Step 4 of `lottery` and `lottery+ageing`: lottery/v1 §3 and §4 by the service's own allocator.
 *
 * Its §5, who sits where, is left out: places of a kind differ in nothing here. Winners of a type
 * take its own places first, which leaves most for the others.
 */
export function allocateLottery(run: Run, rules: Rules, sha256: Sha256): void {
  const entrants = enter(run);
  const seed = run.streams.seed(`${run.policy}:draw:${run.period}`);
  const ranking = sortByRank(entrants, rules, seed, sha256) as Entrant[]; // the very objects handed in
  const { winners } = chooseWinners(ranking, groupSlots(slotsOf(run)), rules);
  run.ranking = ranking;
  run.searched.fill(0);
  let next = 0;
  for (const entrant of ranking) {
    if (entrant.id !== winners[next]?.entry) continue;
    next += 1;
    seatWinner(run, entrant);
  }
}

/** Everybody's entry in this draw. */
function enter(run: Run): Entrant[] {
  const entrants: Entrant[] = [];
  for (const type of run.types) {
    enterCrowd(run, type.persons, entrants);
    enterCrowd(run, type.falseEntries, entrants);
    for (const index of pickClients(run, type)) {
      for (let copy = 0; copy < (run.scalpers?.copiesPerClient ?? 0); copy++) {
        entrants.push(createEntrant(run, type, 'copy', index, false));
      }
    }
  }
  return entrants;
}

function enterCrowd(run: Run, crowd: Crowd, entered: Entrant[]): void {
  compact(crowd, 'always');
  const { entrants, joined } = crowd;
  for (let index = 0; entrants && index < entrants.length; index++) {
    const entrant = entrants[index] as Entrant; // in range
    entrant.index = index;
    entrant.missed = run.period - (joined[index] ?? 0);
    entered.push(entrant);
  }
}

function seatWinner(run: Run, { kind, typeIndex, index }: Entrant): void {
  const type = run.types[typeIndex];
  const place = type && takePlace(run, type);
  if (!type || !place) throw new Error('every winner has a place');
  if (kind === 'person') {
    serve(run, type, index, 'entry');
  } else if (kind === 'false') {
    remove(type.falseEntries, index);
    type.held[place] += 1;
  } else {
    type.copyWins.push(index);
  }
}

/** The places on offer: one slot for each type's own, one that serves all of them. */
function slotsOf(run: Run): Slot[] {
  const slot = (id: Identifier, capacity: number, requestTypes: Identifier[]): Slot => {
    return { id, site: 'desk', start: '2026-01-05T09:00:00+01:00', capacity, requestTypes };
  };
  const slots = run.types.map(({ name, ownFree, index }) => slot(`own.${index}`, ownFree, [name]));
  const names = run.types.map(({ name }) => name);
  return [...slots, slot('shared', run.sharedFree, names)].filter(({ capacity }) => capacity > 0);
}
