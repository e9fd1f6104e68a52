import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { OfferAnswer } from '../../domain/offers/state.ts';
import { type Key, type Keyring, purposeKey } from './keyring.ts';

const ENTRY_TOKEN_BYTES = 24;
const SIGNATURE_BYTES = 16;
const CODES = 1_000_000;

/** One answer to one offer, as a link carries it. */
export interface Answer {
  readonly prefecture: string;
  /** Offer id, `<draw>.<entry>`. */
  readonly offer: string;
  readonly action: OfferAnswer;
}

export interface Tokens {
  /** The secret by which a person manages an entry. The same every time, until the key changes. */
  entryToken(prefecture: string, entryId: string): string;
  isEntryToken(prefecture: string, entryId: string, token: string): boolean;
  /** Six digits that prove an address. A new round makes a new code. */
  code(prefecture: string, entryId: string, round: number): string;
  isCode(prefecture: string, entryId: string, round: number, code: string): boolean;
  /**
   * Six digits by which its person shows on the telephone, or at the desk without a document, that an
   * entry is theirs. Of another key than the codes that prove an address; a new round makes a new one.
   */
  callCode(prefecture: string, entryId: string, round: number): string;
  isCallCode(prefecture: string, entryId: string, round: number, code: string): boolean;
  /** A signature for a one-click link. It carries its own expiry. Safe in a URL as it stands. */
  signAnswer(answer: Answer & { readonly expiresAtMs: number }): string;
  /** `expired` only for a signature that was right once; anything else is `forged`. */
  checkAnswer(
    answer: Answer & { readonly nowMs: number },
    signature: string,
  ): 'valid' | 'expired' | 'forged';
  /** Whether `checkAnswer` says `valid`. */
  isAnswer(answer: Answer & { readonly nowMs: number }, signature: string): boolean;
  /**
   * Keyed fingerprint of what an agent sent, `<key id>:<hex>`: by it who has the key and the file
   * can say that this was it, and nobody else can try what it may have been.
   */
  fingerprint(bytes: Uint8Array): string;
}

/**
 * Makes and checks every secret a person receives. All are derived by HMAC-SHA256 from names the
 * store knows anyway, so nothing secret is stored, and a repeated request gets the same answer.
 * Each purpose has a key of its own. Tokens and signatures carry their key's id: after a rotation
 * old ones stay good until their key leaves the keyring.
 */
export function createTokens(keyring: Keyring): Tokens {
  const entry = macs(keyring, 'entry-token/v1', ENTRY_TOKEN_BYTES);
  const answer = macs(keyring, 'answer-link/v1', SIGNATURE_BYTES);
  const fingerprintKey = purposeKey(keyring.current, 'body-fingerprint/v1');
  const codes = codesOf(keyring, 'code/v1');
  const callCodes = codesOf(keyring, 'call-code/v1');

  const checkAnswer: Tokens['checkAnswer'] = ({ prefecture, offer, action, nowMs }, signature) => {
    const [, expires, mac] = /^([0-9a-z]{1,11})\.(.+)$/.exec(signature) ?? [];
    if (expires === undefined || mac === undefined) return 'forged';
    if (!answer.check([prefecture, offer, action, expires], mac)) return 'forged';
    return nowMs < Number.parseInt(expires, 36) ? 'valid' : 'expired';
  };

  return {
    entryToken: (prefecture, entryId) => entry.make([prefecture, entryId]),
    isEntryToken: (prefecture, entryId, token) => entry.check([prefecture, entryId], token),
    code: (...names) => codes.make(names),
    isCode: (prefecture, entryId, round, code) => codes.check([prefecture, entryId, round], code),
    callCode: (...names) => callCodes.make(names),
    isCallCode: (prefecture, entryId, round, code) =>
      callCodes.check([prefecture, entryId, round], code),
    signAnswer: ({ prefecture, offer, action, expiresAtMs }) => {
      const expires = expiresAtMs.toString(36);
      return `${expires}.${answer.make([prefecture, offer, action, expires])}`;
    },
    checkAnswer,
    isAnswer: (claim, signature) => checkAnswer(claim, signature) === 'valid',
    fingerprint: (bytes) => {
      const hex = createHmac('sha256', fingerprintKey).update(bytes).digest('hex');
      return `${keyring.current.id}:${hex}`;
    },
  };
}

/** Makes and checks six digits over a list of names. */
function codesOf(keyring: Keyring, purpose: string) {
  const keys = keyring.keys.map((key) => purposeKey(key, purpose));
  return {
    make: (names: readonly (string | number)[]) => digits(keys[0] ?? fail(), names),
    // A code bears no key id. Every key is tried, and always all of them.
    check: (names: readonly (string | number)[], code: string) =>
      keys.map((key) => isSameText(digits(key, names), code)).includes(true),
  };
}

/** Makes and checks `<key id>.<mac>` over a list of names. */
function macs(keyring: Keyring, purpose: string, bytes: number) {
  const keys = new Map(keyring.keys.map((key) => [key.id, purposeKey(key, purpose)]));
  const encode = (key: Key, names: readonly string[]) =>
    `${key.id}.${mac(keys.get(key.id) ?? fail(), names)
      .subarray(0, bytes)
      .toString('base64url')}`;
  return {
    make: (names: readonly string[]) => encode(keyring.current, names),
    check: (names: readonly string[], text: string) => {
      const key = keyring.find(text.slice(0, text.indexOf('.')));
      return key !== undefined && isSameText(encode(key, names), text);
    },
  };
}

/** JSON keeps the names apart: ["ab","c"] and ["a","bc"] are different texts. */
function mac(key: KeyObject, names: readonly (string | number)[]): Buffer {
  return createHmac('sha256', key).update(JSON.stringify(names)).digest();
}

/** Six decimal digits, each code equally likely: a number beyond the last whole million is redrawn. */
function digits(key: KeyObject, names: readonly (string | number)[]): string {
  const bound = Math.floor(2 ** 32 / CODES) * CODES;
  for (let attempt = 0; ; attempt += 1) {
    const number = mac(key, [...names, attempt]).readUInt32BE(0);
    if (number < bound) return String(number % CODES).padStart(6, '0');
  }
}

/** Compares digests of equal length, so that the time tells nothing, not even a length. */
function isSameText(expected: string, given: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(expected), digest(given));
}

function fail(): never {
  throw new Error('a keyring without its own key');
}
