import { anyWaiting } from './crowd.ts';
import { serve } from './persons.ts';
import { pickType, type Run, type TypeRun, takePlace } from './run.ts';

/** Step 4 of `race`: the bots book first, then the persons in random order. */
export function allocateRace(run: Run): void {
  for (const type of run.types) if (type.isAttacked) bookByBots(run, type);
  // While shared places are left, whoever comes next gets a place; so the next one is of a type
  // as likely as it has persons waiting.
  let waiting = run.types.reduce((sum, { persons }) => sum + persons.waiting, 0);
  for (; run.sharedFree > 0 && waiting > 0; waiting--) {
    const type = pickType(run.types, ({ persons }) => persons.waiting, run.random);
    takePlace(run, type);
    serve(run, type, anyWaiting(type.persons, -1, run.random), 'entry');
  }
  for (const type of run.types) bookOwn(run, type);
}

function bookByBots(run: Run, type: TypeRun): void {
  const identities = run.scalpers?.identities ?? 0;
  for (let booked = 0; booked < identities; booked++) {
    const kind = takePlace(run, type);
    if (!kind) return;
    type.held[kind] += 1;
  }
}

function bookOwn(run: Run, type: TypeRun): void {
  const { persons } = type;
  const isForAll = persons.waiting <= type.ownFree;
  while (type.ownFree > 0 && persons.waiting > 0) {
    const index = isForAll ? persons.start : anyWaiting(persons, -1, run.random);
    takePlace(run, type);
    serve(run, type, index, 'entry');
  }
}
