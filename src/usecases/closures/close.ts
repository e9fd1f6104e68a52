import type { ClosureRecord } from '../../domain/closures/closure.ts';
import { type Queues, wake } from '../../store/core/queues.ts';
import type { Store } from '../../store/store.ts';
import { runStep, type StepDeps } from '../steps.ts';
import { closeDesks } from './close-desks.ts';

export interface CloseDeps extends StepDeps {
  readonly store: Pick<Store, 'closures' | 'draws' | 'entries' | 'offers' | 'slots'>;
  readonly queues: Pick<Queues, 'dispatch'>;
}

/**
 * Does the closures of a prefecture that are not done: slots, then idle places of draws, then everybody
 * who holds a place, each told once. Safe to repeat after a crash at any line. It goes on while the
 * prefecture is paused: nobody must travel in vain.
 */
export async function closeDue(deps: CloseDeps, prefecture: string): Promise<void> {
  const open = await deps.store.closures.open(prefecture);
  for (const closure of open) {
    await runStep(deps, 'closures', { prefecture }, () => closeOne(deps, prefecture, closure));
  }
}

async function closeOne(
  deps: CloseDeps,
  prefecture: string,
  closure: ClosureRecord,
): Promise<void> {
  const { store, clock, queues } = deps;
  const staged = await store.closures.slotsOf(prefecture, closure.id);
  const slots = staged.flatMap(({ slot, target }) => (target === undefined ? [slot] : []));
  const fewer = staged.flatMap(({ slot, target }) =>
    target === undefined ? [] : [{ slot, target }],
  );
  // From here on nobody is offered a place there, or can accept one.
  await store.closures.closeSlots(prefecture, closure, slots);
  let isWhole = true;
  for (const { id } of await store.draws.withPlaces(prefecture)) {
    const at = { slots, nowMs: clock() };
    const word = await store.closures.closeInDraw(prefecture, id, closure, at);
    // Its manifest is published within seconds; the next sweep comes again. Others are told now.
    if (word === 'freezing') isWhole = false;
  }
  for await (const holders of store.entries.holders(prefecture, new Set(slots))) {
    const byDraw = Map.groupBy(holders, ({ draw }) => draw);
    for (const [draw, some] of byDraw) {
      const ids = [...new Set(some.map(({ id }) => id))];
      const told = await store.offers.close(prefecture, draw, ids, clock());
      if (told > 0) await wake(queues, 'dispatch', prefecture);
    }
  }
  if ((await closeDesks(deps, prefecture, closure, fewer)) === 'later') return;
  if (fewer.length > 0) await wake(queues, 'dispatch', prefecture);
  if (isWhole) await store.closures.end(prefecture, closure.id, clock());
}
