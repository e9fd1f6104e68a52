import { type Crowd, type Entrant, join, remove } from './crowd.ts';
import { poisson } from './distributions.ts';
import { isWindow, type Run, type TypeRun } from './run.ts';
import { count } from './tally.ts';

/** Step 1: the backlog in the first period, arrivals in the others, and the scalper's entries. */
export function admit(run: Run): void {
  const { period, scalpers } = run;
  for (const type of run.types) {
    const { persons, scenario, tally } = type;
    if (period === run.scenario.warmup + 1) {
      tally.waitingAtStart = period === 1 ? scenario.backlog : persons.waiting;
    }
    const arriving =
      period === 1 ? scenario.backlog : poisson(scenario.arrivalsPerDraw, type.arrivals);
    if (run.isMeasured && period > 1) tally.joined += arriving;
    addEntries(run, type, persons, arriving, 'person');
    if (scalpers && type.isAttacked && run.policy !== 'race' && run.way !== 'copies') {
      const missing = scalpers.identities - type.falseEntries.waiting;
      addEntries(run, type, type.falseEntries, missing, 'false');
    }
  }
  if (run.policy === 'fifo' && needsKeys(run)) for (const type of run.types) giveKeys(run, type);
}

function addEntries(
  run: Run,
  type: TypeRun,
  crowd: Crowd,
  joining: number,
  kind: 'person' | 'false',
): void {
  const first = join(crowd, joining, run.period);
  if (!crowd.entrants) return;
  for (let index = first; index < crowd.end; index++) {
    const isPriority = kind === 'person' && type.priorities() < type.scenario.priorityShare;
    crowd.entrants.push(createEntrant(run, type, kind, index, isPriority));
  }
}

/** An entry that has missed no draw, under an id of its own. */
export function createEntrant(
  run: Run,
  type: TypeRun,
  kind: Entrant['kind'],
  index: number,
  isPriority: boolean,
): Entrant {
  run.entries += 1;
  const id = run.entries.toString(36);
  const entrant = { id, requestType: type.name, missed: 0, typeIndex: type.index, kind, index };
  return isPriority ? { ...entrant, priority: true } : entrant;
}

/** Those of one crowd who join together come in random order; only several crowds need keys. */
function needsKeys(run: Run): boolean {
  const several = run.types.length > 1 && run.scenario.sharedSlotsPerDraw > 0;
  return several || (run.scalpers !== undefined && run.way !== 'copies');
}

function giveKeys(run: Run, type: TypeRun): void {
  for (const crowd of [type.persons, type.falseEntries]) {
    let first = crowd.end;
    while (first > crowd.start && crowd.joined[first - 1] === run.period) first -= 1;
    for (let index = first; index < crowd.end; index++) crowd.key[index] = run.random();
    crowd.key.subarray(first, crowd.end).sort();
  }
}

/** A person has a place: by their own entry in step 4, or by the resale of step 5. */
export function serve(run: Run, type: TypeRun, index: number, by: 'entry' | 'resale'): void {
  const { persons, tally } = type;
  const { period } = run;
  const joined = persons.joined[index] ?? 0;
  // Nobody else joins in period 1.
  if (joined === 1) count(tally.backlogServed, period - 1);
  if (by === 'entry') type.servedNow += 1;
  if (run.isMeasured) {
    tally.served += 1;
    if (by === 'entry') tally.servedByEntry += 1;
    count(tally.servedWaits, period - joined + 1);
    if (run.wantsSeries) count(tally.servedByDraw, period - run.scenario.warmup - 1);
  }
  if (type.isAttacked) countChance(run, type, index, by);
  remove(persons, index);
}

/** Whether those who paid a scalper, in this period or the last one, are served more often. */
function countChance(run: Run, type: TypeRun, index: number, by: 'entry' | 'resale'): void {
  const { persons, tally } = type;
  const { period } = run;
  const isBuyer = persons.picked[index] === period;
  const picked = (isBuyer ? persons.pickedBefore : persons.picked)[index];
  if ((persons.joined[index] ?? 0) < period && isWindow(run, period - 1)) {
    if (picked === period - 1) tally.buyersServed += 1;
    else tally.othersServed += 1;
  }
  // Buyers are picked after the allocation, clients before it.
  if (isWindow(run, period) && (by === 'resale' || run.way === 'copies')) {
    if (isBuyer) tally.buyersServed += 1;
    else tally.othersServed += 1;
  }
}

/** A person gives up waiting. */
export function leave(run: Run, type: TypeRun, index: number): void {
  const { persons, tally } = type;
  if (run.isMeasured) {
    tally.left += 1;
    count(tally.leftWaits, run.period - (persons.joined[index] ?? 0) + 1);
  }
  remove(persons, index);
}
