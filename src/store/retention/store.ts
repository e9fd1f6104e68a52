import { z } from 'zod';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { Stored } from '../../domain/values.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { Script } from '../core/script.ts';
import { putText } from '../core/write.ts';
import { countField } from '../entries/codec.ts';

/** A pass as stored. */
export const Pass = z.strictObject({
  startedAtMs: z.int(),
  /** Where to read on; absent once the pass is through. */
  cursor: z.string().exactOptional(),
});

/** A walk over all entries of a prefecture, that several jobs may share. */
export type Pass = z.infer<typeof Pass>;

const dropScript = new Script(
  'entries/drop-entries.lua',
  { keys: ['entries counts'], args: ['drops[]'], members: ['id before from'] },
  z.int(),
);

/** How far the erasing of what is kept no longer has come. */
export class RetentionStore {
  readonly #redis: Connection;

  constructor(redis: Connection) {
    this.#redis = redis;
  }

  /** The pass under way, or the last one; undefined before the first. */
  async pass(prefecture: string): Promise<Pass | undefined> {
    const raw = await this.#redis.get(keysOf(prefecture).retention);
    return raw === null ? undefined : Pass.parse(JSON.parse(raw));
  }

  async savePass(prefecture: string, pass: Pass): Promise<void> {
    await putText(this.#redis, keysOf(prefecture).retention, JSON.stringify(pass));
  }

  /**
   * Removes entries that were erased and never waited: no record, proof or receipt of a draw speaks
   * of them. Leaves those that changed since they were read. Returns how many it removed.
   */
  async drop(prefecture: string, entries: readonly Stored<EntryRecord>[]): Promise<number> {
    const keys = keysOf(prefecture);
    const names = { entries: keys.entries, counts: keys.counts };
    let dropped = 0;
    for (let at = 0; at < entries.length; at += dropScript.most) {
      const drops = entries.slice(at, at + dropScript.most).map(({ raw, value }) => {
        if (value.state !== 'erased' || value.since !== undefined) {
          throw new Error(`entry ${value.id} is not one to drop`);
        }
        const { id, state, requestType } = value;
        return { id, before: raw, from: countField(state, requestType) };
      });
      dropped += await dropScript.run(this.#redis, names, { drops });
    }
    return dropped;
  }
}
