import { z } from 'zod';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { LeaveEvent } from '../../domain/entries/leave.ts';
import type { PartyMoment } from '../../domain/entries/party.ts';
import { ENTRY_STATES, type EntryState } from '../../domain/entries/state.ts';
import { Identifier, type Stored } from '../../domain/values.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { scanSome } from '../core/scan-hash.ts';
import { Script, type WriteWord } from '../core/script.ts';
import { dropMembers } from '../core/write.ts';
import { decodeEntry, encodeEntry } from './codec.ts';
import { type FrozenPool, readFrozen } from './frozen.ts';
import { type Holder, pagesOfHolders } from './holders.ts';
import { type JoinOptions, type JoinOutcome, joinEntry } from './join.ts';
import { type LeaveOptions, leaveEntry } from './leave.ts';
import { countMisses, type EndedDraw } from './misses.ts';
import {
  changePeople,
  type PeopleChange,
  type PeopleOutcome,
  readPartings,
  type Split,
  splitEntry,
} from './people.ts';
import { type EntryKeys, rekeyEntry } from './rekey.ts';
import { changeEntry, type EntryChange } from './write.ts';

export interface EntryFilter {
  readonly state?: EntryState;
  readonly requestType?: string;
}

export interface EntryCount {
  readonly state: EntryState;
  readonly requestType: string;
  readonly entries: number;
}

const changeScript = new Script(
  'entries/change-entries.lua',
  {
    keys: ['entries counts freezing before'],
    args: ['changes[]'],
    members: ['id old new'],
  },
  z.int(),
);
const CountField = z.tuple([z.enum(ENTRY_STATES), Identifier]);

/** Most entries read or written by one command. */
const chunkSize = changeScript.most;

/** An entry as read, and as it shall be. */
export interface Replacement {
  readonly before: Stored<EntryRecord>;
  readonly after: EntryRecord;
}

/** The entries of each prefecture's waitlist. */
export class EntryStore {
  readonly #redis: Connection;

  constructor(redis: Connection) {
    this.#redis = redis;
  }

