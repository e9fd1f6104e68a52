/** A message as the people of the demo read it. */
export interface Letter {
  /** `code`, `offer`, `reminder`, …: the first part of the Message-ID. */
  readonly kind: string;
  readonly to: string;
  readonly text: string;
}

/** All the inboxes of the demo's people. */
export interface Mailbox {
  deliver(letter: Letter): void;
  /**
   * The first letter of that kind to that person that was not taken yet; waits for it.
   *
   * @throws Error when none arrives within `timeoutMs`.
   */
  next(kind: string, to: string, timeoutMs?: number): Promise<Letter>;
  /** Takes every letter of that kind that lies there now. */
  takeAll(kind: string): Letter[];
  /** Nobody waits any more: every `next` under way, and every later one, fails with this. */
  close(reason: Error): void;
}

/** Who waits for a letter. */
interface Reader {
  readonly take: (letter: Letter) => void;
  readonly fail: (reason: Error) => void;
}

/** Makes empty inboxes. */
export function createMailbox(): Mailbox {
  const waiting = new Map<string, Reader>();
  let closed: Error | undefined;
  const letters = new Map<string, Letter[]>();
  const keyOf = (kind: string, to: string) => `${kind} ${to.toLowerCase()}`;
  return {
    deliver(letter) {
      const key = keyOf(letter.kind, letter.to);
      const reader = waiting.get(key);
      if (reader) {
        waiting.delete(key);
        reader.take(letter);
        return;
      }
      letters.set(key, [...(letters.get(key) ?? []), letter]);
    },
    next(kind, to, timeoutMs = 60_000) {
      const key = keyOf(kind, to);
      const [first, ...rest] = letters.get(key) ?? [];
      if (first) {
        letters.set(key, rest);
        return Promise.resolve(first);
      }
      if (closed) return Promise.reject(closed);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(key);
          reject(new Error(`no ${kind} message arrived for ${to}`));
        }, timeoutMs);
        waiting.set(key, {
          take: (letter) => {
            clearTimeout(timer);
            resolve(letter);
          },
          fail: (reason) => {
            clearTimeout(timer);
            reject(reason);
          },
        });
      });
    },
    takeAll(kind) {
      const taken: Letter[] = [];
      for (const [key, list] of letters) {
        if (!key.startsWith(`${kind} `)) continue;
        taken.push(...list);
        letters.delete(key);
      }
      return taken;
    },
    close(reason) {
      closed = reason;
      for (const reader of waiting.values()) reader.fail(reason);
      waiting.clear();
    },
  };
}
