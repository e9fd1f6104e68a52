import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { packLines, unpackLines } from '#src/workers/allocation/parts.ts';

const lines = Array.from({ length: 30_000 }, (_, n) => `{"n":${n},"text":"${'é'.repeat(40)}"}\n`);

test('lines come out of their parts as they went in', () => {
  const parts = [...packLines(lines)];
  expect(parts.length).toBeGreaterThan(1);
  expect([...unpackLines(parts)].join('\n')).toBe(lines.join('').trimEnd());
});

test('the parts, one after the other, are one gzip file, none above 1 MiB', () => {
  const parts = [...packLines(lines)];
  expect(gunzipSync(Buffer.concat(parts)).toString()).toBe(lines.join(''));
  expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(2 ** 20);
});

test('no line makes no part', () => {
  expect([...packLines([])]).toEqual([]);
});
