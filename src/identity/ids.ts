import { randomBytes } from 'node:crypto';
import { twelveRandomBytes } from './random.ts';

/** Crockford's base32 in lower case: no i, l, o or u to misread over the telephone. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Random text of 5 bits a character, from the system's secure generator. */
export function randomBase32(characters: number): string {
  return inBase32(randomBytes(characters));
}

/** A new entry id: 80 random bits, so that ids say nothing of who joined when, or how many. */
export function newEntryId(): string {
  return (
    inBase32(twelveRandomBytes().subarray(0, 8)) + inBase32(twelveRandomBytes().subarray(0, 8))
  );
}

/**
 * A new draw id, `20261123-7k2m9x` for `2026-11-23`. It never holds a dot, which separates draw
 * and entry in an offer's id.
 */
export function newDrawId(date: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new Error('a draw id needs a date, YYYY-MM-DD');
  return `${date.replaceAll('-', '')}-${randomBase32(6)}`;
}

/** One character a byte: 256 is a multiple of 32, so the low five bits of a byte are unbiased. */
function inBase32(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += ALPHABET.charAt(byte & 31);
  return text;
}
