import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseKeyring } from '#src/identity/keys/keyring.ts';
import { createTokens } from '#src/identity/keys/tokens.ts';
import { newKeyring, newKeyText } from '../support.ts';

const tokens = createTokens(newKeyring('k1'));
const offer = '20261123-7k2m9x.k3j5m7n9p1q2r4s6';
const answer = { prefecture: '92', offer, action: 'accept' } as const;
const [old, fresh] = [newKeyText('k1'), newKeyText('k2')];
const before = createTokens(parseKeyring(old));
const during = createTokens(parseKeyring(`${fresh},${old}`));
const after = createTokens(parseKeyring(fresh));

describe('an entry token', () => {
  test('is the same every time and opens its own entry only', () => {
    const token = tokens.entryToken('92', 'a');
    expect(tokens.entryToken('92', 'a')).toBe(token);
    expect(tokens.isEntryToken('92', 'a', token)).toBe(true);
    expect(tokens.isEntryToken('92', 'b', token)).toBe(false);
    expect(tokens.isEntryToken('93', 'a', token)).toBe(false);
    expect(tokens.isEntryToken('9', '2a', token)).toBe(false);
  });

  test('is refused with any character changed, added or left out', () => {
    const token = tokens.entryToken('92', 'a');
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === 'A' ? 'B' : 'A';
      expect(tokens.isEntryToken('92', 'a', token.slice(0, at) + other + token.slice(at + 1))).toBe(
        false,
      );
      expect(tokens.isEntryToken('92', 'a', token.slice(0, at) + token.slice(at + 1))).toBe(false);
    }
    expect(tokens.isEntryToken('92', 'a', `${token}A`)).toBe(false);
  });

  test('nothing that people may type in its place is taken, or throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(tokens.isEntryToken('92', 'a', text)).toBe(false);
      }),
    );
  });

  test('stays good through a rotation until its key leaves the ring', () => {
    const token = before.entryToken('92', 'a');
    expect(during.isEntryToken('92', 'a', token)).toBe(true);
    expect(during.entryToken('92', 'a')).not.toBe(token);
    expect(after.isEntryToken('92', 'a', during.entryToken('92', 'a'))).toBe(true);
    expect(after.isEntryToken('92', 'a', token)).toBe(false);
  });
});

describe('a code', () => {
  test('has six digits and is right for its round only', () => {
    const code = tokens.code('92', 'a', 1);
    expect(code).toMatch(/^\d{6}$/);
    expect(tokens.isCode('92', 'a', 1, code)).toBe(true);
    expect([2, 3, 4].map((round) => tokens.code('92', 'a', round))).not.toEqual([code, code, code]);
    expect(tokens.isCode('92', 'a', 1, code.slice(1))).toBe(false);
    expect(tokens.isCode('92', 'a', 1, `${code} `)).toBe(false);
  });

  test('sent before a rotation still counts after it', () => {
    expect(during.isCode('92', 'a', 1, before.code('92', 'a', 1))).toBe(true);
  });

  test('has every digit equally often at every place', () => {
    const counts = Array.from({ length: 60 }, () => 0);
    const rounds = 20_000;
    for (let round = 0; round < rounds; round += 1) {
      for (const [place, digit] of [...tokens.code('92', 'a', round)].entries()) {
        counts[place * 10 + Number(digit)] = (counts[place * 10 + Number(digit)] ?? 0) + 1;
      }
    }
    // Expected 2,000 each with a deviation of 42: six deviations happen once in 10^7 runs.
    for (const count of counts) expect(Math.abs(count - rounds / 10)).toBeLessThan(260);
  });
});

describe('a signed answer', () => {
  const expiresAtMs = 1_800_000_000_000;
  const signature = tokens.signAnswer({ ...answer, expiresAtMs });

  test('is valid until it expires', () => {
    expect(tokens.checkAnswer({ ...answer, nowMs: expiresAtMs - 1 }, signature)).toBe('valid');
    expect(tokens.checkAnswer({ ...answer, nowMs: expiresAtMs }, signature)).toBe('expired');
    expect(tokens.isAnswer({ ...answer, nowMs: expiresAtMs - 1 }, signature)).toBe(true);
    expect(tokens.isAnswer({ ...answer, nowMs: expiresAtMs }, signature)).toBe(false);
  });

  test('is safe in a URL as it stands', () => {
    expect(encodeURIComponent(signature)).toBe(signature);
  });

  test('is forged for anything but what it was made for', () => {
    const check = (change: object, text = signature) =>
      tokens.checkAnswer({ ...answer, nowMs: expiresAtMs - 1, ...change }, text);
    expect(check({ action: 'decline' })).toBe('forged');
    expect(check({ prefecture: '93' })).toBe('forged');
    expect(check({ offer: `${offer}x` })).toBe('forged');
    const [expires = '', ...rest] = signature.split('.');
    const later = (Number.parseInt(expires, 36) + 1).toString(36);
    expect(check({}, [later, ...rest].join('.'))).toBe('forged');
    expect(check({}, `0${signature}`)).toBe('forged');
    expect(check({}, '')).toBe('forged');
  });

  test('no token of one purpose serves another', () => {
    const token = tokens.entryToken('92', offer);
    expect(tokens.checkAnswer({ ...answer, nowMs: 0 }, token)).toBe('forged');
    expect(tokens.isEntryToken('92', offer, signature.slice(signature.indexOf('.') + 1))).toBe(
      false,
    );
  });
});
