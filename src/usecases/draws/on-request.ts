import { DomainError } from '../../base/errors.ts';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import type { UseCaseDeps } from '../deps.ts';

type Deps = Pick<UseCaseDeps, 'store' | 'scheduler' | 'waker' | 'overviews' | 'metrics' | 'logger'>;

/** A draw that an agent plans. */
export interface PlannedDraw {
  /** The void draw that it repeats. */
  readonly replaces?: string | undefined;
  /** Left out: now. */
  readonly atMs?: number | undefined;
  /** Left out: all; of a repeat those of the draw that it repeats. */
  readonly requestTypes?: readonly string[] | undefined;
  readonly agent: string;
  readonly nowMs: number;
}

/**
 * Plans one draw. The same request to repeat a void draw answers the draw it planned.
 *
 * @throws DomainError `draw_not_found`, `draw_not_void`, `draw_repeated`, `request_type_unknown`,
 *   `input_inconsistent`, also for request types of a repeat
 */
export async function planDraw(
  deps: Deps,
  prefecture: string,
  { replaces, atMs, requestTypes, agent, nowMs }: PlannedDraw,
): Promise<DrawRecord> {
  const { scheduler, waker, overviews, logger } = deps;
  if (replaces !== undefined && requestTypes !== undefined) {
    const why = 'a repeat has the request types of the draw that it repeats';
    throw new DomainError('input_inconsistent', why, 'requestTypes');
  }
  const draw =
    replaces === undefined
      ? await scheduler.scheduleOnce(prefecture, atMs ?? nowMs, agent, requestTypes)
      : await scheduler.repeat(prefecture, { replaces, atMs }, agent);
  if (draw.atMs <= nowMs) waker.soon('draws', prefecture);
  waker.soon('register', prefecture);
  overviews.forget(prefecture);
  logger.info({ prefecture, agent, draw: draw.id }, 'draw planned');
  return draw;
}

/**
 * Declares a draw void, in public; a plan whose freeze has not begun is superseded. Safe to repeat.
 *
 * @throws DomainError `draw_not_found`, `draw_settled`
 */
export async function voidPlannedDraw(
  { store, waker, overviews, metrics, logger }: Deps,
  prefecture: string,
  id: string,
  { reason, agent, nowMs }: { readonly reason: string } & Pick<PlannedDraw, 'agent' | 'nowMs'>,
): Promise<DrawRecord> {
  const before = await store.draws.get(prefecture, id);
  const draw = await store.draws.void(prefecture, id, { reason, agent }, nowMs);
  const outcome = draw.state === 'superseded' ? draw.state : 'void';
  if (before?.state !== draw.state) metrics.draws.inc({ outcome });
  waker.soon('draws', prefecture);
  waker.soon('dispatch', prefecture);
  waker.soon('register', prefecture);
  overviews.forget(prefecture);
  logger.warn({ prefecture, agent, draw: draw.id }, 'draw declared void, or its plan given up');
  return draw;
}

/** Draws that come again and again, as an agent asks for them. */
interface AskedSchedule {
  readonly name: string;
  readonly pattern: string;
  /** Left out: all. */
  readonly requestTypes?: readonly string[] | undefined;
}

/**
 * Plans draws that come again and again; returns the next of them.
 *
 * @throws DomainError `cron_invalid`, `request_type_unknown`, `input_inconsistent`
 */
export async function setSchedule(
  { scheduler, waker, overviews, logger }: Deps,
  prefecture: string,
  { name, pattern, requestTypes }: AskedSchedule,
  agent: string,
): Promise<DrawRecord> {
  const draw = await scheduler.upsert(prefecture, name, pattern, agent, requestTypes);
  waker.soon('register', prefecture);
  overviews.forget(prefecture);
  logger.info({ prefecture, agent, schedule: name }, 'schedule set');
  return draw;
}

/**
 * Ends a schedule; the draw it had planned is superseded.
 *
 * @throws DomainError `schedule_not_found`
 */
export async function endSchedule(
  { scheduler, waker, overviews, logger }: Deps,
  prefecture: string,
  name: string,
  agent: string,
): Promise<void> {
  await scheduler.remove(prefecture, name, agent);
  waker.soon('register', prefecture);
  overviews.forget(prefecture);
  logger.info({ prefecture, agent, schedule: name }, 'schedule removed');
}
