import { z } from 'zod';
import type { Registry, RegistryAnswer } from './directory.ts';

interface HttpRegistryOptions {
  /** https, or http to this machine. */
  readonly url: string;
  readonly token: string;
  readonly clock: () => number;
  readonly timeoutMs?: number;
}

/** A join waits for it: better checked later than a page that hangs. */
const TIMEOUT_MS = 1000;
const ATTEMPTS = 2;
/** Questions on their way at once; more are checked later. */
const MOST_AT_ONCE = 50;
/** After so many failures in a row nobody waits for it any more, for a while. */
const FAILURES_TO_OPEN = 5;
const OPEN_MS = 30_000;
const MOST_ANSWER_BYTES = 1000;

const Answer = z.object({ known: z.boolean() });

/**
 * A registry behind HTTP (docs/registry.md is the contract): `POST` of `{"agdref": "…"}`, answered
 * 200 and `{"known": true}` or `false`. Anything else, a timeout or a redirect is no answer: tried
 * once more, then `unavailable`. After five failures in a row no question is asked for 30 seconds,
 * then one at a time, until one is answered.
 */
export function createHttpRegistry(options: HttpRegistryOptions): Registry {
  const { clock } = options;
  const state = { failures: 0, closedUntilMs: 0, underWay: 0 };

  const mayAsk = () => {
    if (state.underWay >= MOST_AT_ONCE) return false;
    if (state.failures < FAILURES_TO_OPEN) return true;
    if (clock() < state.closedUntilMs) return false;
    // One asks; the others wait for what becomes of it.
    state.closedUntilMs = clock() + OPEN_MS;
    return true;
  };

  return {
    async check(number) {
      if (!mayAsk()) return 'unavailable';
      state.underWay += 1;
      try {
        const answer = await askAgain(options, number);
        state.failures = answer === 'unavailable' ? state.failures + 1 : 0;
        if (state.failures >= FAILURES_TO_OPEN) state.closedUntilMs = clock() + OPEN_MS;
        return answer;
      } finally {
        state.underWay -= 1;
      }
    },
  };
}

async function askAgain(options: HttpRegistryOptions, number: string): Promise<RegistryAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask(options, number).catch((): RegistryAnswer => 'unavailable');
    if (answer !== 'unavailable' || attempt === ATTEMPTS) return answer;
  }
}

async function ask(
  { url, token, timeoutMs = TIMEOUT_MS }: HttpRegistryOptions,
  number: string,
): Promise<RegistryAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ agdref: number }),
    // Elsewhere nobody must learn the number, or the token.
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = response.status === 200 ? await readShort(response) : await discard(response);
  const answer = Answer.safeParse(JSON.parse(text));
  if (!answer.success) return 'unavailable';
  return answer.data.known ? 'known' : 'unknown';
}

/** Reads a short answer. @throws Error for a long one */
async function readShort(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes > MOST_ANSWER_BYTES) throw new Error('the registry answers too much');
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

async function discard(response: Response): Promise<string> {
  await response.body?.cancel();
  return 'null';
}
