import { randomUUID } from 'node:crypto';

/**
 * Twelve bytes of the system's secure generator. They come by way of a random UUID, because Node
 * keeps a stock of those: asking the system each time would be the dearest part of a join.
 */
export function twelveRandomBytes(): Buffer {
  const digits = randomUUID().replaceAll('-', '');
  // Digit 12 is the version, digit 16 holds the variant; all others are random.
  return Buffer.from(digits.slice(0, 12) + digits.slice(20), 'hex');
}
