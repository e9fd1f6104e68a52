import { verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseKeyring, purposeKey } from '#src/identity/keys/keyring.ts';
import { createWorkDesk } from '#src/identity/proof-of-work.ts';
import { solve } from '../../scripts/demo/work.ts';

const key = (id: string, letter: string) =>
  `${id}:${Buffer.from(letter.repeat(32)).toString('base64')}`;
const keyring = parseKeyring(key('k1', 'b'));
const desk = createWorkDesk(keyring, 2);
const nowMs = Date.parse('2026-12-01T08:00:00Z');
const context = { prefecture: '92', purpose: 'join', nowMs } as const;
const secret = (purpose: string) => purposeKey(keyring.current, purpose).export().toString('hex');
const change = (text: string, path: string[], value: unknown) => {
  const solved = JSON.parse(Buffer.from(text, 'base64').toString());
  const last = path.at(-1) ?? '';
  path.slice(0, -1).reduce((at, name) => at[name], solved)[last] = value;
  return Buffer.from(JSON.stringify(solved)).toString('base64');
};

describe('a challenge', () => {
  test('is solved by the library, and by it found right', async () => {
    // Long after this test was written: the library compares with the clock of the machine.
    const later = { ...context, nowMs: Date.parse('2200-01-01T00:00:00Z') };
    const challenge = await desk.challenge(later, 5);
    const text = await solve(challenge);
    const { solution } = JSON.parse(Buffer.from(text, 'base64').toString());
    const verdict = await verifySolution({
      challenge,
      solution,
      deriveKey,
      hmacSignatureSecret: secret('work-challenge/v1'),
      hmacKeySignatureSecret: secret('work-answer/v1'),
    });
    expect(verdict.verified).toBe(true);
    expect(desk.check(later, text)).toEqual({
      outcome: 'valid',
      id: challenge.parameters.nonce,
      ttlSeconds: 1200,
      tries: 5,
    });
  });

  test('takes as many tries as it says on average, and never more than twice', async () => {
    const counters: number[] = [];
    for (let at = 0; at < 200; at += 1) {
      const text = await solve(await desk.challenge(context, 4));
      counters.push(JSON.parse(Buffer.from(text, 'base64').toString()).solution.counter);
    }
    expect(Math.max(...counters)).toBe(8);
    expect(Math.min(...counters)).toBe(1);
    const mean = counters.reduce((sum, counter) => sum + counter, 0) / counters.length;
    expect(mean).toBeGreaterThan(3.5);
    expect(mean).toBeLessThan(5.5);
  });

  test('is good for twenty minutes', async () => {
    const text = await solve(await desk.challenge(context, 1));
    const laterBy = (seconds: number) => ({ ...context, nowMs: nowMs + seconds * 1000 });
    expect(desk.check(laterBy(1199), text)).toMatchObject({ outcome: 'valid', ttlSeconds: 1 });
    expect(desk.check(laterBy(1200), text)).toEqual({ outcome: 'expired' });
  });

  test('is good for its prefecture and purpose only', async () => {
    const text = await solve(await desk.challenge(context, 1));
    expect(desk.check({ ...context, prefecture: '93' }, text).outcome).toBe('invalid');
    expect(desk.check({ ...context, purpose: 'link' }, text).outcome).toBe('invalid');
  });

  test('of a former key is good while the key is in the ring', async () => {
    const text = await solve(await desk.challenge(context, 1));
    const rotated = createWorkDesk(parseKeyring(`${key('k2', 'c')},${key('k1', 'b')}`), 2);
    expect(rotated.check(context, text).outcome).toBe('valid');
    const dropped = createWorkDesk(parseKeyring(key('k2', 'c')), 2);
    expect(dropped.check(context, text).outcome).toBe('invalid');
    const renamed = createWorkDesk(parseKeyring(key('k1', 'c')), 2);
    expect(renamed.check(context, text).outcome).toBe('invalid');
  });
});

describe('a solution', () => {
  test.each([
    ['less work', ['challenge', 'parameters', 'keyPrefix'], '00'],
    ['another expiry', ['challenge', 'parameters', 'expiresAt'], 9_999_999_999],
    ['another prefecture', ['challenge', 'parameters', 'data', 'prefecture'], '93'],
    ['another answer', ['challenge', 'parameters', 'keySignature'], 'ab'.repeat(32)],
    ['another signature', ['challenge', 'signature'], 'ab'.repeat(32)],
    ['a short signature', ['challenge', 'signature'], ''],
    ['a member more', ['challenge', 'parameters', 'more'], 1],
    ['another key', ['challenge', 'parameters', 'data', 'key'], 'k9'],
    ['a wrong answer', ['solution', 'derivedKey'], 'ab'.repeat(32)],
    ['only the beginning', ['solution', 'derivedKey'], 'ab'],
    ['no text', ['solution', 'derivedKey'], 7],
  ])('with %s is none', async (_what, path, value) => {
    const text = await solve(await desk.challenge(context, 1));
    expect(desk.check(context, change(text, path, value))).toEqual({ outcome: 'invalid' });
  });

  test('that only repeats the beginning it was given is none', async () => {
    const challenge = await desk.challenge(context, 1);
    const derivedKey = `${challenge.parameters.keyPrefix}${'0'.repeat(32)}`;
    const text = JSON.stringify({ challenge, solution: { counter: 1, derivedKey } });
    expect(desk.check(context, Buffer.from(text).toString('base64')).outcome).toBe('invalid');
  });

  test('of anything else is none, and nothing throws', () => {
    const outcome = (text: string) => desk.check(context, text).outcome;
    fc.assert(fc.property(fc.string(), (text) => outcome(text) === 'invalid'));
    fc.assert(
      fc.property(fc.json(), (text) => outcome(Buffer.from(text).toString('base64')) === 'invalid'),
    );
    expect(outcome('A'.repeat(1_000_000))).toBe('invalid');
    const deep = `{"challenge":{"parameters":{"x":${'['.repeat(1000)}${']'.repeat(1000)}}}}`;
    expect(outcome(Buffer.from(deep).toString('base64'))).toBe('invalid');
  });
});
