import { z } from 'zod';
import { recordInstant } from '../../base/instants.ts';
import { hourMs } from '../../base/units.ts';
import { registerLeaf } from '../../domain/register/leaf.ts';
import {
  type AuditDraft,
  type AuditHead,
  auditLine,
  noLines,
} from '../../transparency/audit-chain.ts';
import { keysOf } from '../core/keys.ts';
import { nodeSha256 } from '../core/node-sha256.ts';
import type { Connection } from '../core/redis.ts';
import { retryOnConflict } from '../core/retry.ts';
import { Script, WriteWord } from '../core/script.ts';

const Reply = z.tuple([WriteWord, z.string()]);
const anchorScript = new Script(
  'audit/anchor-audit.lua',
  { keys: ['anchor register'], args: ['before after leaf'] },
  WriteWord,
);
const appendScript = new Script(
  'audit/append-audit.lua',
  { keys: ['audit head'], args: ['before after lines[]'] },
  Reply,
);

/** Lines that one command appends or reads at most. */
const linesAtOnce = appendScript.most;
/** Writes one behind the other before the next begin anew. */
const roundsAtOnce = 1000;
/** What an hour of the log can be written anew, by who rules Redis, before somebody may know. */
const anchorMs = hourMs;
/** Attempts while other processes write to the same log. Each one means that another got through. */
const attempts = 100;

interface Waiting {
  readonly draft: AuditDraft;
  readonly resolve: (seq: number) => void;
  readonly reject: (error: unknown) => void;
}

/** The end of one log as this process knows it, and the lines on their way there. */
interface Tail {
  head: AuditHead;
  readonly waiting: Waiting[];
  writing: boolean;
}

/**
 * The audit log of each prefecture: lines chained by their hashes, only ever appended. Redis cannot
 * hash them, so they are chained here: all that wait go out together, behind what was last written.
 */
export class AuditStore {
  readonly #redis: Connection;
  readonly #tails = new Map<string, Tail>();

  constructor(redis: Connection) {
    this.#redis = redis;
  }

  /**
   * Appends a line, and answers its number once it is stored. After an error it may stand there all
   * the same, and after a lost reply twice: a line without an outcome says that nothing is known.
   *
   * @throws Error if it could not be written: then what it tells of must not happen.
   */
  append(prefecture: string, draft: AuditDraft): Promise<number> {
    const tail = this.#tails.get(prefecture) ?? { head: noLines, waiting: [], writing: false };
    this.#tails.set(prefecture, tail);
    const written = new Promise<number>((resolve, reject) => {
      tail.waiting.push({ draft, resolve, reject });
    });
    if (!tail.writing) void this.#write(prefecture, tail);
    return written;
  }

  /** How far the log goes. */
  async head(prefecture: string): Promise<AuditHead> {
    return parseHead((await this.#redis.get(keysOf(prefecture).auditHead)) ?? '');
  }

  /** Lines from number `from` to `until`, the latter excluded; a few hundred at most. */
  async lines(prefecture: string, from: number, until: number): Promise<string[]> {
    const last = Math.min(until, from + linesAtOnce) - 1;
    return last < from ? [] : this.#redis.lrange(keysOf(prefecture).audit, from, last);
  }

  /** All lines from number `first` on that there are when it begins, some hundreds at a time. */
  async *read(prefecture: string, first = 0): AsyncGenerator<readonly string[]> {
    const { size } = await this.head(prefecture);
    for (let from = first; from < size; from += linesAtOnce) {
      yield await this.lines(prefecture, from, size);
    }
  }

  /**
   * Says in the public register how far the log goes, at most once an hour and only if it has
   * grown: from then on nobody can write it anew. What it remembers of the last time is not believed
   * where it cannot be true, or one key would stop it for ever. Safe to repeat, and in several processes.
   */
  async anchor(prefecture: string, nowMs: number): Promise<WriteWord | 'not_due'> {
    const keys = keysOf(prefecture);
    const before = (await this.#redis.get(keys.auditAnchor)) ?? '';
    const [size = 0, atMs = 0] = before.split(' ').map(Number);
    const head = await this.head(prefecture);
    // More lines than there are, or an instant to come: nothing of ours wrote that.
    const isOurs = size <= head.size && atMs < nowMs + anchorMs;
    if (isOurs && before !== '' && nowMs - atMs < anchorMs) return 'not_due';
    if (head.size === 0 || (isOurs && head.size === size)) return 'not_due';
    const leaf = registerLeaf({ kind: 'audit', at: recordInstant(nowMs), ...head });
    const after = `${head.size} ${nowMs}`;
    return anchorScript.run(
      this.#redis,
      { anchor: keys.auditAnchor, register: keys.registerLeaves },
      { before, after, leaf },
    );
  }

  /** Never throws: whoever waits for a line is told. */
  async #write(prefecture: string, tail: Tail): Promise<void> {
    tail.writing = true;
    // Each round takes lines that requests stand behind.
    for (let round = 0; round < roundsAtOnce && tail.waiting.length > 0; round += 1) {
      const some = tail.waiting.splice(0, linesAtOnce);
      try {
        const first = await this.#chain(prefecture, tail, some);
        for (const [index, { resolve }] of some.entries()) resolve(first + index);
      } catch (error) {
        for (const { reject } of some) reject(error);
      }
    }
    tail.writing = false;
    if (tail.waiting.length > 0) void this.#write(prefecture, tail);
  }

  /** Returns the number of the first of these lines. */
  async #chain(prefecture: string, tail: Tail, some: readonly Waiting[]): Promise<number> {
    const { audit, auditHead } = keysOf(prefecture);
    const attempt = async () => {
      const before = tail.head;
      let after = before;
      const lines = some.map(({ draft }) => {
        const { text, head } = auditLine({ ...draft, prefecture }, after, nodeSha256);
        after = head;
        return text;
      });
      const [word, head] = await appendScript.run(
        this.#redis,
        { audit, head: auditHead },
        { before: headText(before), after: headText(after), lines },
      );
      tail.head = parseHead(head);
      // Also where the client sent it twice because the first reply was lost.
      if (word === 'done' || head === headText(after)) return before.size;
      return 'conflict';
    };
    return retryOnConflict(`the audit log of ${prefecture}`, attempt, attempts);
  }
}

function headText({ size, hash }: AuditHead): string {
  return size === 0 ? '' : `${size} ${hash}`;
}

function parseHead(text: string): AuditHead {
  const [size, hash] = text.split(' ');
  return hash === undefined ? noLines : { size: Number(size), hash };
}
