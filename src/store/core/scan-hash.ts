import { DomainError } from '../../base/errors.ts';
import type { Connection } from './redis.ts';

/**
 * Hands every field that a hash holds during the whole scan to `visit`, some perhaps twice, in
 * batches so that neither Redis nor this process stops for long.
 */
export async function scanHash(
  redis: Connection,
  key: string,
  visit: (field: string, value: string) => void,
): Promise<void> {
  let cursor = '0';
  do {
    const [next, flat] = await redis.hscan(key, cursor, 'COUNT', 250);
    for (let i = 0; i < flat.length; i += 2) visit(flat[i] ?? '', flat[i + 1] ?? '');
    cursor = next;
  } while (cursor !== '0');
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
