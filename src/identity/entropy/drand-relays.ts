import { z } from 'zod';
import { verifyDrandRound } from '../../allocator/entropy/drand.ts';
import type { Sha256 } from '../../base/sha256.ts';

/** The League of Entropy's public relays of quicknet. */
export const LEAGUE_OF_ENTROPY = [
  'https://api.drand.sh',
  'https://api2.drand.sh',
  'https://api3.drand.sh',
  'https://drand.cloudflare.com',
] as const;

/** A verified answer, as it stands in a record. */
export interface DrandBeacon {
  readonly randomness: string;
  readonly signature: string;
}

export type RelayFault =
  | 'unreachable'
  | 'timeout'
  | 'status'
  | 'too_large'
  | 'malformed'
  | 'other_round'
  | 'unverified';

export interface DrandRelayOptions {
  /** Addresses without a slash at the end, asked all at once. */
  readonly relays: readonly string[];
  readonly chain: string;
  readonly sha256: Sha256;
  /** Told once for each relay that was passed over, with its host. */
  readonly onFault: (host: string, fault: RelayFault) => void;
  readonly timeoutMs?: number;
}

/** An answer is some 300 bytes; more of it than this is not read. */
const LONGEST_ANSWER_BYTES = 4096;

const Answer = z.object({ round: z.number(), randomness: z.string(), signature: z.string() });

class RelayError extends Error {
  readonly fault: RelayFault;

  constructor(fault: RelayFault) {
    super(fault);
    this.fault = fault;
  }
}

/** Relays of drand, none of which is believed: every answer is verified against the pinned key. */
export class DrandRelays {
  readonly #options: DrandRelayOptions;
  /** Draws of many prefectures wait for the same round: they share one question. */
  readonly #asked = new Map<number, Promise<DrandBeacon | undefined>>();

  constructor(options: DrandRelayOptions) {
    this.#options = options;
  }

  /** The randomness of this very round from the first relay that proves it; undefined if none. */
  ask(round: number): Promise<DrandBeacon | undefined> {
    const asked = this.#asked.get(round);
    if (asked) return asked;
    const asking = this.#askAll(round).finally(() => this.#asked.delete(round));
    this.#asked.set(round, asking);
    return asking;
  }

  async #askAll(round: number): Promise<DrandBeacon | undefined> {
    const { relays, timeoutMs = 5000, onFault } = this.#options;
    const found = new AbortController();
    const signal = AbortSignal.any([found.signal, AbortSignal.timeout(timeoutMs)]);
    const questions = relays.map(async (relay) => {
      try {
        return await this.#askOne(relay, round, signal);
      } catch (error) {
        // Those who are cut off because another one was faster have done nothing wrong.
        if (!found.signal.aborted) onFault(new URL(relay).host, faultOf(error));
        throw error;
      }
    });
    const beacon = await Promise.any(questions).catch(() => undefined);
    found.abort();
    return beacon;
  }

  async #askOne(relay: string, round: number, signal: AbortSignal): Promise<DrandBeacon> {
    const { chain, sha256 } = this.#options;
    const address = `${relay}/${chain}/public/${round}`;
    const response = await fetch(address, { redirect: 'manual', signal });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new RelayError('status');
    }
    const answer = parseAnswer(await readBounded(response));
    if (answer.round !== round) throw new RelayError('other_round');
    signal.throwIfAborted();
    const { randomness, signature } = answer;
    if (!verifyDrandRound(round, signature, randomness, sha256)) throw new RelayError('unverified');
    return { randomness, signature };
  }
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > LONGEST_ANSWER_BYTES) throw new RelayError('too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseAnswer(text: string): z.infer<typeof Answer> {
  try {
    return Answer.parse(JSON.parse(text));
  } catch {
    throw new RelayError('malformed');
  }
}

function faultOf(error: unknown): RelayFault {
  if (error instanceof RelayError) return error.fault;
  return error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'unreachable';
}
