import type { DrawRecord } from '../../domain/draws/draw.ts';
import { takesType } from '../../domain/draws/reserves.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { hasWaited, type WaitingTime, wasThere } from '../../domain/entries/waiting.ts';
import type { OfferRecord } from '../../domain/offers/offer.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { readOffer } from '../offers/read.ts';
import { readStanding, type Standing } from './index-read.ts';
import { needDraw, readDraw, readDraws } from './read.ts';

/** How one entry took part in one draw. */
export interface Participation {
  readonly draw: DrawRecord;
  /**
   * Where it stands, or why that cannot be said: `undrawn`, there is no outcome yet, or there will
   * be none; `unindexed`, the draw was sealed by a version that kept no index; `absent`, the entry
   * was not in its pool.
   */
  readonly standing: Standing | 'undrawn' | 'unindexed' | 'absent';
  /** The offer of this draw that it got, by the draw itself or down the reserve list. */
  readonly offer: OfferRecord | undefined;
}

export interface ParticipationPage {
  /** The latest freeze first. Draws that the entry was not in are left out. */
  readonly participations: Participation[];
  /** Hand it in to read on. Absent: this was the last page. */
  readonly cursor?: string;
}

/** How an entry took part in a draw. @throws DomainError `draw_not_found` */
export async function readParticipation(
  redis: Connection,
  prefecture: string,
  drawId: string,
  entryId: string,
): Promise<Participation> {
  return participationIn(redis, prefecture, await needDraw(redis, prefecture, drawId), entryId);
}

/**
 * The draws that froze while an entry was there, from its first wait on until it ended, and how it
 * took part in them. Costs a few reads a draw. Draws frozen by a version that kept no list of them are
 * not found.
 */
export async function listParticipations(
  redis: Connection,
  prefecture: string,
  entry: Pick<EntryRecord, 'id' | 'requestType'> & WaitingTime,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string },
): Promise<ParticipationPage> {
  const { frozenDraws } = keysOf(prefecture);
  if (!hasWaited(entry)) return { participations: [] };
  const seen =
    cursor === undefined
      ? (await frozenSince(redis, frozenDraws, entry)) - 1
      : await redis.zrevrank(frozenDraws, cursor);
  if (seen === null) return { participations: [] };
  const flat = await redis.zrevrange(frozenDraws, seen + 1, seen + limit + 1, 'WITHSCORES');
  const ids = flat.filter((_, at) => at % 2 === 0 && wasThere(entry, Number(flat[at + 1])));
  const all = await Promise.all(
    ids.slice(0, limit).map(async (id) => {
      const draw = await readDraw(redis, prefecture, id);
      const isFor = draw && takesType(draw, entry.requestType);
      return isFor ? participationIn(redis, prefecture, draw, entry.id) : undefined;
    }),
  );
  const participations = all.filter((one) => one !== undefined && one.standing !== 'absent');
  const last = ids[limit - 1];
  return {
    participations: participations.filter((one) => one !== undefined),
    ...(ids.length > limit && last !== undefined ? { cursor: last } : {}),
  };
}

/** How many draws froze after an entry had ended: its own come behind them. */
async function frozenSince(
  redis: Connection,
  frozenDraws: string,
  { endedAtMs }: WaitingTime,
): Promise<number> {
  return endedAtMs === undefined ? 0 : redis.zcount(frozenDraws, `(${endedAtMs}`, '+inf');
}

/** Draws looked back on for the latest of a request type. */
const drawsLookedAt = 20;

/**
 * The instant of the latest freeze of a prefecture for a request type; undefined if none of the latest
 * draws was for it.
 */
export async function readLatestFreeze(
  redis: Connection,
  prefecture: string,
  requestType: string,
): Promise<number | undefined> {
  const ids = await redis.zrevrange(keysOf(prefecture).frozenDraws, 0, drawsLookedAt - 1);
  const draws = await readDraws(redis, prefecture, ids);
  return draws.find((draw) => takesType(draw, requestType))?.frozenAtMs;
}

async function participationIn(
  redis: Connection,
  prefecture: string,
  draw: DrawRecord,
  entryId: string,
): Promise<Participation> {
  if (draw.outcomeHash === undefined) return { draw, standing: 'undrawn', offer: undefined };
  const [standing, offer] = await Promise.all([
    readStanding({ redis, prefecture, drawId: draw.id }, entryId),
    readOffer(redis, prefecture, draw.id, entryId),
  ]);
  return { draw, standing, offer };
}
