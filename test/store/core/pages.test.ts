import { expect, test } from 'vitest';
import { pagesByCursor, pagesByPosition } from '#src/store/core/pages.ts';

const numbers = (from: number, until: number) =>
  Promise.resolve([0, 1, 2, 3, 4, 5].slice(from, until + 1));

test('pages by position end with the first that is not full', async () => {
  const all = (from: number, size: number) =>
    Array.fromAsync(pagesByPosition('x', { from, size }, numbers));
  expect(await all(0, 4)).toEqual([
    [0, 1, 2, 3],
    [4, 5],
  ]);
  expect(await all(3, 3)).toEqual([[3, 4, 5]]);
  expect(await all(9, 3)).toEqual([]);
});

test('pages by cursor end with the one that names none', async () => {
  const read = (cursor: string) => Promise.resolve(cursor === '0' ? { cursor: 'a' } : {});
  expect(await Array.fromAsync(pagesByCursor('x', read))).toEqual([{ cursor: 'a' }, {}]);
});

test('pages that do not end are an error, not a process that hangs', async () => {
  const again = pagesByCursor('entries', () => Promise.resolve({ cursor: 'a' }), 3);
  await expect(Array.fromAsync(again)).rejects.toThrow('entries does not end after 3 pages');
  const full = pagesByPosition('mail', { size: 1, most: 3 }, () => Promise.resolve([1]));
  await expect(Array.fromAsync(full)).rejects.toThrow('mail does not end after 3 pages');
});
