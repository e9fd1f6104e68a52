import { crc32, gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinCrcs, joinParts, type Piece, packPart } from '#src/store/draws/gzip-parts.ts';

const joined = async (...pieces: Piece[]) => {
  const all = async function* () {
    yield* pieces;
  };
  return Buffer.concat(await Array.fromAsync(joinParts(all())));
};

/** The first member of a gzip file, as browsers read it. */
async function firstMember(bytes: Buffer): Promise<string> {
  const stream = new Blob([new Uint8Array(bytes)]).stream();
  return new Response(stream.pipeThrough(new DecompressionStream('gzip'))).text();
}

test('a part is gzip by itself, the same each time', () => {
  const text = 'une ligne\n'.repeat(1000);
  expect(gunzipSync(packPart(text)).toString()).toBe(text);
  expect(packPart(text)).toEqual(packPart(text));
});

test('parts, earlier ones and texts become one member, with the sums of the whole', async () => {
  const texts = fc.array(fc.tuple(fc.constantFrom('part', 'former', 'text'), fc.string()), {
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(texts, async (given) => {
      const pieces = given.map(([kind, text]): Piece => {
        if (kind === 'part') return { part: packPart(text) };
        return kind === 'former' ? { part: gzipSync(text) } : { text: Buffer.from(text) };
      });
      const bytes = await joined(...pieces);
      const whole = given.map(([, text]) => text).join('');
      // DecompressionStream refuses what comes after the first member, and wrong sums.
      expect(await firstMember(bytes)).toBe(Buffer.from(whole).toString());
    }),
    { numRuns: 50 },
  );
});

test('stored parts go out as they lie', async () => {
  const part = packPart(Array.from({ length: 5000 }, (_, n) => `{"n":${n}}\n`).join(''));
  const bytes = await joined({ part }, { part });
  const body = part.subarray(16, -10);
  const first = bytes.indexOf(body);
  expect([first, bytes.indexOf(body, first + 1)]).toEqual([10, 10 + body.length]);
  expect(bytes).toHaveLength(10 + 2 * body.length + 10);
});

test('sums of two texts are those of both', () => {
  const texts = fc.tuple(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }));
  fc.assert(
    fc.property(texts, ([one, two]) => {
      const whole = crc32(Buffer.concat([one, two]));
      expect(joinCrcs(crc32(one), crc32(two), two.length)).toBe(whole);
    }),
  );
});
