import { pickClients } from './copies.ts';
import { type Crowd, remove } from './crowd.ts';
import { serve } from './persons.ts';
import { pickType, type Run, type TypeRun, takePlace } from './run.ts';

/** Step 4 of `fifo`: by period of joining, at random (fixed on joining) within a period. */
export function allocateQueue(run: Run): void {
  const clients = run.types.map((type) => pickClients(run, type));
  for (const type of run.types) {
    while (type.ownFree > 0 && isAnyoneWaiting(type)) serveFirst(run, type);
  }
  while (run.sharedFree > 0) {
    const type = firstOfAll(run.types);
    if (!type) break;
    serveFirst(run, type);
  }
  seatCopies(run, clients);
}

function isAnyoneWaiting({ persons, falseEntries }: TypeRun): boolean {
  return persons.waiting > 0 || falseEntries.waiting > 0;
}

function serveFirst(run: Run, type: TypeRun): void {
  const { persons, falseEntries } = type;
  const kind = takePlace(run, type);
  if (!kind) throw new Error('nobody is served without a place');
  if (firstCrowd(type) === persons) {
    serve(run, type, persons.start, 'entry');
    return;
  }
  remove(falseEntries, falseEntries.start);
  type.held[kind] += 1;
}

/** Whether persons or false entries come first in the queue of a type. */
function firstCrowd({ persons, falseEntries }: TypeRun): Crowd {
  if (falseEntries.waiting === 0) return persons;
  return persons.waiting === 0 || isBefore(falseEntries, persons) ? falseEntries : persons;
}

function isBefore(a: Crowd, b: Crowd): boolean {
  const difference = (a.joined[a.start] ?? 0) - (b.joined[b.start] ?? 0);
  return difference < 0 || (difference === 0 && (a.key[a.start] ?? 0) < (b.key[b.start] ?? 0));
}

function firstOfAll(types: readonly TypeRun[]): TypeRun | undefined {
  let first: TypeRun | undefined;
  for (const type of types) {
    if (!isAnyoneWaiting(type)) continue;
    if (!first || isBefore(firstCrowd(type), firstCrowd(first))) first = type;
  }
  return first;
}

/**
 * Copies stand last in the queue, in random order. Where they get a place, everybody of their type
 * has one already, so it is never more than a place that stays unused.
 */
function seatCopies(run: Run, clients: readonly (readonly number[])[]): void {
  const perClient = run.scalpers?.copiesPerClient ?? 0;
  const left = clients.map((ofType) => ofType.length * perClient);
  const seat = (type: TypeRun) => {
    const all = clients[type.index] ?? [];
    left[type.index] = (left[type.index] ?? 0) - 1;
    takePlace(run, type);
    type.copyWins.push(all[0] ?? 0);
  };
  for (const type of run.types) {
    while (type.ownFree > 0 && (left[type.index] ?? 0) > 0) seat(type);
  }
  while (run.sharedFree > 0 && left.some((copies) => copies > 0)) {
    seat(pickType(run.types, ({ index }) => left[index] ?? 0, run.random));
  }
}