  /** Adds an entry, in one atomic step; its messages become due with it. */
  join(prefecture: string, entry: EntryRecord, options: JoinOptions): Promise<JoinOutcome> {
    return joinEntry(this.#redis, prefecture, entry, options);
  }

  async get(prefecture: string, id: string): Promise<EntryRecord | undefined> {
    const raw = await this.#redis.hget(keysOf(prefecture).entries, id);
    return raw === null ? undefined : decodeEntry(id, raw);
  }

  /** Entries in the order of `ids`, with the text that compare-and-set scripts need. */
  async getMany(
    prefecture: string,
    ids: readonly string[],
  ): Promise<(Stored<EntryRecord> | undefined)[]> {
    const found: (Stored<EntryRecord> | undefined)[] = [];
    for (let at = 0; at < ids.length; at += chunkSize) {
      const chunk = ids.slice(at, at + chunkSize);
      const raws = await this.#redis.hmget(keysOf(prefecture).entries, ...chunk);
      raws.forEach((raw, i) => {
        found.push(raw === null ? undefined : { raw, value: decodeEntry(chunk[i] ?? '', raw) });
      });
    }
    return found;
  }

  /**
   * Replaces an entry by what `decide` makes of it, counts and identity with it. `decide` must be
   * pure: it is called again if another writer was faster. For leaving and for offers there are
   * methods of their own.
   *
   * @throws DomainError `entry_not_found`, or what `decide` throws
   */
  change(
    prefecture: string,
    id: string,
    decide: (entry: EntryRecord, context: { readonly drawNumber: number }) => EntryChange,
  ): Promise<EntryRecord> {
    return changeEntry(this.#redis, prefecture, id, decide);
  }

  /**
   * Takes an entry off the waitlist for good, from any state that allows it; a place it holds is
   * freed and the draw's record says so. `erase` wipes what is personal. See `LeaveOptions`.
   *
   * @throws DomainError `entry_not_found`, `entry_settled`
   */
  leave(
    prefecture: string,
    id: string,
    event: LeaveEvent,
    nowMs: number,
    options?: LeaveOptions,
  ): Promise<EntryRecord> {
    return leaveEntry(this.#redis, prefecture, id, event, nowMs, options);
  }

  /**
   * Changes who an entry stands for, in one atomic step, its identities with it. `decide` as above.
   *
   * @throws DomainError `entry_not_found`, or what `decide` throws
   */
  changePeople(
    prefecture: string,
    id: string,
    decide: (entry: EntryRecord, moment: PartyMoment) => PeopleChange,
  ): Promise<PeopleOutcome> {
    return changePeople(this.#redis, prefecture, id, decide);
  }

  /**
   * Makes two entries of one, somebody leaving a party, in one atomic step with what the register says
   * of it; nothing where `decide` answers nothing.
   *
   * @throws DomainError `entry_not_found`, or what `decide` throws
   */
  split(
    prefecture: string,
    id: string,
    decide: (entry: EntryRecord, moment: PartyMoment) => Split | undefined,
    nowMs: number,
  ): Promise<Split | undefined> {
    return splitEntry(this.#redis, prefecture, id, decide, nowMs);
  }

  /** Some ids of entries of which somebody goes on alone once the draw is over. */
  partings(prefecture: string, cursor?: string): Promise<{ ids: string[]; cursor?: string }> {
    return readPartings(this.#redis, prefecture, cursor);
  }

  /** Nobody goes on alone of this entry any more. */
  async forgetParting(prefecture: string, id: string): Promise<void> {
    await dropMembers(this.#redis, keysOf(prefecture).partings, [id]);
  }

  /** The live entry of an identity, which stands for one person and one request type. */
  async findByIdentity(prefecture: string, identity: string): Promise<string | undefined> {
    return (await this.#redis.hget(keysOf(prefecture).identities, identity)) ?? undefined;
  }

  /** The live entries that a clue leads to. Laid out as `core/lua/clue-buckets.lua` does. */
  async findByClue(prefecture: string, clue: string): Promise<string[]> {
    const bucket = `${keysOf(prefecture).clues}:${clue.slice(0, 3)}`;
    const ids = await this.#redis.hget(bucket, clue.slice(3));
    return ids ? ids.split(' ') : [];
  }

  /**
   * A page of entries in no particular order. It may hold a few more than `limit`; the last has no
   * cursor. An entry that is there all the while is on some page; one may be on two.
   *
   * @throws DomainError `input_malformed` for a cursor that no page had
   */
  async list(
    prefecture: string,
    { cursor = '0', limit, state, requestType }: EntryFilter & { cursor?: string; limit: number },
  ): Promise<{ entries: EntryRecord[]; cursor?: string }> {
    const entries = new Map<string, EntryRecord>();
    const visit = (id: string, raw: string) => {
      const entry = decodeEntry(id, raw);
      const wanted = !state || entry.state === state;
      if (wanted && (!requestType || entry.requestType === requestType)) entries.set(id, entry);
    };
    const { entries: key } = keysOf(prefecture);
    const start = { cursor, count: state || requestType ? chunkSize : limit };
    const more = await scanSome(this.#redis, key, start, visit, () => entries.size >= limit);
    return { entries: [...entries.values()], ...more };
  }

  /**
   * Some entries with the text they were read from, for `replace`; the last page has no cursor.
   * What is there all the while is on some page; one may be on two.
   */
  async page(
    prefecture: string,
    cursor = '0',
  ): Promise<{ entries: Stored<EntryRecord>[]; cursor?: string }> {
    const { entries: key } = keysOf(prefecture);
    const [next, flat] = await this.#redis.hscan(key, cursor, 'COUNT', chunkSize);
    const entries: Stored<EntryRecord>[] = [];
    for (let i = 0; i < flat.length; i += 2) {
      const raw = flat[i + 1] ?? '';
      entries.push({ raw, value: decodeEntry(flat[i] ?? '', raw) });
    }
    return { entries, ...(next === '0' ? {} : { cursor: next }) };
  }

  /**
   * Replaces entries that nobody changed since they were read, and leaves the others. For what has
   * no effect on state, counts or identity. Returns how many it replaced.
   */
  async replace(prefecture: string, replacements: readonly Replacement[]): Promise<number> {
    const { entries, counts, freezing, before: overlay } = keysOf(prefecture);
    const names = { entries, counts, freezing, before: overlay };
    let replaced = 0;
    for (let at = 0; at < replacements.length; at += chunkSize) {
      const changes = replacements.slice(at, at + chunkSize).map(({ before, after }) => {
        checkSettled(before.value, after);
        return { id: after.id, old: before.raw, new: encodeEntry(after) };
      });
      replaced += await changeScript.run(this.#redis, names, { changes });
    }
    return replaced;
  }

  /**
   * Gives an entry keys made by another key of the keyring, unless it changed since it was read.
   * `taken`: another live entry has one of them.
   */
  rekey(
    prefecture: string,
    before: Stored<EntryRecord>,
    keys: EntryKeys,
  ): Promise<WriteWord | 'taken'> {
    return rekeyEntry(this.#redis, prefecture, before, keys);
  }

  /** How many entries each state and request type has; none is left out but the zeros. */
  async counts(prefecture: string): Promise<EntryCount[]> {
    const fields = await this.#redis.hgetall(keysOf(prefecture).counts);
    return Object.entries(fields).map(([field, entries]) => {
      const [state, requestType] = CountField.parse(field.split(':'));
      return { state, requestType, entries: Number(entries) };
    });
  }

  /** Who has an open offer or an appointment in one of these slots, page by page. */
  holders(prefecture: string, slots: ReadonlySet<string>): AsyncGenerator<Holder[]> {
    return pagesOfHolders(this.#redis, prefecture, slots);
  }

  /** The pool of the draw whose freeze is under way, as of its instant, sorted by id. */
  readFrozen(prefecture: string, draw: Pick<DrawRecord, 'requestTypes'> = {}): Promise<FrozenPool> {
    return readFrozen(this.#redis, prefecture, draw);
  }

  /**
   * Adds the miss of a draw to every entry that was in its pool and still waits; of some request types
   * alone, if they are given. Safe to repeat after a crash: each entry remembers the last draw counted.
   * Returns how many it changed.
   */
  countMisses(
    prefecture: string,
    draw: EndedDraw,
    requestTypes?: readonly string[],
  ): Promise<number> {
    return countMisses(this, prefecture, draw, requestTypes);
  }
}

/** Refuses what this way of writing would leave half done. Such a caller has a bug. */
function checkSettled(before: EntryRecord, after: EntryRecord): void {
  const same = (['id', 'state', 'requestType', 'identity'] as const).every(
    (member) => before[member] === after[member],
  );
  if (!same) throw new Error(`entry ${before.id}: id, state, request type and identity must stay`);
}
