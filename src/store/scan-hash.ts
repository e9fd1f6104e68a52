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
    const [next, flat] = await redis.hscan(key, cursor, 'COUNT', 1000);
    for (let i = 0; i < flat.length; i += 2) visit(flat[i] ?? '', flat[i + 1] ?? '');
    cursor = next;
  } while (cursor !== '0');
}
