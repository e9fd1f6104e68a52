import { z } from 'zod';
import { keysOf } from './keys.ts';
import type { Connection } from './redis.ts';
import { Script } from './script.ts';

const readClockScript = new Script(
  'core/read-clock.lua',
  { keys: ['prefecture'], args: [] },
  z.int(),
);

/** The clock of the Redis server that holds a prefecture: ms since the epoch. */
export function readRedisClock(redis: Connection, prefecture: string): Promise<number> {
  return readClockScript.run(redis, { prefecture: keysOf(prefecture).prefecture }, {});
}
