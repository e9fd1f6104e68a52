import { pickRandom } from './crowd.ts';
import { isWindow, type Run, type TypeRun } from './run.ts';

/** Marks a person as picked by the scalper in this period. */
export function markPicked(run: Run, type: TypeRun, index: number): void {
  const { persons } = type;
  persons.pickedBefore[index] = persons.picked[index] ?? 0;
  persons.picked[index] = run.period;
}

/** The clients in whose names the scalper makes copies for this draw; none for other ways. */
export function pickClients(run: Run, type: TypeRun): number[] {
  const { scalpers } = run;
  const { persons, tally } = type;
  if (!scalpers || run.way !== 'copies' || !type.isAttacked) return [];
  const wanted = Math.floor(scalpers.identities / scalpers.copiesPerClient);
  const clients: number[] = [];
  const pool = persons.waiting;
  while (clients.length < Math.min(wanted, pool)) {
    const index = pickRandom(persons, run.period, run.random);
    markPicked(run, type, index);
    clients.push(index);
  }
  if (run.isMeasured) {
    const cost = scalpers.fakeIdentitiesFree ? 0 : scalpers.costPerBooking;
    tally.costs += clients.length * scalpers.copiesPerClient * cost;
  }
  if (isWindow(run, run.period)) {
    tally.buyers += clients.length;
    tally.others += pool - clients.length;
  }
  return clients;
}
