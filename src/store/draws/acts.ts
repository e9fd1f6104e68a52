import { z } from 'zod';
import { ACT_COUNTS, type ActCount, type ActCounts } from '../../domain/draws/acts.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';

const Counts = z.array(z.coerce.number().int().min(0));

/** The field of a draw that counts an act. Pure. */
export function actField(count: ActCount): string {
  return `acts:${count}`;
}

/** What was counted of a draw; zeros, where nothing was or there is no such draw. */
export async function readActs(
  redis: Connection,
  prefecture: string,
  drawId: string,
): Promise<ActCounts> {
  const fields = ACT_COUNTS.map(actField);
  const counts = Counts.parse(await redis.hmget(keysOf(prefecture).draw(drawId), ...fields));
  return Object.fromEntries(ACT_COUNTS.map((name, at) => [name, counts[at] ?? 0]));
}
