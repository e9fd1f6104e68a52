import { expect, test } from 'vitest';
import type { Entry } from '#src/allocator/types.ts';
import { countLeaf, noCounts } from '#src/domain/register/leaf.ts';
import { partyCounts } from '#src/domain/register/pool-counts.ts';

const entries = (requestType: string, count: number, party?: number): Entry[] =>
  Array.from({ length: count }, (_, at) => ({
    ...{ id: `${requestType}${party}${at}`, requestType, missed: 0 },
    ...(party === undefined ? {} : { party }),
  }));

test('sizes of parties with fewer than five entries of a request type are one number', () => {
  const pool = [
    ...[...entries('first', 9), ...entries('first', 5, 2), ...entries('first', 4, 3)],
    ...[...entries('first', 1, 6), ...entries('renewal', 2, 2)],
  ];
  expect(partyCounts(pool)).toEqual({
    parties: {
      first: { sizes: { 2: 5 }, other: 5 },
      renewal: { sizes: {}, other: 2 },
    },
  });
  expect(partyCounts(entries('first', 9))).toBeUndefined();
});

test('the register counts parties of the latest pool alone, and everybody who went on alone', () => {
  const at = '2026-12-01T08:00:00Z';
  const parties = partyCounts(entries('first', 5, 2));
  if (!parties) throw new Error('there are some');
  const told = countLeaf(noCounts, { at, kind: 'parties', draw: 'd1', ...parties });
  expect(told.parties).toEqual({ draw: 'd1', ...parties });
  const gone = countLeaf(told, { at, kind: 'carried', from: 'a', missed: 1, to: 'b' });
  expect([gone.carried, gone.leaves]).toEqual([1, 2]);
  const manifest = { kind: 'manifest', draw: 'd2', manifest: {}, manifestHash: '' } as never; // counts do not look into it
  expect(countLeaf(gone, manifest).parties).toBeNull();
});
