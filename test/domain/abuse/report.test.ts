import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findAbuse, type Signal, type Thresholds } from '#src/domain/abuse/report.ts';

const thresholds: Thresholds = {
  burst: 4,
  burstMinutes: 10,
  domain: 6,
  moment: 3,
  quick: 3,
  quickSeconds: 10,
  phone: 3,
  refusals: 3,
  helper: 5,
};
const minuteMs = 60_000;
let made = 0;
function joins(count: number, members: (index: number) => Partial<Signal>): Signal[] {
  return Array.from({ length: count }, (_, index) => {
    made += 1;
    const usual = { block: `b${made}`, domain: `d${made}`, software: 'firefox' };
    const join = {
      kind: 'join',
      atMs: made * minuteMs,
      entry: `e${made}`,
      origin: 'online',
    } as const;
    return { ...join, ...usual, ...members(index) };
  });
}
const kinds = (signals: readonly Signal[], over: Partial<Thresholds> = {}) =>
  findAbuse(signals, { ...thresholds, ...over }).map(({ kind, subject, count }) => [
    kind,
    subject,
    count,
  ]);

describe('findAbuse', () => {
  test('lists a block that joins often in a short time, not one that does so over a day', () => {
    const fast = joins(4, (i) => ({ block: 'fast', atMs: i * 3 * minuteMs }));
    const slow = joins(9, (i) => ({ block: 'slow', atMs: i * 60 * minuteMs }));
    expect(kinds([...fast, ...slow])).toEqual([['address_burst', 'fast', 4]]);
    const apart = joins(4, (i) => ({ block: 'apart', atMs: i * 4 * minuteMs }));
    expect(kinds(apart)).toEqual([]);
  });

  test('a network counts from four times as many', () => {
    const spread = (count: number) => joins(count, (i) => ({ wide: 'net', atMs: i * 1000 }));
    expect(kinds(spread(15))).toEqual([]);
    expect(kinds(spread(16))).toEqual([['network_burst', 'net', 16]]);
  });

  test('a mail domain is listed only if it comes from few blocks', () => {
    const everyones = joins(50, () => ({ domain: 'everyones' }));
    const own = joins(6, (i) => ({ domain: 'own', block: `own${i % 2}` }));
    expect(kinds([...everyones, ...own])).toEqual([['mail_domain', 'own', 6]]);
    expect(findAbuse(own, thresholds)[0]?.blocks).toBe(2);
  });

  test('joins in one second by the same program, and in no two seconds', () => {
    const same = joins(3, () => ({ software: 'bot', atMs: 5_999 }));
    const apart = joins(3, (i) => ({ software: 'bot', atMs: 10_998 + i }));
    expect(kinds([...same, ...apart])).toEqual([['same_moment', 'bot', 3]]);
    expect(kinds(joins(3, (i) => ({ software: `s${i}`, atMs: 1 })))).toEqual([]);
  });

  test('codes that come back sooner than anybody reads', () => {
    const joined = joins(6, (i) => ({ block: i < 3 ? 'machine' : 'people', atMs: i * 60_000 }));
    const verified = joined.map(({ entry, atMs, block }) => ({
      kind: 'verify' as const,
      entry,
      atMs: atMs + (block === 'machine' ? 10_000 : 10_001),
    }));
    expect(kinds([...verified, ...joined])).toEqual([['quick_codes', 'machine', 3]]);
  });

  test('telephones, helpers, and entries that decline or give up', () => {
    const phones = joins(3, () => ({ phone: 'p' }));
    const helped = joins(5, () => ({ helper: 'agent1', origin: 'desk' }));
    const acts = (['decline', 'cancel', 'decline'] as const).map((kind, atMs) => ({
      kind,
      atMs,
      entry: 'picky',
    }));
    const once = { kind: 'decline', atMs: 1, entry: 'other' } as const;
    expect(kinds([...phones, ...helped, ...acts, once])).toEqual([
      ['one_helper', 'agent1', 5],
      ['declined_often', 'picky', 3],
      ['shared_phone', 'p', 3],
    ]);
  });

  test('who was entered at a desk makes no burst of the desk', () => {
    expect(kinds(joins(30, () => ({ block: 'desk', origin: 'desk', atMs: 0 })))).toEqual([]);
  });

  test('order does not matter, nothing below a threshold is listed, and entries are whole', () => {
    const signal = fc.record({
      kind: fc.constantFrom('join', 'verify', 'decline', 'cancel'),
      atMs: fc.nat({ max: 100_000 }),
      entry: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      origin: fc.constantFrom('online', 'desk'),
      block: fc.constantFrom('x', 'y'),
      domain: fc.constantFrom('m', 'n'),
      phone: fc.constantFrom('p', 'q'),
      software: fc.constantFrom('s', 't'),
      helper: fc.constantFrom('h', 'i'),
    });
    fc.assert(
      fc.property(fc.array(signal, { maxLength: 40 }), (signals) => {
        const found = findAbuse(signals, thresholds);
        const counts = found.map(({ kind, subject, count }) => ({ kind, subject, count }));
        const again = findAbuse(signals.toReversed(), thresholds);
        expect(again.map(({ kind, subject, count }) => ({ kind, subject, count }))).toEqual(counts);
        for (const { count, entries, fromMs, untilMs } of found) {
          expect(count).toBeGreaterThanOrEqual(3);
          expect(entries.length).toBeGreaterThan(0);
          expect(fromMs).toBeLessThanOrEqual(untilMs);
        }
      }),
    );
  });
});
