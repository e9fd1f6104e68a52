import { createHash, randomBytes } from 'node:crypto';
import { CronExpressionParser } from 'cron-parser';
import { DateTime } from 'luxon';
import { DomainError } from '../allocator/errors.ts';
import type { PlannedEntropy } from '../allocator/types.ts';
import type { Queues } from './queues.ts';
import type { Schedule } from './schedules.ts';
import type { Store } from './store.ts';
import type { DrawRecord, Prefecture } from './types.ts';

/** Fixes the entropy of a draw when it is scheduled (identity/entropy.ts). */
interface EntropyFixer {
  prepare(
    prefecture: string,
    drawId: string,
  ): Promise<{ readonly entropy: PlannedEntropy; readonly sealedSecret?: string }>;
}

export interface DrawSchedulerDeps {
  readonly store: Pick<Store, 'prefectures' | 'draws' | 'schedules'>;
  readonly queues: Pick<Queues, 'draws'>;
  readonly entropy: EntropyFixer;
  readonly clock: () => number;
}

/** Plans draws, once or by a cron rule, so that the public sees each one before it happens. */
export interface DrawScheduler {
  /**
   * Adds a cron schedule or changes the one of that name, and plans its next draw. A draw that the
   * old rule had planned becomes void, in public.
   *
   * @throws DomainError `cron_invalid`, `prefecture_not_found`
   */
  upsert(prefecture: string, name: string, pattern: string, agent: string): Promise<DrawRecord>;
  /**
   * Ends a schedule. The draw it had planned becomes void, in public.
   *
   * @throws DomainError `schedule_not_found`, `prefecture_not_found`
   */
  remove(prefecture: string, name: string, agent?: string): Promise<void>;
  /**
   * Plans one draw.
   *
   * @throws DomainError `prefecture_not_found`
   */
  scheduleOnce(prefecture: string, atMs: number, agent: string): Promise<DrawRecord>;
  /** Plans the next draw of every schedule that has none yet. Safe to repeat. */
  ensureNext(prefecture: string): Promise<void>;
}

/**
 * Makes the scheduler. The planned draw in the store is what counts; BullMQ's job only wakes a
 * worker in time, and the periodic sweep would find a due draw without it.
 */
