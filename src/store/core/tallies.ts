import { z } from 'zod';
import { keysOf } from './keys.ts';
import type { Connection } from './redis.ts';

/** What is counted for the public, for ever. */
export const TALLIES = ['attended', 'unchecked', 'no_show', 'refused'] as const;
export type Tally = (typeof TALLIES)[number];

const Stored = z.partialRecord(z.enum(TALLIES), z.coerce.number().int().min(0));

/** How often each thing happened since the prefecture was made. */
export async function readTallies(
  redis: Connection,
  prefecture: string,
): Promise<Record<Tally, number>> {
  const found = Stored.parse(await redis.hgetall(keysOf(prefecture).tallies));
  return { attended: 0, unchecked: 0, no_show: 0, refused: 0, ...found };
}
