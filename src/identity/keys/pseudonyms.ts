import { createHmac } from 'node:crypto';
import { type Keyring, purposeKey } from './keyring.ts';

const PSEUDONYM_BYTES = 12;

/** What a pseudonym stands for. The same text of another kind has another one. */
export type PseudonymKind = 'agent' | 'block' | 'mailbox' | 'phone' | 'domain' | 'software';

export interface Pseudonyms {
  /** 16 characters that stand for a text, and say nothing of it to who has no key. */
  of(kind: PseudonymKind, text: string): string;
}

/**
 * Stands in for what limits and the abuse report must recognise again and nobody needs to read:
 * HMAC-SHA256, 96 bits, with the identity keyring's current key. There are only four thousand
 * million IPv4 addresses, so without a key a hash would hide none of them.
 *
 * After a new key was put in front everything has another pseudonym: limits begin again, and a
 * report sees two halves.
 */
export function createPseudonyms(keyring: Keyring): Pseudonyms {
  const secret = purposeKey(keyring.current, 'pseudonym/v1');
  return {
    of: (kind, text) =>
      createHmac('sha256', secret)
        .update(`${kind} ${text}`)
        .digest()
        .subarray(0, PSEUDONYM_BYTES)
        .toString('base64url'),
  };
}
