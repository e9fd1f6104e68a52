import { DomainError } from '../../base/errors.ts';
import type { Connection } from './redis.ts';

/** Most pages of one hash. A page has some hundred fields: more than Redis can hold. */
export const MOST_PAGES = 1_000_000;

/** How a scan goes on from page to page. */
export interface ScanStart {
  /** `0` for the first page. */
  readonly cursor: string;
  /** Fields that Redis looks at for a page. */
  readonly count: number;
}

/**
 * Pages of a scan, each with the cursor of the next, `0` after the last.
 *
 * @param what for the error of a scan that does not end
 */
export async function* pagesOfScan(
  what: string,
  from: string,
  read: (cursor: string) => Promise<readonly [next: string, found: readonly string[]]>,
): AsyncGenerator<{ readonly found: readonly string[]; readonly next: string }> {
  let cursor = from;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const [next, found] = await read(cursor);
    yield { found, next };
    if (next === '0') return;
    cursor = next;
  }
  throw new Error(`${what} does not end after ${MOST_PAGES} pages`);
}

/**
 * Pages of a hash: fields and values by turns. Every field that it holds during the whole scan is on
 * some page; one may be on two.
 */
export function pagesOfHash(redis: Connection, key: string, { cursor, count }: ScanStart) {
  return pagesOfScan(key, cursor, (at) => redis.hscan(key, at, 'COUNT', count));
}

/** The fields of such a page, without their values. Pure. */
export function fieldsOf(page: readonly string[]): string[] {
  return page.filter((_, at) => at % 2 === 0);
}

type Visit = (field: string, value: string) => void;

function visitAll(flat: readonly string[], visit: Visit): void {
  for (let i = 0; i < flat.length; i += 2) visit(flat[i] ?? '', flat[i + 1] ?? '');
}

/**
 * Hands every field that a hash holds during the whole scan to `visit`, some perhaps twice, in
 * batches so that neither Redis nor this process stops for long.
 */
export async function scanHash(redis: Connection, key: string, visit: Visit): Promise<void> {
  for await (const { found } of pagesOfHash(redis, key, { cursor: '0', count: 250 })) {
    visitAll(found, visit);
  }
}

/**
 * Hands fields to `visit` until that has enough of them. Returns the cursor to go on from; none
 * after the last field.
 *
 * @throws DomainError `input_malformed` for a cursor that no page had
 */
export async function scanSome(
  redis: Connection,
  key: string,
  start: ScanStart,
  visit: Visit,
  hasEnough: () => boolean,
): Promise<{ readonly cursor?: string }> {
  const from = { ...start, cursor: checkCursor(start.cursor) };
  for await (const { found, next } of pagesOfHash(redis, key, from)) {
    visitAll(found, visit);
    if (next !== '0' && hasEnough()) return { cursor: next };
  }
  return {};
}

/**
 * A cursor that a caller hands back, if it may be one. Pure.
 *
 * @throws DomainError `input_malformed`
 */
export function checkCursor(cursor: string): string {
  if (/^\d{1,20}$/.test(cursor) && BigInt(cursor) < 2n ** 64n) return cursor;
  throw new DomainError('input_malformed', 'must be the cursor of an earlier page', 'cursor');
}
