import { z } from 'zod';
import { DomainError } from '../../base/errors.ts';
import type { MessageId } from '../../domain/messages/id.ts';
import type { DeadLetter } from '../../domain/messages/message.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { scanHash } from '../core/scan-hash.ts';
import { Script } from '../core/script.ts';
import { putField, putText } from '../core/write.ts';

/** An undelivered message as stored. */
export const StoredLetter = z.strictObject({
  reason: z.string(),
  attempts: z.int(),
  atMs: z.int(),
});

const dropLettersScript = new Script(
  'messages/drop-letters.lua',
  { keys: ['deadLetters'], args: ['drops[]'], members: ['message before'] },
  z.int(),
);
const dropDue = new Script(
  'messages/drop-due.lua',
  { keys: ['mailDue'], args: ['messages[]'] },
  z.int(),
);
const replayLetter = new Script(
  'messages/replay-letter.lua',
  { keys: ['deadLetters mailDue sent'], args: ['message'] },
  z.enum(['done', 'absent']),
);

/** Messages on their way to people, by id: what must be sent, what was, what could not be. */
export class MessageStore {
  readonly #redis: Connection;

  constructor(redis: Connection) {
    this.#redis = redis;
  }

  /** The next messages to hand to the queue, oldest first. They stay until `done`. */
  due(prefecture: string, limit: number): Promise<MessageId[]> {
    return this.#redis.lrange(keysOf(prefecture).mailDue, 0, limit - 1);
  }

  /**
   * Forgets messages that are in the queue now. Takes what `due` returned, not a count: two
   * dispatchers at once must not drop each other's messages.
   */
  async done(prefecture: string, messages: readonly MessageId[]): Promise<void> {
    if (messages.length === 0) return;
    const { mailDue } = keysOf(prefecture);
    await dropDue.run(this.#redis, { mailDue }, { messages });
  }

  async wasSent(prefecture: string, message: MessageId): Promise<boolean> {
    return (await this.#redis.exists(keysOf(prefecture).messageSent(message))) === 1;
  }

  /** Remembers for a while that a message was sent, so that a repeated job sends nothing. */
  async markSent(prefecture: string, message: MessageId, ttlSeconds: number): Promise<void> {
    await putText(this.#redis, keysOf(prefecture).messageSent(message), '1', ttlSeconds * 1000);
  }

  /** Keeps a message that could not be delivered for an agent to see. Replaces an earlier one. */
  async bury(prefecture: string, { id, ...letter }: DeadLetter): Promise<void> {
    await putField(this.#redis, keysOf(prefecture).deadLetters, id, JSON.stringify(letter));
  }

  /** Messages that could not be delivered, latest first. */
  async deadLetters(prefecture: string, { limit }: { limit: number }): Promise<DeadLetter[]> {
    const all = await this.#redis.hgetall(keysOf(prefecture).deadLetters);
    return Object.entries(all)
      .map(([id, raw]) => ({ id, ...StoredLetter.parse(JSON.parse(raw)) }))
      .sort((a, b) => b.atMs - a.atMs || (a.id < b.id ? -1 : 1))
      .slice(0, limit);
  }

  /** Removes dead letters older than this. Safe to repeat. Returns how many. */
  async dropLetters(prefecture: string, beforeMs: number): Promise<number> {
    const { deadLetters } = keysOf(prefecture);
    const old: { message: string; before: string }[] = [];
    await scanHash(this.#redis, deadLetters, (message, before) => {
      const { atMs } = StoredLetter.parse(JSON.parse(before));
      if (atMs < beforeMs) old.push({ message, before });
    });
    let dropped = 0;
    for (let at = 0; at < old.length; at += dropLettersScript.most) {
      const drops = old.slice(at, at + dropLettersScript.most);
      dropped += await dropLettersScript.run(this.#redis, { deadLetters }, { drops });
    }
    return dropped;
  }

  /**
   * Makes a dead letter due again, also one that was sent and came back.
   *
   * @throws DomainError `message_not_found`
   */
  async replay(prefecture: string, message: MessageId): Promise<void> {
    const { deadLetters, mailDue, messageSent } = keysOf(prefecture);
    const names = { deadLetters, mailDue, sent: messageSent(message) };
    const outcome = await replayLetter.run(this.#redis, names, { message });
    if (outcome === 'absent') {
      throw new DomainError('message_not_found', `no undelivered message ${message}`);
    }
  }
}
