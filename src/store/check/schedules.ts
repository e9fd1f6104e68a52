import { minuteMs } from '../../base/units.ts';
import { onceId, schedulerId } from '../core/job-ids.ts';
import { pagesByPosition } from '../core/pages.ts';
import { readDraw } from '../draws/read.ts';
import { StoredSchedule } from '../draws/schedules.ts';
import { decodePrefecture } from '../prefectures/store.ts';
import { pagesOf } from './read.ts';
import type { CheckContext, DrawJobs, Finding, Invariant, Item } from './types.ts';

/** Job schedulers, or draws, looked at in one step. */
const perPage = 100;

/** A draw that begins sooner needs no job: the sweep finds it. */
const soonMs = minuteMs;

/**
 * A job wakes a worker for each schedule, by its rule in the time zone of the prefecture, and for each
 * single draw that is planned; no job is left of a schedule that is gone. Queues are on other keys
 * than the prefecture, so no instant shows both: what is wrong is looked at again.
 */
export const schedules: Invariant = {
  things: 'schedules and planned draws',
  async *pages(context) {
    const { redis, keys, jobs } = context;
    yield* pagesOf(redis, 'hash', keys.schedules, 'schedule');
    if (!jobs) return;
    const read = (first: number, last: number) => jobs.getJobSchedulers(first, last, true);
    for await (const page of pagesByPosition('schedulers of jobs', { size: perPage }, read)) {
      const names = page.flatMap(({ key }) => nameIn(context, key));
      if (names.length > 0) yield names.map((id) => ({ scope: 'job', id }));
    }
    yield* pagesOf(redis, 'zset', keys.unfinishedDraws, 'draw');
  },
  async lookAt(context, items) {
    const findings: Finding[] = [];
    for (const item of items) {
      const wrong = await faultOf(context, item);
      if (wrong) findings.push({ item, fault: { invariant: 'schedules', text: wrong } });
    }
    return findings;
  },
};

function faultOf(context: CheckContext, { scope, id }: Item): Promise<string | undefined> {
  if (scope === 'schedule') return scheduleFault(context, id);
  if (!context.jobs) return Promise.resolve(undefined);
  return scope === 'job' ? jobFault(context, id) : drawFault(context, context.jobs, id);
}

async function scheduleFault(context: CheckContext, name: string): Promise<string | undefined> {
  const { redis, keys, prefecture, jobs } = context;
  const raw = await redis.hget(keys.schedules, name);
  if (raw === null) return undefined;
  const pattern = patternIn(raw);
  if (pattern === undefined) return `schedule ${name} cannot be read`;
  if (!jobs) return undefined;
  const job = await jobs.getJobScheduler(schedulerId(prefecture, name));
  if (!job) return `schedule ${name} has no job`;
  const zone = timeZoneIn(prefecture, (await redis.get(keys.prefecture)) ?? '');
  const fits = job.pattern === pattern && (zone === undefined || job.tz === zone);
  return fits ? undefined : `schedule ${name} has a job by another rule`;
}

async function jobFault({ redis, keys }: CheckContext, name: string): Promise<string | undefined> {
  const exists = (await redis.hexists(keys.schedules, name)) === 1;
  return exists ? undefined : `a job is left of schedule ${name}, which is not there`;
}

async function drawFault(
  { redis, prefecture, nowMs }: CheckContext,
  jobs: DrawJobs,
  id: string,
): Promise<string | undefined> {
  const draw = await readDraw(redis, prefecture, id).catch(() => undefined);
  if (draw?.state !== 'scheduled' || draw.schedule !== undefined) return undefined;
  if (draw.atMs <= nowMs + soonMs) return undefined;
  const job = await jobs.getJob(onceId(prefecture, id));
  return job ? undefined : `draw ${id} is planned and has no job`;
}

function nameIn({ prefecture }: CheckContext, key: string): string[] {
  const prefix = schedulerId(prefecture, '');
  return key.startsWith(prefix) ? [key.slice(prefix.length)] : [];
}

function patternIn(raw: string): string | undefined {
  try {
    return StoredSchedule.parse(JSON.parse(raw)).pattern;
  } catch {
    return undefined;
  }
}

function timeZoneIn(prefecture: string, raw: string): string | undefined {
  try {
    return decodePrefecture(prefecture, raw).settings.timeZone;
  } catch {
    return undefined; // said of the prefecture itself
  }
}
