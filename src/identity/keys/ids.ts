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

/** One character a byte: 256 is a multiple of 32, so the low five bits of a byte are unbiased. */
function inBase32(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += ALPHABET.charAt(byte & 31);
  return text;
}
