import { createHmac } from 'node:crypto';
import { type Keyring, purposeKey } from './keyring.ts';
import type { Document } from './person.ts';

const IDENTITY_BYTES = 16;

/** Letters that Unicode does not take apart into a plain one and an accent. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ð: 'd',
  đ: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ŧ: 't',
  þ: 'th',
  ß: 'ss',
};

export interface IdentityKeys {
  /**
   * Names a person within one request type of one prefecture: 22 characters that say nothing of
   * who it is. Without the key nobody can try out document numbers against it.
   */
  keyOf(prefecture: string, requestType: string, document: Document, name: string): string;
}

/**
 * Makes identity keys (HMAC-SHA256, 128 bits) with the keyring's current key.
 *
 * The same person must get the same key for years, so a stored key can only be compared with one
 * of the same secret: after a new key was put in front, people who joined before are not
 * recognised until their entries were given new identity keys from their sealed documents.
 */
export function createIdentityKeys(keyring: Keyring): IdentityKeys {
  const secret = purposeKey(keyring.current, 'identity/v1');
  return {
    keyOf: (prefecture, requestType, document, name) =>
      createHmac('sha256', secret)
        .update(JSON.stringify([prefecture, requestType, ...identifying(document, name)]))
        .digest()
        .subarray(0, IDENTITY_BYTES)
        .toString('base64url'),
  };
}

/**
 * What identifies a person, in one spelling. A document number does alone: the name on it may be
 * written in many ways. Without a document, name, birth date and nationality do together.
 */
export function identifying(document: Document, name: string): string[] {
  switch (document.kind) {
    case 'agdref':
      return ['agdref', normaliseNumber(document.number)];
    case 'passport':
    case 'consular':
      return [document.kind, document.country, normaliseNumber(document.number)];
    case 'none':
      return ['none', document.nationality, document.birthDate, normaliseName(name)];
  }
}

/**
 * A document number in one spelling: compatibility forms (full-width digits) unfolded by NFKD,
 * upper case, only A–Z and 0–9 kept. Look-alikes (O and 0, I and 1) stay different.
 */
export function normaliseNumber(text: string): string {
  return text
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');
}

/**
 * A name in one spelling. NFKD takes ligatures and accented letters apart, accents go, case goes,
 * the few letters that stay whole are written plainly (`ø` o, `œ` oe, `ß` ss, `ł` l). Apostrophes
 * and points join what they stand between, anything else that is neither letter nor digit parts
 * words, and the words are sorted: forms ask for given name and surname in either order.
 */
export function normaliseName(text: string): string {
  return text
    .replace(/['’‘ʼ`´.]/g, '')
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[æœøðđħıłŧþß]/g, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .sort()
    .join('');
}
