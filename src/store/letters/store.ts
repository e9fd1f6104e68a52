import { z } from 'zod';
import { DomainError } from '../../base/errors.ts';
import { type MessageId, messageParts } from '../../domain/messages/id.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { replaceField } from '../core/replace-field.ts';
import { scanHash } from '../core/scan-hash.ts';
import type { WriteWord } from '../core/script.ts';
import { addField, dropFields } from '../core/write.ts';

/** A letter that waits to be printed: its day, and name, address and text, sealed. */
export interface StoredLetter {
  readonly message: MessageId;
  /** `YYYY-MM-DD`, local: letters of one day are one batch. */
  readonly day: string;
  readonly sealed: string;
}

/** The letters of one day. */
export interface LetterBatch {
  readonly day: string;
  readonly letters: number;
}

/** The text of a letter as stored. */
export const LetterText = z.strictObject({ day: z.iso.date(), sealed: z.string() });

/** Most letters removed by one command. */
const removedAtOnce = 500;

/** Letters to be printed and posted, until an agent says that they were. */
export class LetterStore {
  readonly #redis: Connection;

  constructor(redis: Connection) {
    this.#redis = redis;
  }

  /** Keeps a letter. Safe to repeat: the first one of a message stays. */
  async keep(prefecture: string, { message, day, sealed }: StoredLetter): Promise<void> {
    const { letters } = keysOf(prefecture);
    await addField(this.#redis, letters, message, JSON.stringify({ day, sealed }));
  }

  /** How many letters wait. */
  count(prefecture: string): Promise<number> {
    return this.#redis.hlen(keysOf(prefecture).letters);
  }

  /** All letters that wait, by day and then by message. */
  async waiting(prefecture: string): Promise<StoredLetter[]> {
    const found = new Map<string, StoredLetter>();
    await scanHash(this.#redis, keysOf(prefecture).letters, (message, raw) => {
      found.set(message, { message, ...LetterText.parse(JSON.parse(raw)) });
    });
    const order = ({ day, message }: StoredLetter) => `${day}:${message}`;
    return [...found.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1));
  }

  /** The days that have letters, the oldest first. */
  async batches(prefecture: string): Promise<LetterBatch[]> {
    const byDay = Map.groupBy(await this.waiting(prefecture), ({ day }) => day);
    return [...byDay].map(([day, letters]) => ({ day, letters: letters.length }));
  }

  /**
   * The letters of one day.
   *
   * @throws DomainError `batch_not_found` if there are none
   */
  async batch(prefecture: string, day: string): Promise<StoredLetter[]> {
    const letters = (await this.waiting(prefecture)).filter((letter) => letter.day === day);
    if (letters.length === 0) throw new DomainError('batch_not_found', 'no letters of this day');
    return letters;
  }

  /** Forgets letters that were posted, or that nobody may have any more. */
  async remove(prefecture: string, messages: readonly MessageId[]): Promise<void> {
    const { letters } = keysOf(prefecture);
    for (let at = 0; at < messages.length; at += removedAtOnce) {
      await dropFields(this.#redis, letters, messages.slice(at, at + removedAtOnce));
    }
  }

  /** The letters of an entry. */
  async ofEntry(prefecture: string, entryId: string): Promise<StoredLetter[]> {
    const letters = await this.waiting(prefecture);
    return letters.filter(({ message }) => messageParts(message).entry === entryId);
  }

  /** Forgets the letters of an entry. */
  async removeOf(prefecture: string, entryId: string): Promise<void> {
    // Most prefectures have none, and erasures come by the thousand.
    if ((await this.count(prefecture)) === 0) return;
    const theirs = await this.ofEntry(prefecture, entryId);
    await this.remove(
      prefecture,
      theirs.map(({ message }) => message),
    );
  }

  /** Seals a letter anew that was not posted meanwhile. */
  replace(prefecture: string, letter: StoredLetter, sealed: string): Promise<WriteWord> {
    const { message, day } = letter;
    return replaceField(this.#redis, keysOf(prefecture).letters, message, {
      before: JSON.stringify({ day, sealed: letter.sealed }),
      after: JSON.stringify({ day, sealed }),
    });
  }
}
