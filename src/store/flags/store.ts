import { z } from 'zod';
import { DomainError } from '../../base/errors.ts';
import type { Clue } from '../../domain/entries/near-duplicates.ts';
import {
  areApart,
  decideFlag,
  type FlaggedSet,
  type Settlement,
  setOf,
} from '../../domain/flags/flagged-set.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { retryOnConflict } from '../core/retry.ts';
import { Script, WriteWord } from '../core/script.ts';
import { dropFields, dropRanked } from '../core/write.ts';
import { decodeEntry } from '../entries/codec.ts';
import { keysOfEntry } from '../entries/keys.ts';
import { decodeFlag, encodeFlag, flagMember } from './codec.ts';

const raiseScript = new Script(
  'flags/raise-flag.lua',
  { keys: ['flags openFlags'], args: ['id flag member'] },
  z.enum(['raised', 'exists']),
);
const settleScript = new Script(
  'flags/settle-flag.lua',
  {
    keys: ['flags openFlags settledFlags different'],
    args: ['id before after openMember settledMember pairsApart[]'],
    members: ['one other'],
  },
  WriteWord,
);

/** Sets of entries that an agent shall look at. They hold ids and kinds of clues only. */
export class FlagStore {
  readonly #redis: Connection;

  constructor(redis: Connection) {
    this.#redis = redis;
  }

  /** @throws DomainError `flag_not_found` */
  async get(prefecture: string, id: string): Promise<FlaggedSet> {
    const raw = await this.#redis.hget(keysOf(prefecture).flags, id);
    if (raw === null) throw new DomainError('flag_not_found', 'no such flagged set');
    return decodeFlag(id, raw);
  }

  /** A page of sets in the order of time; the last has no cursor. */
  async list(
    prefecture: string,
    { state, limit, cursor }: { state: 'open' | 'settled'; limit: number; cursor?: string },
  ): Promise<{ flags: FlaggedSet[]; cursor?: string }> {
    const keys = keysOf(prefecture);
    const members = await this.#redis.zrangebylex(
      state === 'open' ? keys.openFlags : keys.settledFlags,
      cursor === undefined ? '-' : `(${cursor}`,
      '+',
      'LIMIT',
      0,
      limit,
    );
    if (members.length === 0) return { flags: [] };
    const ids = members.map((member) => member.slice(member.indexOf(':') + 1));
    const raws = await this.#redis.hmget(keys.flags, ...ids);
    const flags = ids.flatMap((id, index) => {
      const raw = raws[index];
      return raw ? [decodeFlag(id, raw)] : [];
    });
    const last = members.at(-1);
    return { flags, ...(members.length < limit || !last ? {} : { cursor: last }) };
  }

  /**
   * Makes a set of entries that have been there for a while. Safe to repeat: of the same entries and
   * clue there is one set, for ever, and none of people who were found to be different.
   */
  async raise(
    prefecture: string,
    entries: readonly string[],
    clue: Clue,
    atMs: number,
  ): Promise<'raised' | 'exists'> {
    const keys = keysOf(prefecture);
    const flag = setOf(entries, clue, atMs);
    const [first, second] = flag.entries;
    if (first === undefined) throw new Error('a flagged set without entries');
    if (second !== undefined && (await this.#areDifferent(prefecture, first, second))) {
      return 'exists';
    }
    return raiseScript.run(
      this.#redis,
      { flags: keys.flags, openFlags: keys.openFlags },
      { id: flag.id, flag: encodeFlag(flag), member: flagMember(atMs, flag.id) },
    );
  }

  /**
   * Settles a set. Safe to repeat with the same decision. Of different people each pair with the
   * first entry is remembered, by identity, so that they are never flagged together again.
   *
   * @throws DomainError `flag_not_found`, `flag_settled`
   */
  async settle(prefecture: string, id: string, settled: Settlement): Promise<FlaggedSet> {
    const { flags, openFlags, settledFlags, different } = keysOf(prefecture);
    return retryOnConflict(`flagged set ${id}`, async () => {
      const raw = await this.#redis.hget(flags, id);
      if (raw === null) throw new DomainError('flag_not_found', 'no such flagged set');
      const flag = decodeFlag(id, raw);
      const after = decideFlag(flag, settled);
      if (after === flag) return flag;
      const outcome = await settleScript.run(
        this.#redis,
        { flags, openFlags, settledFlags, different },
        {
          id,
          before: raw,
          after: encodeFlag(after),
          openMember: flagMember(flag.atMs, id),
          settledMember: flagMember(settled.atMs, id),
          pairsApart: areApart(settled) ? await this.#pairsOf(prefecture, flag) : [],
        },
      );
      return outcome === 'done' ? after : outcome;
    });
  }

  /** Forgets settled sets. Safe to repeat. */
  async forget(prefecture: string, flags: readonly FlaggedSet[]): Promise<void> {
    const keys = keysOf(prefecture);
    for (const { id, settled } of flags) {
      if (!settled) throw new Error(`flagged set ${id} is open`);
      // The set itself last: a crash in between leaves it to be found again.
      await dropFields(this.#redis, keys.flags, [id]);
      await dropRanked(this.#redis, keys.settledFlags, flagMember(settled.atMs, id));
    }
  }

  /** Every identity of the first entry with every one of each other: at most 16 times 50 pairs. */
  async #pairsOf(prefecture: string, { entries }: FlaggedSet): Promise<Pair[]> {
    const [own = [], ...others] = await this.#identitiesOf(prefecture, entries);
    return others.flat().flatMap((other) => own.map((one) => ({ one, other })));
  }

  async #areDifferent(prefecture: string, one: string, other: string): Promise<boolean> {
    const [own = [], others = []] = await this.#identitiesOf(prefecture, [one, other]);
    if (own.length === 0) return false;
    const known = await this.#redis.hmget(keysOf(prefecture).different, ...own);
    const different = new Set(known.flatMap((ids) => ids?.split(' ') ?? []));
    return others.some((identity) => different.has(identity));
  }

  async #identitiesOf(prefecture: string, entries: readonly string[]): Promise<string[][]> {
    const raws = await this.#redis.hmget(keysOf(prefecture).entries, ...entries);
    return entries.map((id, index) => {
      const raw = raws[index];
      return raw ? keysOfEntry(decodeEntry(id, raw)).identities : [];
    });
  }
}

interface Pair {
  readonly one: string;
  readonly other: string;
}
