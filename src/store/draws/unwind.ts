import { z } from 'zod';
import { DomainError } from '../../base/errors.ts';
import type { DrawState } from '../../domain/draws/state.ts';
import { decideUnwinding } from '../../domain/offers/take-back.ts';
import { chunks } from '../../domain/values.ts';
import { type Keys, keysOf } from '../core/keys.ts';
import { retryTheRest } from '../core/retry.ts';
import { fieldsOf, pagesOfHash } from '../core/scan-hash.ts';
import { Script } from '../core/script.ts';
import { dropRanked } from '../core/write.ts';
import { changesPerScript, writeChanges } from '../offers/change.ts';
import { glance } from '../offers/read.ts';
import { readSlotClosures } from '../slots/closed.ts';
import { needDraw } from './read.ts';
import type { DrawPlace } from './steps.ts';

const returnPlacesScript = new Script(
  'draws/return-places.lua',
  { keys: ['draw drawPlaces places'], args: ['state slots[]'] },
  z.union([z.tuple([z.literal('done'), z.int().min(0)]), z.tuple([z.literal('conflict')])]),
);

const finishClosingScript = new Script(
  'draws/finish-closing.lua',
  { keys: ['closingDraw'], args: ['drawId'] },
  z.literal('done'),
);

/** From the first page on, so many fields each. */
const scanStart = { cursor: '0', count: 500 };

/**
 * Gives the places of a closed or void draw that nobody holds to the next one, in chunks. Safe to
 * repeat. Answers how many it moved now.
 *
 * @throws DomainError `draw_not_found`, `draw_settled` for a draw that still needs them.
 */
export async function returnIdlePlaces(place: DrawPlace): Promise<number> {
  const { redis, prefecture, drawId } = place;
  const { state } = await needDraw(redis, prefecture, drawId);
  if (state !== 'closed' && state !== 'void') throw stillInUse(state);
  const keys = keysOf(prefecture);
  const names = placeKeys(keys, drawId);
  let moved = 0;
  for await (const { found } of pagesOfHash(redis, keys.drawPlaces(drawId), scanStart)) {
    const ids = fieldsOf(found);
    for (const slots of chunks(ids, returnPlacesScript.most)) {
      const [word, count = 0] = await returnPlacesScript.run(redis, names, { state, slots });
      // Closed and void are for ever.
      if (word === 'conflict') throw new Error(`draw ${drawId} is no longer ${state}`);
      moved += count;
    }
  }
  return moved;
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
    await returnPlacesScript.run(redis, names, { state: 'scheduled', slots: some });
  }
}

function placeKeys(keys: Keys, draw: string) {
  return { draw: keys.draw(draw), drawPlaces: keys.drawPlaces(draw), places: keys.places };
}

/** Marks a closed draw as settled, so that the next one may begin. Safe to repeat. */
export async function finishClosing({ redis, prefecture, drawId }: DrawPlace): Promise<void> {
  const { closingDraw } = keysOf(prefecture);
  await finishClosingScript.run(redis, { closingDraw }, { drawId });
}

/**
 * Takes back every open offer and appointment of a void draw, then its idle places, in chunks.
 * Safe to repeat; the draw is unfinished until this has come to its end.
 *
 * @throws DomainError `draw_not_found`, `draw_settled` if the draw is not void.
 */
export async function unwindDraw(place: DrawPlace, nowMs: number): Promise<void> {
  const { redis, prefecture, drawId } = place;
  const { state } = await needDraw(redis, prefecture, drawId);
  if (state !== 'void') throw stillInUse(state);
  const keys = keysOf(prefecture);
  for await (const { found } of pagesOfHash(redis, keys.drawOffers(drawId), scanStart)) {
    const ids = fieldsOf(found);
    for (const entries of chunks(ids, changesPerScript)) {
      const what = `a batch of offers of draw ${drawId}`;
      await retryTheRest(what, entries, (left) => takeBack(place, left, nowMs));
    }
  }
  await returnIdlePlaces(place);
  await dropRanked(redis, keys.unfinishedDraws, drawId);
}

/** Takes back what some entries hold; answers those that changed meanwhile. */
async function takeBack(
  place: DrawPlace,
  entryIds: readonly string[],
  nowMs: number,
): Promise<string[]> {
  const { redis, prefecture, drawId: draw } = place;
  const seen = await glance(redis, prefecture, draw, entryIds);
  const { drawState, ofDraw, drawNumber, holdings } = seen;
  const slots = holdings.flatMap(({ offer }) => (offer ? [offer.value.slot] : []));
  const closed = await readSlotClosures(redis, prefecture, slots);
  const changes = holdings.flatMap(({ offer, entry }) => {
    if (!offer || !entry) return [];
    const situation = { offer, entry, drawNumber, ofDraw, freedPlace: 'return', nowMs } as const;
    return decideUnwinding(situation, { isClosed: closed.has(offer.value.slot) }) ?? [];
  });
  if (changes.length === 0) return [];
  const { algorithm } = ofDraw;
  const basis = { redis, prefecture, draw, drawState, algorithm, drawNumber, nowMs };
  const reply = await writeChanges(basis, changes);
  const ids = changes.map(({ offer }) => offer.entry);
  if (reply[0] !== 'done') return ids;
  const [, ...words] = reply;
  return ids.filter((_, at) => words[at] !== 'done');
}

function stillInUse(state: DrawState): DomainError {
  return new DomainError('draw_settled', `the places of a draw that is ${state} are in use`);
}
