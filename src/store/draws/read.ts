import { z } from 'zod';
import { DomainError } from '../../base/errors.ts';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { scanHash } from '../core/scan-hash.ts';
import { decodePrefecture } from '../prefectures/store.ts';
import { DRAW_FIELDS, decodeDraw } from './codec.ts';

const Places = z.coerce.number().int().min(0);
const Text = z.string().nullable();
const DrawFields = z.tuple([Text, Text, Text, Text]);
const FreezingFields = z.tuple([Text, Text]);

export interface DrawPage {
  readonly draws: DrawRecord[];
  /** Hand it in to read on. Absent: this was the last page. */
  readonly cursor?: string;
}

/** One draw, if it exists. */
export async function readDraw(
  redis: Connection,
  prefecture: string,
  drawId: string,
): Promise<DrawRecord | undefined> {
  const reply = await redis.hmget(keysOf(prefecture).draw(drawId), ...DRAW_FIELDS);
  const [state, json, ...beside] = DrawFields.parse(reply);
  return state === null || json === null ? undefined : decodeDraw(state, json, ...beside);
}

/** One draw. @throws DomainError `draw_not_found` */
export async function needDraw(
  redis: Connection,
  prefecture: string,
  drawId: string,
): Promise<DrawRecord> {
  const draw = await readDraw(redis, prefecture, drawId);
  if (!draw) throw new DomainError('draw_not_found', 'no such draw');
  return draw;
}

/** Several draws, in the order of their ids. */
export async function readDraws(
  redis: Connection,
  prefecture: string,
  drawIds: readonly string[],
): Promise<DrawRecord[]> {
  const draws = await Promise.all(drawIds.map((id) => readDraw(redis, prefecture, id)));
  return draws.filter((draw) => draw !== undefined);
}

/** Draws of a prefecture, the latest planned first. A cursor is the id of the last one seen. */
export async function listDraws(
  redis: Connection,
  prefecture: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string },
): Promise<DrawPage> {
  const { draws: key } = keysOf(prefecture);
  const seen = cursor === undefined ? -1 : await redis.zrevrank(key, cursor);
  if (seen === null) return { draws: [] };
  const ids = await redis.zrevrange(key, seen + 1, seen + limit + 1);
  const last = ids[limit - 1];
  const draws = await readDraws(redis, prefecture, ids.slice(0, limit));
  return { draws, ...(ids.length > limit && last !== undefined ? { cursor: last } : {}) };
}

/** Draws read at once: more than there can be in a few months. */
const mostSince = 5000;

/** Draws that were planned for an instant or later, oldest first. */
export async function readPlannedSince(
  redis: Connection,
  prefecture: string,
  sinceMs: number,
): Promise<DrawRecord[]> {
  const { draws } = keysOf(prefecture);
  const ids = await redis.zrangebyscore(draws, sinceMs, '+inf', 'LIMIT', 0, mostSince);
  return readDraws(redis, prefecture, ids);
}

/** Draws that a worker has to do something for now, oldest first. */
export async function readUnfinished(
  redis: Connection,
  prefecture: string,
  nowMs: number,
): Promise<DrawRecord[]> {
  const ids = await redis.zrange(keysOf(prefecture).unfinishedDraws, '0', '-1');
  const draws = await readDraws(redis, prefecture, ids);
  return draws.filter(({ state, atMs }) => state !== 'scheduled' || atMs <= nowMs);
}

/** The draw that is under way, if one is. */
export async function readActive(
  redis: Connection,
  prefecture: string,
): Promise<DrawRecord | undefined> {
  const id = await redis.get(keysOf(prefecture).activeDraw);
  return id === null ? undefined : readDraw(redis, prefecture, id);
}

/** Ids of the request types of a prefecture. */
export async function readTypes(redis: Connection, prefecture: string): Promise<string[]> {
  const raw = await redis.get(keysOf(prefecture).prefecture);
  return raw === null ? [] : decodePrefecture(prefecture, raw).requestTypes.map(({ id }) => id);
}

/** Places by slot, of a hash that counts them. Exact while nobody writes to it. */
export async function readPlaces(redis: Connection, key: string): Promise<Map<string, number>> {
  const places = new Map<string, number>();
  await scanHash(redis, key, (slot, count) => places.set(slot, Places.parse(count)));
  return places;
}

/** The prefecture as it was at the instant of a freeze; undefined if it is not under way. */
export async function readFrozenPrefecture(
  redis: Connection,
  prefecture: string,
  drawId: string,
): Promise<Prefecture | undefined> {
  const reply = await redis.hmget(keysOf(prefecture).freezing, 'draw', 'prefecture');
  const [freezing, raw] = FreezingFields.parse(reply);
  if (freezing !== drawId) return undefined;
  if (!raw) throw new Error(`draw ${drawId} began in a prefecture that does not exist`);
  return decodePrefecture(prefecture, raw);
}
