import { z } from 'zod';
import type { Entry } from '../../allocator/types.ts';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import { takesType } from '../../domain/draws/reserves.ts';
import type { Origin } from '../../domain/entries/entry.ts';
import { drawEntry, isInPool, isPrior } from '../../domain/entries/pool.ts';
import type { PriorityGround } from '../../domain/priorities/state.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { scanHash } from '../core/scan-hash.ts';
import { decodePrefecture } from '../prefectures/store.ts';
import { decodeEntry } from './codec.ts';

const Freeze = z.tuple([
  z.string(),
  z.coerce.number().int(),
  z.coerce.number().int(),
  z.string().nullable(),
]);

/** Who takes part in a draw. */
export interface FrozenPool {
  /** Sorted by id. */
  readonly entries: Entry[];
  /** Of each entry with priority, its ground. */
  readonly grounds: PriorityGround[];
  /** Of each entry, how it came. */
  readonly origins: Origin[];
}

/**
 * The pool of the draw whose freeze is under way: every entry of its request types that waited at its
 * instant, and does not sit out, sorted by id. However long reading takes, and however often a crashed worker begins
 * again, it is the state of that instant: since then every script that writes an entry first saves
 * in `before` what the entry was.
 */
export async function readFrozen(
  redis: Connection,
  prefecture: string,
  of: Pick<DrawRecord, 'requestTypes'> = {},
): Promise<FrozenPool> {
  const keys = keysOf(prefecture);
  const fields = ['draw', 'number', 'at', 'prefecture'] as const;
  const freeze = Freeze.safeParse(await redis.hmget(keys.freezing, ...fields));
  if (!freeze.success) throw new Error(`no freeze is under way in ${prefecture}`);
  const [draw, number, atMs, frozen] = freeze.data;
  // By the rules of that instant: how long a rest is, is one of them.
  const rules = frozen ? decodePrefecture(prefecture, frozen).rules : {};

  // Decoded batch by batch, for a hundred thousand at once would stop this process for a second.
  const pool = new Map<string, Entry>();
  const grounds = new Map<string, PriorityGround>();
  const origins = new Map<string, Origin>();
  const collect = (id: string, raw: string) => {
    // '' in `before`: the entry did not exist at the instant.
    const entry = raw === '' ? undefined : decodeEntry(id, raw);
    grounds.delete(id);
    if (!entry || !takesType(of, entry.requestType) || !isInPool(entry, number)) {
      pool.delete(id);
      origins.delete(id);
      return;
    }
    pool.set(id, drawEntry(entry, atMs, rules));
    origins.set(id, entry.origin);
    if (entry.priority && isPrior(entry, atMs)) grounds.set(id, entry.priority.ground);
  };
  await scanHash(redis, keys.entries, collect);
  // Only now: whatever was written during the scan above, what it was before is here.
  await scanHash(redis, keys.before, collect);
  if ((await redis.hget(keys.freezing, 'draw')) !== draw) {
    throw new Error(`the freeze of ${draw} ended while its pool was read`);
  }
  const entries = [...pool.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { entries, grounds: [...grounds.values()], origins: [...origins.values()] };
}
