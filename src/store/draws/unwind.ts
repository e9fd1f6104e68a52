import { z } from 'zod';
import { DomainError } from '../../base/errors.ts';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import { goesDownTheList, takesType } from '../../domain/draws/reserves.ts';
import { type DrawState, isGivenUp } from '../../domain/draws/state.ts';
import { decideUnwinding } from '../../domain/offers/take-back.ts';
import { chunks } from '../../domain/values.ts';
import { type Keys, keysOf } from '../core/keys.ts';
import { retryOnConflict } from '../core/retry.ts';
import { fieldsOf, pagesOfHash } from '../core/scan-hash.ts';
import { Script } from '../core/script.ts';
import { dropRanked } from '../core/write.ts';
import { takeBack } from '../offers/take-back.ts';
import { decodeSlot } from '../slots/codec.ts';
import { encodeTypes } from './codec.ts';
import { needDraw } from './read.ts';
import type { DrawPlace } from './steps.ts';

const returnPlacesScript = new Script(
  'draws/return-places.lua',
  { keys: ['draw drawPlaces places closedSlots'], args: ['state ended slots[]'] },
  z.union([z.tuple([z.literal('done'), z.int().min(0)]), z.tuple([z.literal('conflict')])]),
);

/** From the first page on, so many fields each. */
const scanStart = { cursor: '0', count: 500 };

/**
 * Gives places of a draw that nobody holds back to the next one, in chunks: all of a closed or void
 * draw; of a published one those of slots that serve a request type that has ended; of one that is
 * freezing those of slots that serve none of its types. Safe to repeat. Answers how many it moved now.
 *
 * @throws DomainError `draw_not_found`, `draw_settled` for a draw that still needs them.
 */
export async function returnIdlePlaces(place: DrawPlace): Promise<number> {
  const { redis, prefecture, drawId } = place;
  let moved = 0;
  return retryOnConflict(`the places of draw ${drawId}`, async () => {
    const draw = await needDraw(redis, prefecture, drawId);
    const isIdle = idleSlots(draw);
    const key = keysOf(prefecture).drawPlaces(drawId);
    for await (const { found } of pagesOfHash(redis, key, scanStart)) {
      const ids = fieldsOf(found);
      for (const some of chunks(ids, returnPlacesScript.most)) {
        const slots = isIdle ? await slotsAmong(place, some, isIdle) : some;
        const count = await returnSome(place, draw, slots);
        // Its state has changed: to be decided again.
        if (count === 'conflict') return count;
        moved += count;
      }
    }
    return moved;
  });
}

/**
 * Gives the places of some slots back to the next draw, as long as this one freezes. Where it has a
 * manifest meanwhile, or is void, nothing is written: another worker gave them back, or will.
 */
export async function leaveOutSlots(
  { redis, prefecture, drawId }: DrawPlace,
  slots: readonly string[],
): Promise<void> {
  const names = placeKeys(keysOf(prefecture), drawId);
  for (const some of chunks(slots, returnPlacesScript.most)) {
    await returnPlacesScript.run(redis, names, { state: 'scheduled', ended: '', slots: some });
  }
}

function placeKeys(keys: Keys, draw: string) {
  const { places, closedSlots } = keys;
  return { draw: keys.draw(draw), drawPlaces: keys.drawPlaces(draw), places, closedSlots };
}

/** Which slots of a draw give their places back, by the types that they serve; undefined: all. */
function idleSlots(draw: DrawRecord): ((slotTypes: readonly string[]) => boolean) | undefined {
  const { state } = draw;
  if (state === 'closed' || isGivenUp(state)) return undefined;
  if (state === 'published') return (slotTypes) => !goesDownTheList(draw, slotTypes);
  if (state === 'scheduled') return (slotTypes) => !slotTypes.some((type) => takesType(draw, type));
  throw stillInUse(state);
}

async function slotsAmong(
  { redis, prefecture }: DrawPlace,
  ids: readonly string[],
  isWanted: (slotTypes: readonly string[]) => boolean,
): Promise<string[]> {
  const raws = await redis.hmget(keysOf(prefecture).slots, ...ids);
  return ids.filter((id, at) => {
    const raw = raws[at];
    return typeof raw === 'string' && isWanted(decodeSlot(id, raw).requestTypes);
  });
}

async function returnSome(
  { redis, prefecture, drawId }: DrawPlace,
  { state, ended }: DrawRecord,
  slots: readonly string[],
): Promise<number | 'conflict'> {
  if (slots.length === 0) return 0;
  const [word, moved = 0] = await returnPlacesScript.run(
    redis,
    placeKeys(keysOf(prefecture), drawId),
    { state, ended: encodeTypes(ended), slots },
  );
  return word === 'conflict' ? word : moved;
}

/**
 * Takes back every open offer and appointment of a void draw, then its idle places, in chunks; of one
 * that was skipped there are only these.
 * Safe to repeat; the draw is unfinished until this has come to its end.
 *
 * @throws DomainError `draw_not_found`, `draw_settled` if the draw is neither.
 */
export async function unwindDraw(place: DrawPlace, nowMs: number): Promise<void> {
  const { redis, prefecture, drawId } = place;
  const { state } = await needDraw(redis, prefecture, drawId);
  if (!isGivenUp(state)) throw stillInUse(state);
  const from = { prefecture, draw: drawId, nowMs };
  const keys = keysOf(prefecture);
  for await (const { found } of pagesOfHash(redis, keys.drawOffers(drawId), scanStart)) {
    await takeBack(redis, from, fieldsOf(found), (situation, { closure }) =>
      decideUnwinding(situation, { isClosed: closure !== undefined }),
    );
  }
  await returnIdlePlaces(place);
  await dropRanked(redis, keys.unfinishedDraws, drawId);
}

function stillInUse(state: DrawState): DomainError {
  return new DomainError('draw_settled', `the places of a draw that is ${state} are in use`);
}
