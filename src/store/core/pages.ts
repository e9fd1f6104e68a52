import { MOST_PAGES } from './scan-hash.ts';

/**
 * Pages of a list by position, up to the first that is not full. None is empty.
 *
 * @param what for the error of a list that does not end
 * @throws Error after `most` pages
 */
export async function* pagesByPosition<Item>(
  what: string,
  { from = 0, size, most = MOST_PAGES }: { from?: number; size: number; most?: number },
  read: (from: number, until: number) => Promise<readonly Item[]>,
): AsyncGenerator<readonly Item[]> {
  for (let page = 0; page < most; page += 1) {
    const first = from + page * size;
    const found = await read(first, first + size - 1);
    if (found.length > 0) yield found;
    if (found.length < size) return;
  }
  throw unending(what, most);
}

/**
 * Pages that each name the cursor of the next, up to the one that names none.
 *
 * @param what for the error of pages that do not end
 * @throws Error after `most` pages
 */
export async function* pagesByCursor<Page extends { readonly cursor?: string }>(
  what: string,
  read: (cursor: string) => Promise<Page>,
  most = MOST_PAGES,
): AsyncGenerator<Page> {
  let cursor: string | undefined = '0';
  for (let page = 0; page < most; page += 1) {
    const found: Page = await read(cursor);
    yield found;
    cursor = found.cursor;
    if (cursor === undefined) return;
  }
  throw unending(what, most);
}

function unending(what: string, most: number): Error {
  return new Error(`${what} does not end after ${most} pages`);
}
