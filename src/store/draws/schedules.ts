import { z } from 'zod';
import { Identifier } from '../../domain/values.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { dropFields, putField } from '../core/write.ts';

/** Draws that come again and again. */
export const Schedule = z.strictObject({
  name: Identifier,
  /** Cron rule, in the prefecture's time zone. */
  pattern: z.string().min(1).max(100),
  /** Request types that its draws are for; absent: all. */
  requestTypes: z.array(Identifier).min(1).exactOptional(),
  /** Id of the key of the agent who set it. */
  agent: z.string(),
});
export type Schedule = z.infer<typeof Schedule>;

/** A schedule as stored, under its name. */
export const StoredSchedule = Schedule.omit({ name: true });

/** The cron schedules of a prefecture's draws. */
export class ScheduleStore {
  readonly #redis: Connection;

  constructor(redis: Connection) {
    this.#redis = redis;
  }

  /** Adds a schedule, or replaces the one of the same name. */
  async put(prefecture: string, { name, ...schedule }: Schedule): Promise<void> {
    const { schedules } = keysOf(prefecture);
    await putField(this.#redis, schedules, name, JSON.stringify(schedule));
  }

  /** All schedules, by name. */
  async list(prefecture: string): Promise<Schedule[]> {
    const all = await this.#redis.hgetall(keysOf(prefecture).schedules);
    return Object.entries(all)
      .map(([name, raw]) => ({ name, ...StoredSchedule.parse(JSON.parse(raw)) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Whether there was such a schedule. */
  async remove(prefecture: string, name: string): Promise<boolean> {
    return (await dropFields(this.#redis, keysOf(prefecture).schedules, [name])) === 1;
  }
}
