import { z } from 'zod';
import type { Rules } from '../../allocator/types.ts';
import { DomainError } from '../../base/errors.ts';
import { recordInstant } from '../../base/instants.ts';
import { pausedPrefecture, resumedPrefecture } from '../../domain/prefectures/pause.ts';
import { type Prefecture, RequestType, Site } from '../../domain/prefectures/prefecture.ts';
import { changesRules, rulesOf } from '../../domain/prefectures/rules.ts';
import { Settings } from '../../domain/prefectures/settings.ts';
import { registerLeaf } from '../../domain/register/leaf.ts';
import { checkGlobalVersion, DATA_VERSION } from '../core/data-version.ts';
import { keysOf, PREFECTURES_KEY } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { retryOnConflict } from '../core/retry.ts';
import { Script, WriteWord } from '../core/script.ts';

const Stored = z.strictObject({
  settings: Settings,
  sites: z.array(Site),
  requestTypes: z.array(RequestType),
  // Kept as given, for the manifest hashes them so: a copy by zod would drop a `__proto__` member.
  rules: z.custom<Rules>((rules) => typeof rules === 'object' && rules !== null),
  paused: z.strictObject({ reason: z.string(), sinceMs: z.int() }).exactOptional(),
  graceUntilMs: z.int().default(0),
});

const createPrefecture = new Script(
  'prefectures/create-prefecture.lua',
  { keys: ['prefecture dataVersion'], args: ['json version'] },
  z.enum(['created', 'exists']),
);
const replacePrefecture = new Script(
  'prefectures/replace-prefecture.lua',
  { keys: ['prefecture paused register'], args: ['before after pause leaf'] },
  WriteWord,
);

/** Prefectures: what they offer, by which rules, and their kill switch. */
export class PrefectureStore {
  readonly #redis: Connection;

  constructor(redis: Connection) {
    this.#redis = redis;
  }

  /**
   * Creates a prefecture. Safe to repeat; an existing one is left as it is.
   *
   * @throws DataVersionError if the stored data is newer than this code
   */
  async create(
    id: string,
    given: Pick<Prefecture, 'settings' | 'sites' | 'requestTypes' | 'rules'>,
  ): Promise<'created' | 'exists'> {
    const raw = encodePrefecture({ id, ...given, paused: undefined, graceUntilMs: 0 });
    const { prefecture, dataVersion } = keysOf(id);
    await checkGlobalVersion(this.#redis);
    const outcome = await createPrefecture.run(
      this.#redis,
      { prefecture, dataVersion },
      { json: raw, version: DATA_VERSION },
    );
    // The set lives on another Cluster node. Written even if the prefecture exists: a crash
    // between the two commands is healed by the next call.
    await this.#redis.sadd(PREFECTURES_KEY, id);
    return outcome;
  }

  async get(id: string): Promise<Prefecture | undefined> {
    const raw = await this.#redis.get(keysOf(id).prefecture);
    return raw === null ? undefined : decodePrefecture(id, raw);
  }

  /** Ids of all prefectures, sorted. */
  async list(): Promise<string[]> {
    return (await this.#redis.smembers(PREFECTURES_KEY)).sort();
  }

  /**
   * Replaces a prefecture by what `change` makes of it. Calls `change` again if another writer was
   * faster, so it must be pure. Rules that change are said in the public register, with their
   * instant: such a change needs `nowMs`.
   *
   * @throws DomainError `prefecture_not_found`
   */
  async update(
    id: string,
    change: (prefecture: Prefecture) => Prefecture,
    nowMs?: number,
  ): Promise<Prefecture> {
    const keys = keysOf(id);
    return retryOnConflict(`prefecture ${id}`, async () => {
      const raw = await this.#redis.get(keys.prefecture);
      if (raw === null) throw new DomainError('prefecture_not_found', `no prefecture ${id}`);
      const before = decodePrefecture(id, raw);
      const after = change(before);
      const outcome = await replacePrefecture.run(
        this.#redis,
        { prefecture: keys.prefecture, paused: keys.paused, register: keys.registerLeaves },
        {
          before: raw,
          after: encodePrefecture(after),
          pause: after.paused ? '1' : '',
          leaf: rulesLeaf(before, after, nowMs),
        },
      );
      return outcome === 'done' ? after : outcome;
    });
  }

  /**
   * The kill switch on: draws, offers, refills and expiries stop; registration goes on. Repeating
   * it keeps the beginning of the pause.
   *
   * @throws DomainError `prefecture_not_found`
   */
  pause(id: string, reason: string, nowMs: number): Promise<Prefecture> {
    return this.update(id, (prefecture) => pausedPrefecture(prefecture, reason, nowMs));
  }

  /**
   * The kill switch off. After a pause of more than an hour nothing expires for a day: people
   * could not answer meanwhile.
   *
   * @throws DomainError `prefecture_not_found`
   */
  resume(id: string, nowMs: number): Promise<Prefecture> {
    return this.update(id, (prefecture) => resumedPrefecture(prefecture, nowMs));
  }
}

/** '' if the rules are the same. */
function rulesLeaf(before: Prefecture, after: Prefecture, nowMs?: number): string {
  if (!changesRules(before, after)) return '';
  if (nowMs === undefined) throw new Error('rules change at a time that is to be said');
  return registerLeaf({ at: recordInstant(nowMs), kind: 'rules', ...rulesOf(after) });
}

function encodePrefecture({ id: _id, paused, ...rest }: Prefecture): string {
  return JSON.stringify({ ...rest, ...(paused ? { paused } : {}) });
}

/** Reads a prefecture as stored. */
export function decodePrefecture(id: string, raw: string): Prefecture {
  const stored = Stored.parse(JSON.parse(raw));
  return { id, ...stored, paused: stored.paused };
}
