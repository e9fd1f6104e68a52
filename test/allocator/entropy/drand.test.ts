import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  drandRoundAt,
  drandTimeOf,
  QUICKNET,
  verifyDrandRound as verify,
} from '#src/allocator/entropy/drand.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';

const verifyDrandRound = (round: number, signature: string, randomness: string) =>
  verify(round, signature, randomness, nodeSha256);

// Published by drand.
const known = [
  {
    round: 123,
    signature:
      'b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92',
    randomness: 'fb8f7bc29bf24db51871ec8c79f3a1e4bd0557bc0dfcee9ed1d924e69d1c60dc',
  },
  {
    round: 1000,
    signature:
      'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39',
    randomness: 'fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd',
  },
] as const;
const [round123, round1000] = known;

function flipBit(hex: string, bit: number): string {
  const bytes = Buffer.from(hex, 'hex');
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return bytes.toString('hex');
}

describe('a drand round', () => {
  test.each(known)('$round is signed by quicknet', ({ round, signature, randomness }) => {
    expect(verifyDrandRound(round, signature, randomness)).toBe(true);
  });

  test('is not proven by the signature of another', () => {
    expect(verifyDrandRound(124, round123.signature, round123.randomness)).toBe(false);
    expect(verifyDrandRound(123, round1000.signature, round1000.randomness)).toBe(false);
  });

  test('takes its randomness from its own signature only', () => {
    expect(verifyDrandRound(123, round123.signature, round1000.randomness)).toBe(false);
  });

  test('fails with one bit of the randomness flipped', () => {
    const { round, signature, randomness } = round1000;
    for (let bit = 0; bit < 256; bit++) {
      expect(verifyDrandRound(round, signature, flipBit(randomness, bit))).toBe(false);
    }
  });

  test('fails with one bit of the signature flipped, even if the randomness follows it', () => {
    const { round, signature } = round1000;
    // The three flags of the encoding, the ends of the coordinate, and some between.
    for (const bit of [5, 6, 7, 0, 8, 100, 200, 376, 383]) {
      const forged = flipBit(signature, bit);
      const randomness = nodeSha256.hex(Buffer.from(forged, 'hex'));
      expect(verifyDrandRound(round, forged, randomness)).toBe(false);
    }
  });

  test('is not proven by the point at infinity', () => {
    const infinity = `c0${'0'.repeat(94)}`;
    const randomness = nodeSha256.hex(Buffer.from(infinity, 'hex'));
    expect(verifyDrandRound(123, infinity, randomness)).toBe(false);
  });

  test('answers malformed text with false', () => {
    const { round, signature, randomness } = round123;
    expect(verifyDrandRound(round, signature.toUpperCase(), randomness)).toBe(false);
    expect(verifyDrandRound(round, signature.slice(2), randomness)).toBe(false);
    expect(verifyDrandRound(round, `${signature}00`, randomness)).toBe(false);
    expect(verifyDrandRound(round, signature, `${randomness}\n`)).toBe(false);
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.double(), (a, b, n) => {
        expect(verifyDrandRound(n, a, b)).toBe(false);
      }),
    );
  });

  test('has a whole number, 1 or more', () => {
    for (const round of [0, -1, 1.5, Number.NaN, 2 ** 53]) {
      expect(verifyDrandRound(round, round123.signature, round123.randomness)).toBe(false);
    }
  });
});

describe('the time of rounds', () => {
  test('is what quicknet publishes', () => {
    expect(drandTimeOf(1)).toBe(QUICKNET.genesisSeconds);
    expect(drandTimeOf(1000)).toBe(1_692_806_364);
    expect(drandRoundAt(1_692_806_364)).toBe(1000);
    expect(drandRoundAt(Date.parse('2026-04-20T00:00:00Z') / 1000)).toBe(27_946_612);
  });

  test('a round is current from its own time until the next', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 }), (round) => {
        expect(drandRoundAt(drandTimeOf(round))).toBe(round);
        expect(drandRoundAt(drandTimeOf(round) + 2)).toBe(round);
        expect(drandRoundAt(drandTimeOf(round) + 3)).toBe(round + 1);
      }),
    );
  });
});
