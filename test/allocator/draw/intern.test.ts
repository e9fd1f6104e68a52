import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createInterner } from '#src/allocator/draw/intern.ts';
import type { Entry } from '#src/allocator/types.ts';

const entry: fc.Arbitrary<Entry> = fc.record(
  {
    id: fc.stringMatching(/^[a-z]{1,3}$/),
    requestType: fc.constantFrom('AES', '__proto__', 'constructor'),
    missed: fc.nat(),
    priority: fc.constant(true as const),
    party: fc.integer({ min: 2, max: 6 }),
    owed: fc.constant(true as const),
    resting: fc.constant(true as const),
    accepts: fc.constantFrom({}, { sites: ['__proto__'] }, { notAfter: '2026-12-24' }),
  },
  { requiredKeys: ['id', 'requestType', 'missed'] },
);

test('what comes out equals what went in', () => {
  fc.assert(
    fc.property(fc.array(entry), (entries) => {
      expect(entries.map(createInterner())).toEqual(entries);
    }),
  );
});

test('equal availabilities become one', () => {
  const share = createInterner();
  const read = (text: string): Entry => share(JSON.parse(text));
  const a = read('{"id":"a","requestType":"AES","missed":0,"accepts":{"sites":["antony"]}}');
  const b = read('{"id":"b","requestType":"AES","missed":0,"accepts":{"sites":["antony"]}}');
  expect(b.accepts).toBe(a.accepts);
});
