import { DomainError } from '../../base/errors.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { joinParts, type Piece, unpackPart } from './gzip-parts.ts';
import { needDraw } from './read.ts';
import { eventsPerPage, readEvents, readParts } from './record-parts.ts';

/** All of a record, or what stands before its events and never changes. */
export type RecordPart = 'all' | 'result';

/**
 * The public record of a draw as plain ndjson, one part at a time.
 *
 * @throws DomainError `draw_not_found`, or `manifest_unavailable` before the freeze has ended.
 */
export async function* readRecord(
  redis: Connection,
  prefecture: string,
  drawId: string,
  part: RecordPart = 'all',
): AsyncGenerator<Buffer> {
  for await (const piece of piecesOf(redis, prefecture, drawId, part)) {
    yield 'part' in piece ? await unpackPart(piece.part) : piece.text;
  }
}

/** The same as one gzip member. What is stored is neither unpacked nor packed for it. */
export function readPackedRecord(
  redis: Connection,
  prefecture: string,
  drawId: string,
  part: RecordPart,
): AsyncGenerator<Buffer> {
  return joinParts(piecesOf(redis, prefecture, drawId, part));
}

/** In how many pieces a record is read, of at most 1 MB of text each. */
export async function countPieces(
  redis: Connection,
  prefecture: string,
  drawId: string,
  part: RecordPart,
): Promise<number> {
  const keys = keysOf(prefecture);
  const [input, result, events] = await Promise.all([
    redis.llen(keys.drawInput(drawId)),
    redis.llen(keys.drawResult(drawId)),
    part === 'all' ? redis.llen(keys.drawEvents(drawId)) : 0,
  ]);
  return input + result + Math.ceil(events / eventsPerPage);
}

async function* piecesOf(
  redis: Connection,
  prefecture: string,
  drawId: string,
  part: RecordPart,
): AsyncGenerator<Piece> {
  const { state, manifest, outcomeHash } = await needDraw(redis, prefecture, drawId);
  if (!manifest) throw new DomainError('manifest_unavailable', 'the draw is not frozen yet');
  const keys = keysOf(prefecture);
  yield* stored(readParts(redis, keys.drawInput(drawId)));
  // Events stand after the outcome: until there is one, they wait. Of a draw that was declared void
  // before its outcome, lottery/v2 §7 tells nothing else.
  if (state === 'frozen') return;
  if (outcomeHash === undefined) {
    const [last = ''] = await redis.lrange(keys.drawEvents(drawId), -1, -1);
    if (part === 'all') yield { text: Buffer.from(`${last}\n`) };
    return;
  }
  yield* stored(readParts(redis, keys.drawResult(drawId)));
  if (part === 'result') return;
  for await (const page of readEvents(redis, prefecture, drawId, 0)) {
    yield { text: Buffer.from(`${page.join('\n')}\n`) };
  }
}

async function* stored(parts: AsyncIterable<Buffer>): AsyncGenerator<Piece> {
  for await (const part of parts) yield { part };
}