export function createDrawScheduler(deps: DrawSchedulerDeps): DrawScheduler {
  const { store, queues, clock } = deps;
  return {
    upsert: (prefecture, name, pattern, agent) =>
      upsert(deps, prefecture, { name, pattern, agent }),
    async remove(prefecture, name, agent = 'unknown') {
      await existing(deps, prefecture);
      await queues.draws.removeJobScheduler(schedulerId(prefecture, name));
      const removed = await store.schedules.remove(prefecture, name);
      // Also when it was not there: a crash may have left its draw behind.
      await voidPlanned(deps, prefecture, name, 'the schedule was removed', agent);
      if (!removed) throw new DomainError('schedule_not_found', `no schedule ${name}`);
    },
    async scheduleOnce(prefecture, atMs, agent) {
      const { settings } = await existing(deps, prefecture);
      const id = drawId(atMs, settings.timeZone, randomBytes(6));
      const draw = await plan(deps, prefecture, { id, atMs, agent });
      await queues.draws.add(
        'tick',
        { prefecture },
        { jobId: `once.${prefecture}.${id}`, delay: Math.max(0, atMs - clock()) },
      );
      return draw;
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

/**
 * The first instant after `afterMs` that a cron rule of five fields names, in a time zone. Pure.
 *
 * @throws DomainError `cron_invalid` if the rule cannot be read or names no instant.
 */
export function nextFire(pattern: string, timeZone: string, afterMs: number): number {
  // `H` stands for a random value in some dialects: it would name another time on each call.
  if (pattern.trim().split(/\s+/).length !== 5 || /(?<![A-Z])H(?![A-Z])/i.test(pattern)) {
    throw new DomainError('cron_invalid', 'must be a cron rule of five fields', 'pattern');
  }
  try {
    const options = { tz: timeZone, currentDate: new Date(afterMs) };
    return CronExpressionParser.parse(pattern, options).next().getTime();
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    throw new DomainError('cron_invalid', cause.message, 'pattern');
  }
}

async function upsert(
  deps: DrawSchedulerDeps,
  prefecture: string,
  schedule: Schedule,
): Promise<DrawRecord> {
  const { store, queues, clock } = deps;
  const { name, pattern, agent } = schedule;
  const { timeZone } = (await existing(deps, prefecture)).settings;
  const nextMs = nextFire(pattern, timeZone, clock());
  await store.schedules.put(prefecture, schedule);
  await voidPlanned(deps, prefecture, name, 'the schedule was changed', agent, nextMs);
  const draw = await planNext(deps, prefecture, schedule, timeZone, 'again');
  await queues.draws.upsertJobScheduler(
    schedulerId(prefecture, name),
    { pattern, tz: timeZone },
    { name: 'tick', data: { prefecture }, opts: { removeOnComplete: true } },
  );
  return draw;
}

async function existing(deps: DrawSchedulerDeps, id: string): Promise<Prefecture> {
  const prefecture = await deps.store.prefectures.get(id);
  if (!prefecture) throw new DomainError('prefecture_not_found', `no prefecture ${id}`);
  return prefecture;
}

/**
 * Plans the next draw of a schedule. Its id follows from its instant, so it is planned once. A
 * draw that was made void stays so, unless an agent sets the schedule `again`.
 */
async function planNext(
  deps: DrawSchedulerDeps,
  prefecture: string,
  { name, pattern, agent }: Schedule,
  timeZone: string,
  again?: 'again',
): Promise<DrawRecord> {
  const atMs = nextFire(pattern, timeZone, deps.clock());
  for (let round = 0; ; round += 1) {
    const seed = createHash('sha256').update(`${prefecture}/${name}/${atMs}/${round}`).digest();
    const id = drawId(atMs, timeZone, seed);
    const planned = await deps.store.draws.get(prefecture, id);
    if (!planned) return plan(deps, prefecture, { id, atMs, schedule: name, agent });
    if (planned.state !== 'void' || !again) return planned;
  }
}

async function plan(
  deps: DrawSchedulerDeps,
  prefecture: string,
  planned: Pick<DrawRecord, 'id' | 'atMs' | 'schedule' | 'agent'>,
): Promise<DrawRecord> {
  const prepared = await deps.entropy.prepare(prefecture, planned.id);
  const draw = {
    ...planned,
    state: 'scheduled',
    scheduledAtMs: deps.clock(),
    ...prepared,
  } as const;
  if ((await deps.store.draws.schedule(prefecture, draw)) === 'scheduled') return draw;
  // Another process was faster: its commitment is the public one.
  const first = await deps.store.draws.get(prefecture, draw.id);
  if (!first) throw new Error(`draw ${draw.id} exists and cannot be read`);
  return first;
}

/** Makes the planned draws of a schedule void, except the one at `exceptAtMs`. */
async function voidPlanned(
  deps: DrawSchedulerDeps,
  prefecture: string,
  schedule: string,
  reason: string,
  agent: string,
  exceptAtMs?: number,
): Promise<void> {
  const planned = await deps.store.draws.unfinished(prefecture, Number.MAX_SAFE_INTEGER);
  for (const draw of planned) {
    if (draw.state !== 'scheduled' || draw.schedule !== schedule) continue;
    if (draw.atMs === exceptAtMs) continue;
    await deps.store.draws.void(prefecture, draw.id, { reason, agent }, deps.clock());
  }
}

/** `20261123-7k2m9x`: the local date and 30 bits in Crockford's base32. */
function drawId(atMs: number, timeZone: string, bytes: Uint8Array): string {
  const date = DateTime.fromMillis(atMs, { zone: timeZone }).toFormat('yyyyMMdd');
  const letters = Array.from(bytes.subarray(0, 6), (byte) => base32.charAt(byte % 32));
  return `${date}-${letters.join('')}`;
}

const base32 = '0123456789abcdefghjkmnpqrstvwxyz';

/** Identifiers hold no slash, so no two schedules share a key. */
function schedulerId(prefecture: string, name: string): string {
  return `draw/${prefecture}/${name}`;
}
