import type { DrawRecord } from '../../domain/draws/draw.ts';
import { decideEnding } from '../../domain/draws/reserves.ts';
import type { Vault } from '../../identity/keys/vault.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import type { Store } from '../../store/store.ts';
import { settlePartings } from '../entries/split-party.ts';
import { runStep, type StepDeps } from '../steps.ts';

interface CloseDeps extends StepDeps {
  readonly store: Pick<Store, 'absences' | 'draws' | 'entries'>;
  /** Opens and seals people anew, where one of them leaves a party. */
  readonly vault: Pick<Vault, 'open' | 'seal'>;
  readonly metrics: Metrics;
}

/** Draws whose reserve lists one freeze may end: no more than request types. */
const mostEnded = 1000;

/**
 * Ends the reserve lists of the request types that a draw is for, so that it may freeze: no refill there
 * any more, idle places to the next draw, misses counted. Lists of other types go on. Safe to repeat
 * after a crash at any line.
 */
export async function closePrevious(
  deps: CloseDeps,
  prefecture: string,
  next: Pick<DrawRecord, 'requestTypes'> = {},
): Promise<void> {
  const { draws } = deps.store;
  await settleClosing(deps, prefecture);
  const [inUse, reserves] = [await draws.inUse(prefecture), await draws.reserves(prefecture)];
  for (const draw of inUse.slice(0, mostEnded)) {
    if (!decideEnding(draw, next, reserves)) continue;
    await runStep(deps, 'close', { prefecture, draw: draw.id }, () =>
      draws.close(prefecture, draw.id, deps.clock(), next.requestTypes),
    );
    await settleClosing(deps, prefecture);
  }
}

/** Settles what was ended: its idle places and its misses. Safe to repeat. */
export async function settleClosing(deps: CloseDeps, prefecture: string): Promise<void> {
  const { absences, draws, entries } = deps.store;
  const closing = await draws.closing(prefecture);
  if (!closing) return;
  const { draw, requestTypes } = closing;
  const { number, state } = draw;
  const of = { prefecture, draw: draw.id };
  const returned = await runStep(deps, 'return-places', of, () =>
    draws.returnIdlePlaces(prefecture, draw.id),
  );
  deps.metrics.refills.inc({ outcome: 'later_draw' }, returned);
  await runStep(deps, 'count-misses', of, async () => {
    // A draw that was declared void meanwhile counts for nothing.
    if (number === undefined || state === 'void') return;
    const isEligible = await eligibleIn(deps, prefecture, draw);
    await entries.countMisses(prefecture, { number, isEligible }, requestTypes);
  });
  // Whoever wished to leave a party goes on alone, with the misses of the party.
  await runStep(deps, 'partings', of, () => settlePartings(deps, prefecture, deps.clock()));
  if (number !== undefined) await absences.prune(prefecture, number);
  await draws.finishClosing(prefecture, closing);
}

/** In lottery/v1, and in a draw without an index, everybody misses what they were in. */
async function eligibleIn(
  { store }: Pick<CloseDeps, 'store'>,
  prefecture: string,
  draw: DrawRecord,
): Promise<(entry: string) => boolean> {
  const isV1 = draw.manifest?.algorithm === 'lottery/v1';
  const found = isV1 ? undefined : await store.draws.eligible(prefecture, draw.id);
  return found ?? (() => true);
}
