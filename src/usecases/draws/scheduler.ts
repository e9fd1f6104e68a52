import { createHash, randomBytes } from 'node:crypto';
import { DomainError } from '../../base/errors.ts';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import { OWN_REASONS } from '../../domain/draws/own-reasons.ts';
import { checkTypes, drawId, nextFire } from '../../domain/draws/plan.ts';
import { haveSameTypes } from '../../domain/draws/reserves.ts';
import { isGivenUp } from '../../domain/draws/state.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { onceId, schedulerId } from '../../store/core/job-ids.ts';
import { endWaking, type Queues, wakeDrawsAgain, wakeDrawsLater } from '../../store/core/queues.ts';
import type { Schedule } from '../../store/draws/schedules.ts';
import type { Store } from '../../store/store.ts';
import { type PlanDeps, planDraw, planRepeat, type Repeat } from './plan.ts';

export interface DrawSchedulerDeps extends PlanDeps {
  readonly store: Pick<Store, 'prefectures' | 'draws' | 'schedules'>;
  readonly queues: Pick<Queues, 'draws'>;
}

/** Plans draws, once or by a cron rule, so that the public sees each one before it happens. */
export interface DrawScheduler {
  /**
   * Adds a cron schedule or changes the one of that name, and plans its next draw. A draw that the
   * old rule had planned is superseded, in public. Absent request types: all.
   *
   * @throws DomainError `cron_invalid`, `request_type_unknown`, `input_inconsistent`,
   * `prefecture_not_found`
   */
  upsert(
    prefecture: string,
    name: string,
    pattern: string,
    agent: string,
    requestTypes?: readonly string[],
  ): Promise<DrawRecord>;
  /**
   * Ends a schedule. The draw it had planned is superseded, in public.
   *
   * @throws DomainError `schedule_not_found`, `prefecture_not_found`
   */
  remove(prefecture: string, name: string, agent?: string): Promise<void>;
  /**
   * Plans one draw. Absent request types: all.
   *
   * @throws DomainError `prefecture_not_found`, `request_type_unknown`, `input_inconsistent`
   */
  scheduleOnce(
    prefecture: string,
    atMs: number,
    agent: string,
    requestTypes?: readonly string[],
  ): Promise<DrawRecord>;
  /**
   * Plans the one draw that repeats a void draw. The same request again answers the same draw.
   *
   * @throws DomainError `prefecture_not_found`, `draw_not_found`, `draw_not_void`, `draw_repeated`
   */
  repeat(prefecture: string, repeat: Repeat, agent: string): Promise<DrawRecord>;
  /** Plans the next draw of every schedule that has none yet. Safe to repeat. */
  ensureNext(prefecture: string): Promise<void>;
}

/**
 * Makes the scheduler. The planned draw in the store is what counts; BullMQ's job only wakes a
 * worker in time, and the periodic sweep would find a due draw without it.
 */
export function createDrawScheduler(deps: DrawSchedulerDeps): DrawScheduler {
  const { store, queues, clock } = deps;
  const wakeFor = async (draw: DrawRecord, prefecture: string): Promise<DrawRecord> => {
    const delayMs = draw.atMs - clock();
    await wakeDrawsLater(queues, prefecture, { jobId: onceId(prefecture, draw.id), delayMs });
    return draw;
  };
  return {
    upsert: (prefecture, name, pattern, agent, requestTypes) =>
      upsert(deps, prefecture, { name, pattern, agent, ...typesMember(requestTypes) }),
    async remove(prefecture, name, agent = 'unknown') {
      await existing(deps, prefecture);
      await endWaking(queues, schedulerId(prefecture, name));
      const removed = await store.schedules.remove(prefecture, name);
      // Also when it was not there: a crash may have left its draw behind.
      await supersedePlanned(deps, prefecture, name, OWN_REASONS.scheduleRemoved, agent);
      if (!removed) throw new DomainError('schedule_not_found', `no schedule ${name}`);
    },
    async scheduleOnce(prefecture, atMs, agent, requestTypes) {
      const { settings, requestTypes: known } = await existing(deps, prefecture);
      checkTypes(requestTypes, known);
      const id = drawId(atMs, settings.timeZone, randomBytes(6));
      const planned = { id, atMs, agent, ...typesMember(requestTypes) };
      return wakeFor(await planDraw(deps, prefecture, planned), prefecture);
    },
    async repeat(prefecture, repeat, agent) {
      const { timeZone } = (await existing(deps, prefecture)).settings;
      const by = { agent, timeZone };
      return wakeFor(await planRepeat(deps, prefecture, repeat, by), prefecture);
    },
    async ensureNext(prefecture) {
      const schedules = await store.schedules.list(prefecture);
      if (schedules.length === 0) return;
      const { settings } = await existing(deps, prefecture);
      for (const schedule of schedules) {
        await planNext(deps, prefecture, schedule, settings.timeZone);
      }
    },
  };
}

