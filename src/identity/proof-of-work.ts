import { createHmac, type KeyObject, randomInt, timingSafeEqual } from 'node:crypto';
import { createChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { z } from 'zod';
import { jcs } from '../base/jcs.ts';
import { type Key, type Keyring, purposeKey } from './keys/keyring.ts';

/** What work is asked for before. A solution for one is none for another. */
export const WORK_PURPOSES = ['join', 'link'] as const;
export type WorkPurpose = (typeof WORK_PURPOSES)[number];

/** Long enough to fill in a form after the work is done, short enough not to be hoarded. */
const GOOD_SECONDS = 1200;
const ALGORITHM = 'PBKDF2/SHA-256';
/** Rounds of PBKDF2 a try: about a tenth of a millisecond here, half of one on a cheap phone. */
const ROUNDS = 400;
/** Longer than any solution. */
const LONGEST = 4096;

/** Where and for what a proof of work is good. */
export interface WorkContext {
  readonly prefecture: string;
  readonly purpose: WorkPurpose;
  readonly nowMs: number;
}

export type WorkCheck =
  /** Whoever takes it must remember the id for that long, and take it once. */
  | {
      readonly outcome: 'valid';
      readonly id: string;
      readonly ttlSeconds: number;
      /** Tries that it was made for, on average. */
      readonly tries: number;
    }
  | { readonly outcome: 'invalid' | 'expired' };

/** A challenge of ALTCHA, with the members that ours always have. */
export type WorkChallenge = {
  readonly parameters: {
    readonly algorithm: typeof ALGORITHM;
    /** Rounds a try. */
    readonly cost: number;
    readonly data: {
      readonly key: string;
      readonly prefecture: string;
      readonly purpose: WorkPurpose;
      /** On average. */
      readonly tries: number;
    };
    /** Seconds since 1970. */
    readonly expiresAt: number;
    readonly keyLength: number;
    readonly keyPrefix: string;
    readonly keySignature: string;
    readonly nonce: string;
    readonly salt: string;
  };
  readonly signature: string;
};

export interface WorkDesk {
  /** A challenge that takes `tries` tries on average, and never more than twice as many. */
  challenge(context: WorkContext, tries: number): Promise<WorkChallenge>;
  /** Checks a solution as ALTCHA writes it: base64 of JSON. Does not know which were used. */
  check(context: WorkContext, solution: string): WorkCheck;
}

/** What was signed: all of it ours, so that anything else is no challenge of ours. */
const Solved = z.object({
  challenge: z.object({
    parameters: z.looseObject({
      data: z.strictObject({
        key: z.string(),
        prefecture: z.string(),
        purpose: z.string(),
        // Challenges of earlier releases do not say it.
        tries: z.number().exactOptional(),
      }),
      expiresAt: z.int(),
      keySignature: z.hex(),
      nonce: z.hex(),
    }),
    signature: z.hex(),
  }),
  solution: z.looseObject({ derivedKey: z.hex() }),
});

/**
 * Makes and checks ALTCHA challenges, self-hosted, by keys of the token keyring.
 *
 * altcha-lib makes them. They are checked here, by the same definition: its own check reads the
 * clock, and takes four times the time of the rest of a join. The number to be found is known when
 * a challenge is made, so no work is repeated at the check, and nobody is unlucky for minutes.
 */
export function createWorkDesk(keyring: Keyring, rounds = ROUNDS): WorkDesk {
  const secrets = new Map(keyring.keys.map((key) => [key.id, secretsOf(key)]));
  return {
    async challenge({ prefecture, purpose, nowMs }, tries) {
      const { id } = keyring.current;
      const secret = secrets.get(id);
      if (secret === undefined) throw new Error('a keyring without its own key');
      const ours = {
        algorithm: ALGORITHM,
        data: { key: id, prefecture, purpose, tries: Math.max(1, Math.round(tries)) },
        expiresAt: Math.floor(nowMs / 1000) + GOOD_SECONDS,
      } as const;
      const { parameters, signature } = await createChallenge({
        ...ours,
        cost: rounds,
        counter: randomInt(1, 2 * Math.max(1, Math.round(tries)) + 1),
        deriveKey,
        hmacSignatureSecret: secret.challenge,
        hmacKeySignatureSecret: secret.answer,
      });
      const { keySignature } = parameters;
      if (keySignature === undefined || signature === undefined) {
        throw new Error('a challenge came back unsigned');
      }
      return { parameters: { ...parameters, ...ours, keySignature }, signature };
    },
    check({ prefecture, purpose, nowMs }, text) {
      const solved = parse(text);
      if (solved === undefined) return { outcome: 'invalid' };
      const { parameters, signature } = solved.challenge;
      const secret = secrets.get(parameters.data.key);
      const genuine =
        secret !== undefined &&
        isMac(secret.challenge, jcs(parameters), signature) &&
        parameters.data.prefecture === prefecture &&
        parameters.data.purpose === purpose;
      const { derivedKey } = solved.solution;
      const found =
        genuine && isMac(secret.answer, Buffer.from(derivedKey, 'hex'), parameters.keySignature);
      if (!found) return { outcome: 'invalid' };
      const ttlSeconds = parameters.expiresAt - Math.floor(nowMs / 1000);
      if (ttlSeconds <= 0) return { outcome: 'expired' };
      const { tries = 0 } = parameters.data;
      return { outcome: 'valid', id: parameters.nonce, ttlSeconds, tries };
    },
  };
}

interface Secrets {
  /** Signs challenges, and signs the keys to be found. Texts: that is what ALTCHA takes. */
  readonly challenge: string;
  readonly answer: string;
}

function secretsOf(key: Key): Secrets {
  const hex = (secret: KeyObject) => secret.export().toString('hex');
  return {
    challenge: hex(purposeKey(key, 'work-challenge/v1')),
    answer: hex(purposeKey(key, 'work-answer/v1')),
  };
}

function parse(text: string): z.infer<typeof Solved> | undefined {
  if (text.length > LONGEST) return undefined;
  try {
    return Solved.safeParse(JSON.parse(Buffer.from(text, 'base64').toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

function isMac(secret: string, signed: string | Buffer, hex: string): boolean {
  const expected = createHmac('sha256', secret).update(signed).digest();
  const given = Buffer.from(hex, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
