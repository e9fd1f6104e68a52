import type { Entry } from '../allocator/types.ts';
import { decodeEntry, drawEntry } from './codec-entry.ts';
import { keysOf } from './keys.ts';
import type { Connection } from './redis.ts';
import { scanHash } from './scan-hash.ts';

/**
 * The pool of the draw whose freeze is under way: every entry that waited at its instant, sorted
 * by id. However long reading takes, and however often a crashed worker begins again, it is the
 * state of that instant: since then every script that writes an entry first saves in `before` what
 * the entry was.
 */
export async function readFrozen(redis: Connection, prefecture: string): Promise<Entry[]> {
  const keys = keysOf(prefecture);
  const freeze = await redis.hget(keys.freezing, 'draw');
  if (freeze === null) throw new Error(`no freeze is under way in ${prefecture}`);

  // Decoded batch by batch, for a hundred thousand at once would stop this process for a second.
  const pool = new Map<string, Entry>();
  const collect = (id: string, raw: string) => {
    // '' in `before`: the entry did not exist at the instant.
    const entry = raw === '' ? undefined : decodeEntry(id, raw);
    if (entry?.state === 'waiting') pool.set(id, drawEntry(entry));
    else pool.delete(id);
  };
  await scanHash(redis, keys.entries, collect);
  // Only now: whatever was written during the scan above, what it was before is here.
  await scanHash(redis, keys.before, collect);
  if ((await redis.hget(keys.freezing, 'draw')) !== freeze) {
    throw new Error(`the freeze of ${freeze} ended while its pool was read`);
  }
  return [...pool.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
