import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { DomainError } from '../../base/errors.ts';
import { isLiveEntry } from '../../domain/entries/state.ts';
import { freesCap, type MandateTerm, mayAct } from '../../domain/helpers/mandate.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { replaceField } from '../core/replace-field.ts';
import { retryOnConflict } from '../core/retry.ts';
import { scanHash } from '../core/scan-hash.ts';
import { Script, WriteWord } from '../core/script.ts';
import { dropFields, dropMembers, putField } from '../core/write.ts';
import { EntryStore } from '../entries/store.ts';
import { decodeHelper, decodeMandate, type HelperRecord, type MandateRecord } from './codec.ts';

const reserveScript = new Script(
  'helpers/reserve-mandate.lua',
  {
    keys: ['helpers mandates helperEntries'],
    args: ['helperId helper entryId mandate cap'],
  },
  z.enum([...WriteWord.options, 'full']),
);

/** Helpers of a prefecture, those that were revoked among them. */
const mostHelpers = 1000;

/** Helpers, their keys, and the mandates by which they act. */
export class HelperStore {
  readonly #redis: Connection;
  readonly #entries: EntryStore;

  constructor(redis: Connection) {
    this.#redis = redis;
    this.#entries = new EntryStore(redis);
  }

  /** Adds a helper. @throws DomainError `helpers_full` */
  async add(prefecture: string, { id, ...helper }: HelperRecord): Promise<void> {
    const { helpers } = keysOf(prefecture);
    if ((await this.#redis.hlen(helpers)) >= mostHelpers) {
      throw new DomainError('helpers_full', `a prefecture has ${mostHelpers} helpers at most`);
    }
    await putField(this.#redis, helpers, id, JSON.stringify(helper));
  }

  /** Lets an agent's key act for a helper. */
  async addKey(prefecture: string, helper: string, agent: string): Promise<void> {
    await putField(this.#redis, keysOf(prefecture).helperKeys, agent, helper);
  }

  /** Ids of the keys that act for a helper. */
  async keys(prefecture: string, helper: string): Promise<string[]> {
    const all = await this.#redis.hgetall(keysOf(prefecture).helperKeys);
    return Object.entries(all).flatMap(([agent, of]) => (of === helper ? [agent] : []));
  }

  async get(prefecture: string, id: string): Promise<HelperRecord | undefined> {
    const raw = await this.#redis.hget(keysOf(prefecture).helpers, id);
    return raw === null ? undefined : decodeHelper(id, raw);
  }

  /** The helper that an agent's key acts for. @throws DomainError `helper_not_found` */
  async ofAgent(prefecture: string, agent: string): Promise<HelperRecord> {
    const id = await this.#redis.hget(keysOf(prefecture).helperKeys, agent);
    const helper = id === null ? undefined : await this.get(prefecture, id);
    if (!helper || !mayAct(helper)) {
      throw new DomainError('helper_not_found', 'this key acts for no helper');
    }
    return helper;
  }

  /** All helpers, by age, with how many entries count for the cap of each. */
  async list(prefecture: string): Promise<(HelperRecord & { readonly entries: number })[]> {
    const keys = keysOf(prefecture);
    const all = await this.#redis.hgetall(keys.helpers);
    const helpers = Object.entries(all).map(([id, raw]) => decodeHelper(id, raw));
    const counts = await Promise.all(
      helpers.map(({ id }) => this.#redis.scard(keys.helperEntries(id))),
    );
    return helpers
      .map((helper, index) => ({ ...helper, entries: counts[index] ?? 0 }))
      .sort((a, b) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1));
  }

  /** Changes a helper; `change` is called again if another writer was faster. @throws DomainError `helper_not_found` */
  async change(
    prefecture: string,
    id: string,
    change: (helper: HelperRecord) => HelperRecord,
  ): Promise<HelperRecord> {
    const { helpers } = keysOf(prefecture);
    return retryOnConflict(`helper ${id}`, async () => {
      const raw = await this.#redis.hget(helpers, id);
      if (raw === null) throw new DomainError('helper_not_found', 'no such helper');
      const after = change(decodeHelper(id, raw));
      const { id: _id, ...stored } = after;
      const texts = { before: raw, after: JSON.stringify(stored) };
      const word = await replaceField(this.#redis, helpers, id, texts);
      return word === 'done' ? after : word;
    });
  }

  /**
   * Notes a mandate for an entry that is about to be made, within the cap. Whoever makes no entry
   * then takes it back.
   *
   * @throws DomainError `helper_full`, `helper_not_found` once it was revoked
   */
  async reserve(prefecture: string, entryId: string, mandate: MandateRecord): Promise<void> {
    const keys = keysOf(prefecture);
    const { helper: id } = mandate;
    await retryOnConflict(`helper ${id}`, async () => {
      const raw = await this.#redis.hget(keys.helpers, id);
      const helper = raw === null ? undefined : decodeHelper(id, raw);
      if (raw === null || !helper || !mayAct(helper)) {
        throw new DomainError('helper_not_found', 'no such helper');
      }
      const outcome = await reserveScript.run(
        this.#redis,
        {
          helpers: keys.helpers,
          mandates: keys.mandates,
          helperEntries: keys.helperEntries(id),
        },
        {
          helperId: id,
          helper: raw,
          entryId,
          mandate: JSON.stringify(mandate),
          cap: helper.cap,
        },
      );
      // People who were served or have left make room.
      if (outcome === 'full' && (await this.#prune(prefecture, id)) === 0) {
        throw new DomainError('helper_full', `this helper may have ${helper.cap} entries at once`);
      }
      return outcome === 'full' ? 'conflict' : outcome;
    });
  }

  /** Takes back a mandate whose entry was not made. */
  async release(prefecture: string, helper: string, entryId: string): Promise<void> {
    const keys = keysOf(prefecture);
    await dropMembers(this.#redis, keys.helperEntries(helper), [entryId]);
    await dropFields(this.#redis, keys.mandates, [entryId]);
  }

  async mandate(prefecture: string, entryId: string): Promise<MandateRecord | undefined> {
    const raw = await this.#redis.hget(keysOf(prefecture).mandates, entryId);
    return raw === null ? undefined : decodeMandate(raw);
  }

  /** Entries that count for the cap of a helper: live ones that it made, or that were just now. */
  async entriesOf(prefecture: string, helper: string): Promise<string[]> {
    return (await this.#redis.smembers(keysOf(prefecture).helperEntries(helper))).sort();
  }

  /**
   * Ends a mandate: from now on the helper can do nothing for this entry. Repeating it changes
   * nothing. The entry goes on counting for the helper's cap, unless an agent says otherwise.
   *
   * @throws DomainError `mandate_not_found`
   */
  async endMandate(
    prefecture: string,
    entryId: string,
    ended: NonNullable<MandateTerm['ended']>,
  ): Promise<MandateRecord> {
    const { mandates, helperEntries } = keysOf(prefecture);
    return retryOnConflict(`the mandate of ${entryId}`, async () => {
      const raw = await this.#redis.hget(mandates, entryId);
      if (raw === null) throw new DomainError('mandate_not_found', 'no helper acts for this entry');
      const before = decodeMandate(raw);
      if (before.ended) return before;
      const after = { ...before, ended };
      const texts = { before: raw, after: JSON.stringify(after) };
      const word = await replaceField(this.#redis, mandates, entryId, texts);
      if (word === 'conflict') return word;
      if (freesCap(ended)) {
        await dropMembers(this.#redis, helperEntries(before.helper), [entryId]);
      }
      return after;
    });
  }

  /** Writes a mandate that nobody changed meanwhile: renewed, or sealed anew. */
  async replaceMandate(
    prefecture: string,
    entryId: string,
    before: MandateRecord,
    after: MandateRecord,
  ): Promise<WriteWord> {
    const { mandates } = keysOf(prefecture);
    const raw = await this.#redis.hget(mandates, entryId);
    if (raw === null || !isDeepStrictEqual(decodeMandate(raw), before)) return 'conflict';
    const texts = { before: raw, after: JSON.stringify(after) };
    return replaceField(this.#redis, mandates, entryId, texts);
  }

  /** All mandates, batch by batch. */
  async eachMandate(
    prefecture: string,
    visit: (entryId: string, mandate: MandateRecord) => void,
  ): Promise<void> {
    await scanHash(this.#redis, keysOf(prefecture).mandates, (entryId, raw) => {
      visit(entryId, decodeMandate(raw));
    });
  }

  /** Forgets entries that are no longer live. Answers how many. */
  async #prune(prefecture: string, helper: string): Promise<number> {
    const ids = await this.entriesOf(prefecture, helper);
    const found = await this.#entries.getMany(prefecture, ids);
    const over = ids.filter((_, index) => {
      const entry = found[index]?.value;
      return entry !== undefined && !isLiveEntry(entry.state);
    });
    if (over.length > 0) {
      await dropMembers(this.#redis, keysOf(prefecture).helperEntries(helper), over);
    }
    return over.length;
  }
}
