import { z } from 'zod';
import { TALLIES, type Tally } from '../../domain/appointments/state.ts';
import { keysOf } from './keys.ts';
import type { Connection } from './redis.ts';

const Stored = z.partialRecord(z.enum(TALLIES), z.coerce.number().int().min(0));

/** How often each thing happened since the prefecture was made. */
export async function readTallies(
  redis: Connection,
  prefecture: string,
): Promise<Record<Tally, number>> {
  const found = Stored.parse(await redis.hgetall(keysOf(prefecture).tallies));
  return { attended: 0, unchecked: 0, no_show: 0, refused: 0, ...found };
}