async function upsert(
  deps: DrawSchedulerDeps,
  prefecture: string,
  schedule: Schedule,
): Promise<DrawRecord> {
  const { store, queues, clock } = deps;
  const { name, pattern, agent } = schedule;
  const { settings, requestTypes: known } = await existing(deps, prefecture);
  const { timeZone } = settings;
  checkTypes(schedule.requestTypes, known);
  const nextMs = nextFire(pattern, timeZone, clock());
  await store.schedules.put(prefecture, schedule);
  const isNext = (draw: DrawRecord) => draw.atMs === nextMs && haveSameTypes(draw, schedule);
  await supersedePlanned(deps, prefecture, name, OWN_REASONS.scheduleChanged, agent, isNext);
  const draw = await planNext(deps, prefecture, schedule, timeZone, 'again');
  const id = schedulerId(prefecture, name);
  await wakeDrawsAgain(queues, prefecture, { id, pattern, timeZone });
  return draw;
}

function typesMember(requestTypes: readonly string[] | undefined) {
  return requestTypes === undefined ? {} : { requestTypes: [...requestTypes] };
}

async function existing(deps: DrawSchedulerDeps, id: string): Promise<Prefecture> {
  const prefecture = await deps.store.prefectures.get(id);
  if (!prefecture) throw new DomainError('prefecture_not_found', `no prefecture ${id}`);
  return prefecture;
}

/** Draws of one schedule and instant, each given up by an agent. */
const MOST_ROUNDS = 1000;

/**
 * Plans the next draw of a schedule. Its id follows from its instant, so it is planned once. A
 * draw that was given up stays so, unless an agent sets the schedule `again`: then another one is
 * planned. If that one was void, it counts as its repeat, unless that has one or was for other types.
 */
async function planNext(
  deps: DrawSchedulerDeps,
  prefecture: string,
  { name, pattern, agent, requestTypes }: Schedule,
  timeZone: string,
  again?: 'again',
): Promise<DrawRecord> {
  const atMs = nextFire(pattern, timeZone, deps.clock());
  let replaced: { replaces?: string } = {};
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const seed = createHash('sha256').update(`${prefecture}/${name}/${atMs}/${round}`).digest();
    const id = drawId(atMs, timeZone, seed);
    const planned = await deps.store.draws.get(prefecture, id);
    const next = { id, atMs, schedule: name, agent, ...typesMember(requestTypes), ...replaced };
    if (!planned) return planDraw(deps, prefecture, next);
    if (!isGivenUp(planned.state) || !again) return planned;
    const isFree = planned.state === 'void' && planned.repeatedBy === undefined;
    replaced = isFree && haveSameTypes(planned, next) ? { replaces: planned.id } : {};
  }
  throw new Error(`schedule ${name}: ${MOST_ROUNDS} draws of one instant were given up`);
}

/** Gives the planned draws of a schedule up, except those that `isKept` says. */
async function supersedePlanned(
  deps: DrawSchedulerDeps,
  prefecture: string,
  schedule: string,
  reason: string,
  agent: string,
  isKept: (draw: DrawRecord) => boolean = () => false,
): Promise<void> {
  const planned = await deps.store.draws.unfinished(prefecture, Number.MAX_SAFE_INTEGER);
  for (const draw of planned) {
    if (draw.state !== 'scheduled' || draw.schedule !== schedule) continue;
    if (isKept(draw)) continue;
    await deps.store.draws.void(prefecture, draw.id, { reason, agent }, deps.clock());
  }
}
