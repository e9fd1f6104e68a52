import { z } from 'zod';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import { decideEnding, type Reserves } from '../../domain/draws/reserves.ts';
import { nextDrawState } from '../../domain/draws/state.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { retryOnConflict } from '../core/retry.ts';
import { Script, WriteWord } from '../core/script.ts';
import { decodeTypes, encodeDraw, encodeTypes } from './codec.ts';
import { needDraw, readActive, readDraw, readDraws, readUnfinished } from './read.ts';
import type { DrawPlace } from './steps.ts';

const endReserveScript = new Script(
  'draws/end-reserve.lua',
  {
    keys: ['draw reserves closingDraw'],
    args: ['drawId before after state json ending[]'],
  },
  z.enum([...WriteWord.options, 'busy']),
);
const finishClosingScript = new Script(
  'draws/finish-closing.lua',
  { keys: ['closingDraw'], args: ['closing'] },
  WriteWord,
);

/** A draw whose reserve list has ended for some request types, and is not settled yet. */
export interface Closing {
  readonly draw: DrawRecord;
  /** Absent: all that it had. */
  readonly requestTypes?: readonly string[];
}

/** The request types whose reserve list is in use, each with its draw. */
export async function readReserves(redis: Connection, prefecture: string): Promise<Reserves> {
  return new Map(Object.entries(await redis.hgetall(keysOf(prefecture).reserves)));
}

/** The published draws whose reserve lists are in use, by their numbers. */
export async function readInUse(redis: Connection, prefecture: string): Promise<DrawRecord[]> {
  const ids = new Set((await readReserves(redis, prefecture)).values());
  const draws = await readDraws(redis, prefecture, [...ids]);
  return draws.toSorted(({ number: a = 0 }, { number: b = 0 }) => a - b);
}

/** What was ended and is to be settled (`finishClosing`); undefined: nothing. */
export async function readClosing(
  redis: Connection,
  prefecture: string,
): Promise<Closing | undefined> {
  const [id, ...requestTypes] = decodeTypes(await redis.get(keysOf(prefecture).closingDraw));
  const draw = id === undefined ? undefined : await readDraw(redis, prefecture, id);
  return draw && { draw, ...(requestTypes.length > 0 ? { requestTypes } : {}) };
}

/** Draws that may have places which nobody holds: under way, in use, or not settled yet. */
export async function readWithPlaces(redis: Connection, prefecture: string): Promise<DrawRecord[]> {
  const [unfinished, active, inUse, closing] = await Promise.all([
    readUnfinished(redis, prefecture, Number.POSITIVE_INFINITY),
    readActive(redis, prefecture),
    readInUse(redis, prefecture),
    readClosing(redis, prefecture),
  ]);
  const all = [...unfinished, active, ...inUse, closing?.draw].filter((draw) => draw !== undefined);
  return [...new Map(all.map((draw) => [draw.id, draw])).values()];
}

/** How a reserve list was ended, and the draw as it is then. */
export interface Ended {
  /** `as_it_is`: nothing of it was in use. `busy`: what was ended before is to be settled first. */
  readonly outcome: 'ended' | 'as_it_is' | 'busy';
  readonly draw: DrawRecord;
}

/**
 * Ends the reserve list of a published draw for some request types; absent: for all that it is in
 * use for. With the last of them the draw is closed. Safe to repeat: what has ended stays so.
 *
 * @throws DomainError `draw_not_found`, `draw_settled` if it is not published
 */
export function endReserve(
  { redis, prefecture, drawId }: DrawPlace,
  requestTypes: readonly string[] | undefined,
  nowMs: number,
): Promise<Ended> {
  const keys = keysOf(prefecture);
  const next = requestTypes === undefined ? {} : { requestTypes };
  return retryOnConflict(`draw ${drawId}`, async () => {
    const draw = await needDraw(redis, prefecture, drawId);
    if (draw.state === 'closed') return { outcome: 'as_it_is', draw };
    const closed = nextDrawState(draw.state, 'close');
    const found = decideEnding(draw, next, await readReserves(redis, prefecture));
    if (!found) return { outcome: 'as_it_is', draw };
    const { ending, ended, isOver } = found;
    const after: DrawRecord = isOver
      ? { ...draw, ended, state: closed, closedAtMs: nowMs }
      : { ...draw, ended };
    const word = await endReserveScript.run(
      redis,
      { draw: keys.draw(drawId), reserves: keys.reserves, closingDraw: keys.closingDraw },
      {
        drawId,
        before: encodeTypes(draw.ended),
        after: encodeTypes(ended),
        state: after.state,
        json: encodeDraw(after),
        ending,
      },
    );
    if (word === 'conflict') return word;
    return word === 'busy' ? { outcome: word, draw } : { outcome: 'ended', draw: after };
  });
}

/**
 * Marks what was ended as settled, so that the next draw may begin. Safe to repeat: where another list is
 * being settled by now, that goes on.
 */
export async function finishClosing(
  { redis, prefecture }: DrawPlace,
  { draw, requestTypes = [] }: Closing,
): Promise<void> {
  const { closingDraw } = keysOf(prefecture);
  const closing = encodeTypes([draw.id, ...requestTypes]);
  await finishClosingScript.run(redis, { closingDraw }, { closing });
}
