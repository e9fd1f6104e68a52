import { z } from 'zod';
import type { MigratedData, Migration } from '../migration.ts';

const Text = z.string().nullable();
const Fields = z.tuple([Text, Text]);
const Prefecture = z.looseObject({ requestTypes: z.array(z.looseObject({ id: z.string() })) });
const Draw = z.looseObject({
  publishedAtMs: z.int().exactOptional(),
  statistics: z.looseObject({ requestTypes: z.record(z.string(), z.unknown()) }).exactOptional(),
});

/**
 * The reserve list in use was one, of the draw that `current-draw` names. From version 2 on it is one a
 * request type (`reserves`), and `active-draw` no longer names a draw that is published.
 *
 * `current-draw` goes last, so that a repeat after a crash does the same again.
 */
export const reservesByType: Migration = {
  from: 1,
  name: 'reserve lists by request type',
  async run({ keys, redis, write }) {
    const currentDraw = keys.activeDraw.replace(/active-draw$/, 'current-draw');
    const id = await redis.get(currentDraw);
    if (id === null) return;
    const key = keys.draw(id);
    const [state, json] = Fields.parse(await redis.hmget(key, 'state', 'json'));
    if (state !== 'published' || json === null) {
      throw new Error(`the current draw ${id} is not published`);
    }
    const draw = Draw.parse(JSON.parse(json));
    const types = await typesOf({ keys, redis }, Object.keys(draw.statistics?.requestTypes ?? {}));
    if (types.length > 0) {
      await write('HSET', keys.reserves, ...types.flatMap((type) => [type, id]));
    } else {
      // Of no request type at all: nobody waits for its list. It is settled before the next draw.
      const closed = JSON.stringify({ ...draw, closedAtMs: draw.publishedAtMs });
      await write('SET', keys.closingDraw, id);
      await write('HSET', key, 'state', 'closed', 'json', closed);
    }
    if ((await redis.get(keys.activeDraw)) === id) await write('DEL', keys.activeDraw);
    await write('DEL', currentDraw);
  },
};

/** Request types of the prefecture and of the figures of a draw: 1,000 at most. */
async function typesOf(
  { keys, redis }: Pick<MigratedData, 'keys' | 'redis'>,
  drawn: readonly string[],
): Promise<string[]> {
  const raw = await redis.get(keys.prefecture);
  const known = raw === null ? [] : Prefecture.parse(JSON.parse(raw)).requestTypes;
  return [...new Set([...known.map(({ id }) => id), ...drawn])].sort();
}
