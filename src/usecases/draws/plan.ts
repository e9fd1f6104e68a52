import { randomBytes } from 'node:crypto';
import type { PlannedEntropy } from '../../allocator/types.ts';
import { DomainError } from '../../base/errors.ts';
import { dayMs } from '../../base/units.ts';
import { ASKED_DAYS, voidBefore } from '../../domain/draws/after-void.ts';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import { drawId, isAskedFor } from '../../domain/draws/plan.ts';
import { mayBeRepeated } from '../../domain/draws/state.ts';
import type { Store } from '../../store/store.ts';

/** Fixes the entropy of a draw when it is scheduled (identity/entropy). */
interface EntropyFixer {
  prepare(
    prefecture: string,
    drawId: string,
  ): Promise<{ readonly entropy: PlannedEntropy; readonly sealedSecret?: string }>;
}

export interface PlanDeps {
  readonly store: { readonly draws: Pick<Store['draws'], 'get' | 'plannedSince' | 'schedule'> };
  readonly entropy: EntropyFixer;
  readonly clock: () => number;
}

type Planned = Pick<DrawRecord, 'id' | 'atMs' | 'schedule' | 'agent' | 'replaces' | 'requestTypes'>;

/**
 * Plans a draw, and marks it where it comes shortly after a void one of its types that it does not
 * repeat. Safe to repeat: where one of this id exists, that one is answered.
 *
 * @throws DomainError `draw_not_void`, `draw_repeated` if it is to repeat a draw and cannot.
 */
export async function planDraw(
  { store: { draws }, entropy, clock }: PlanDeps,
  prefecture: string,
  planned: Planned,
): Promise<DrawRecord> {
  const prepared = await entropy.prepare(prefecture, planned.id);
  const afterVoid = await voidDrawsBefore({ draws }, prefecture, planned, clock());
  const draw = {
    ...planned,
    ...(afterVoid.length === 0 ? {} : { afterVoid }),
    state: 'scheduled',
    scheduledAtMs: clock(),
    ...prepared,
  } as const;
  const word = await draws.schedule(prefecture, draw);
  if (word === 'scheduled') return draw;
  if (word !== 'exists') throw refusalOf(word);
  // Another process was faster: its commitment is the public one.
  const first = await draws.get(prefecture, draw.id);
  if (!first) throw new Error(`draw ${draw.id} exists and cannot be read`);
  return first;
}

/** The void draws that a draw comes after without being their repeat (domain/draws/after-void.ts). */
export async function voidDrawsBefore(
  { draws }: { readonly draws: Pick<Store['draws'], 'plannedSince'> },
  prefecture: string,
  next: Pick<DrawRecord, 'id' | 'requestTypes' | 'replaces'>,
  nowMs: number,
): Promise<string[]> {
  const known = await draws.plannedSince(prefecture, nowMs - ASKED_DAYS * dayMs);
  return voidBefore(known, next, nowMs);
}

/** A void draw that is to be held again, and when. `atMs` absent: at once. */
export interface Repeat {
  readonly replaces: string;
  readonly atMs: number | undefined;
}

/**
 * Plans the one draw that repeats a void draw, under another id and for the same request types. The same request, sent again
 * because its answer was lost, answers the draw that it planned.
 *
 * @throws DomainError `draw_not_found`, `draw_not_void`, `draw_repeated`
 */
export async function planRepeat(
  deps: PlanDeps,
  prefecture: string,
  { replaces, atMs }: Repeat,
  { agent, timeZone }: { readonly agent: string; readonly timeZone: string },
): Promise<DrawRecord> {
  const { draws } = deps.store;
  for (let look = 0; look < 2; look += 1) {
    const found = await draws.get(prefecture, replaces);
    if (!found) throw new DomainError('draw_not_found', 'no such draw', 'replaces');
    if (!mayBeRepeated(found.state)) throw refusalOf('not_void');
    const { repeatedBy } = found;
    if (repeatedBy !== undefined) {
      const planned = await draws.get(prefecture, repeatedBy);
      if (planned && isAskedFor(planned, atMs)) return planned;
      throw refusalOf('repeated', repeatedBy);
    }
    const at = atMs ?? deps.clock();
    try {
      const id = drawId(at, timeZone, randomBytes(6));
      const types = found.requestTypes && { requestTypes: found.requestTypes };
      return await planDraw(deps, prefecture, { id, atMs: at, agent, replaces, ...types });
    } catch (error) {
      // Somebody was faster, perhaps with the same request: look again. It is noted for ever.
      if (!(error instanceof DomainError && error.code === 'draw_repeated')) throw error;
    }
  }
  throw new Error(`draw ${replaces} is repeated and does not say by which`);
}

function refusalOf(word: 'not_void' | 'repeated', by?: string): DomainError {
  if (word === 'not_void') {
    const why = 'only a draw that is void, or was given up, can be repeated';
    return new DomainError('draw_not_void', why, 'replaces');
  }
  const which = by === undefined ? '' : `, as ${by}`;
  return new DomainError('draw_repeated', `this draw is repeated already${which}`, 'replaces');
}
