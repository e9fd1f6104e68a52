import { randomUUID } from 'node:crypto';
import { hourSeconds } from '../../base/units.ts';
import { keysOf } from '../core/keys.ts';
import { pagesByPosition } from '../core/pages.ts';
import type { Connection } from '../core/redis.ts';
import { unpackPart } from './gzip-parts.ts';
import type { IndexField } from './index.ts';

/** Parts that nobody flipped into place are gone after this. */
const stagedSeconds = hourSeconds;

/** Events read at a time: about 128 kB. */
export const eventsPerPage = 1000;

export interface StagedParts {
  readonly key: string;
  readonly parts: number;
}

/**
 * Writes parts of a record under a key of their own, where nobody reads them yet. Two workers that
 * do so at the same time cannot mix theirs; what a crash leaves behind expires.
 */
export async function stageParts(
  redis: Connection,
  prefecture: string,
  drawId: string,
  parts: Iterable<Buffer>,
): Promise<StagedParts> {
  const key = keysOf(prefecture).drawStaged(drawId, randomUUID());
  let count = 0;
  for (const part of parts) {
    count = await redis.rpush(key, part);
    if (count === 1) await redis.expire(key, stagedSeconds);
  }
  return { key, parts: count };
}

/** Bytes of an index in one command: well below a millisecond of Redis. */
const indexBytesAtOnce = 131_072;

export interface StagedIndex {
  readonly key: string;
  readonly fields: number;
}

/** Writes the index of a draw under a key of its own, in chunks. See `stageParts`. */
export async function stageIndex(
  redis: Connection,
  prefecture: string,
  drawId: string,
  index: Iterable<IndexField>,
): Promise<StagedIndex> {
  const key = keysOf(prefecture).drawStaged(drawId, randomUUID());
  let fields = 0;
  let chunk: (string | Buffer)[] = [];
  let bytes = 0;
  const write = async () => {
    if (chunk.length === 0) return;
    await redis.hset(key, ...chunk);
    if (fields === 0) await redis.expire(key, stagedSeconds);
    fields += chunk.length / 2;
    chunk = [];
    bytes = 0;
  };
  for (const [name, value] of index) {
    // What crossed a thread boundary is no Buffer any more.
    chunk.push(name, Buffer.from(value.buffer, value.byteOffset, value.byteLength));
    bytes += value.byteLength;
    if (bytes >= indexBytesAtOnce) await write();
  }
  await write();
  return { key, fields };
}

/** The parts of a list, one at a time, as they lie. */
export async function* readParts(redis: Connection, key: string): AsyncGenerator<Buffer> {
  const read = async (index: number) => {
    const part = await redis.lindexBuffer(key, index);
    return part ? [part] : [];
  };
  for await (const parts of pagesByPosition(key, { size: 1 }, read)) yield* parts;
}

/** The parts of a list, one at a time and unpacked. */
export async function* unpackParts(redis: Connection, key: string): AsyncGenerator<Buffer> {
  for await (const part of readParts(redis, key)) yield await unpackPart(part);
}

/** Event lines from an index on, page by page, without their line feeds. */
export async function* readEvents(
  redis: Connection,
  prefecture: string,
  drawId: string,
  from: number,
): AsyncGenerator<readonly string[]> {
  const key = keysOf(prefecture).drawEvents(drawId);
  yield* pagesByPosition(key, { from, size: eventsPerPage }, (first, last) =>
    redis.lrange(key, first, last),
  );
}
