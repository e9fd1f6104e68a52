import { z } from 'zod';
import { DomainError } from '../../base/errors.ts';
import {
  type AbsenceDecision,
  decideAbsence,
  decideAppeal,
  liftedAlike,
  longestOf,
} from '../../domain/absences/decision.ts';
import type { Suspension } from '../../domain/absences/rule.ts';
import { drawsLeftOf } from '../../domain/absences/suspension.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { replaceField } from '../core/replace-field.ts';
import { checkCursor, scanHash } from '../core/scan-hash.ts';
import type { WriteWord } from '../core/script.ts';
import { dropFields, putField } from '../core/write.ts';
import { keysOfEntry } from '../entries/keys.ts';
import { changeEntry, readEntry } from '../entries/write.ts';
import { decodeSuspension } from './codec.ts';

/** An appeal as stored: its text can be read by agents only. */
export const Appeal = z.strictObject({ sealed: z.string(), atMs: z.int() });
export type Appeal = z.infer<typeof Appeal>;

/** Who sits out draws, and what they say about it. */
export class AbsenceStore {
  readonly #redis: Connection;

  constructor(redis: Connection) {
    this.#redis = redis;
  }

  /**
   * What the person of some identities sits out, with whatever entry; perhaps it is over. Of several
   * the longest.
   */
  async suspensionOf(
    prefecture: string,
    identities: readonly string[],
  ): Promise<Suspension | undefined> {
    // Whoever was erased has none.
    if (identities.length === 0) return undefined;
    const texts = await this.#redis.hmget(keysOf(prefecture).suspensions, ...identities);
    const suspensions = texts.flatMap((text) => (text === null ? [] : [decodeSuspension(text)]));
    return longestOf(suspensions);
  }

  /**
   * Takes an appeal. Until it is decided a second one replaces the first.
   *
   * @throws DomainError `entry_not_found`, `absence_not_found`, `absence_settled`
   */
  async appeal(prefecture: string, entryId: string, appeal: Appeal): Promise<EntryRecord> {
    const { appeals } = keysOf(prefecture);
    const { entry: found } = await readEntry(this.#redis, prefecture, entryId);
    decideAppeal(found);
    // The text first: a crash between the two leaves the person to send it again, not to wait.
    await putField(this.#redis, appeals, entryId, JSON.stringify(appeal));
    try {
      return await changeEntry(this.#redis, prefecture, entryId, (entry) => ({
        entry: decideAppeal(entry),
      }));
    } catch (error) {
      // Decided or erased meanwhile: nobody will read this text, so it must not stay.
      if (error instanceof DomainError) await dropFields(this.#redis, appeals, [entryId]);
      throw error;
    }
  }

  /** The text of an appeal that is not decided. */
  async appealOf(prefecture: string, entryId: string): Promise<Appeal | undefined> {
    const raw = await this.#redis.hget(keysOf(prefecture).appeals, entryId);
    return raw === null ? undefined : Appeal.parse(JSON.parse(raw));
  }

  /** A page of appeals that wait for a decision, in no order. */
  async openAppeals(
    prefecture: string,
    { cursor = '0', limit }: { readonly cursor?: string; readonly limit: number },
  ): Promise<{ appeals: (Appeal & { readonly entry: string })[]; cursor?: string }> {
    const { appeals } = keysOf(prefecture);
    const [next, flat] = await this.#redis.hscan(appeals, checkCursor(cursor), 'COUNT', limit);
    const rows = flat.flatMap((entry, i) =>
      i % 2 === 1 ? [] : [{ entry, ...Appeal.parse(JSON.parse(flat[i + 1] ?? '')) }],
    );
    return { appeals: rows, ...(next === '0' ? {} : { cursor: next }) };
  }

  /** Seals an appeal anew that nobody replaced or decided meanwhile. */
  replaceAppeal(
    prefecture: string,
    entryId: string,
    before: Appeal,
    sealed: string,
  ): Promise<WriteWord> {
    return replaceField(this.#redis, keysOf(prefecture).appeals, entryId, {
      before: JSON.stringify(before),
      after: JSON.stringify({ ...before, sealed }),
    });
  }

  /**
   * Lifts an absence, so that the person takes part from the next draw on, also with an entry made
   * since, or upholds it. Either way the text of the appeal is deleted and the person is told.
   * Repeating it changes nothing.
   *
   * @throws DomainError `entry_not_found`, `absence_not_found`, `absence_settled`
   */
  async decide(
    prefecture: string,
    entryId: string,
    decision: AbsenceDecision,
  ): Promise<EntryRecord> {
    const entry = await changeEntry(this.#redis, prefecture, entryId, (found, { drawNumber }) =>
      decideAbsence(found, decision, drawNumber),
    );
    if (decision === 'lift') await this.#forget(prefecture, entry);
    await dropFields(this.#redis, keysOf(prefecture).appeals, [entryId]);
    return entry;
  }

  /** Lets the person of an entry whose absence was lifted take part with any entry. */
  async #forget(prefecture: string, entry: EntryRecord): Promise<void> {
    // Whoever was erased has no identity.
    if (entry.identity === '') return;
    const keys = keysOf(prefecture);
    const { identities } = keysOfEntry(entry);
    // First of all: an entry made from now on sits out nothing.
    await dropFields(this.#redis, keys.suspensions, identities);
    const live = await this.#redis.hmget(keys.identities, ...identities);
    for (const other of new Set(live)) {
      if (other === null || other === entry.id) continue;
      await changeEntry(this.#redis, prefecture, other, (found, { drawNumber }) => ({
        entry: liftedAlike(found, entry, drawNumber),
      }));
    }
  }

  /** Draws that an entry still sits out: 0 once they are over, or its absence was lifted. */
  async drawsLeft(prefecture: string, { absence }: EntryRecord): Promise<number> {
    if (!absence) return 0;
    const number = await this.#redis.get(keysOf(prefecture).drawNumber);
    return drawsLeftOf(absence, Number(number ?? 0));
  }

  /** Forgets who has sat out all that was to be sat out, when `drawNumber` draws were frozen. */
  async prune(prefecture: string, drawNumber: number): Promise<void> {
    const { suspensions } = keysOf(prefecture);
    const over: string[] = [];
    await scanHash(this.#redis, suspensions, (identity, text) => {
      if (decodeSuspension(text).untilDraw <= drawNumber) over.push(identity);
    });
    for (let at = 0; at < over.length; at += deletedAtOnce) {
      await dropFields(this.#redis, suspensions, over.slice(at, at + deletedAtOnce));
    }
  }
}

const deletedAtOnce = 500;
