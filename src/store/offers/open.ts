import type { Rules } from '../../allocator/types.ts';
import { DomainError } from '../../base/errors.ts';
import { goesDownTheList } from '../../domain/draws/reserves.ts';
import type { NewOffer } from '../../domain/offers/offer.ts';
import { decideOpening, decideUnopened } from '../../domain/offers/open.ts';
import type { Connection } from '../core/redis.ts';
import { retryTheRest } from '../core/retry.ts';
import { readServed } from '../draws/index-read.ts';
import { needDraw } from '../draws/read.ts';
import { readSlotClosures } from '../slots/closed.ts';
import { readSlotTypes } from '../slots/codec.ts';
import { type ChangeBasis, changesPerScript, writeChange, writeChanges } from './change.ts';
import { type Glance, glance } from './read.ts';

export type RefillOutcome =
  | 'refilled'
  /** The record has gone on: replay it and ask again who is next. */
  | 'events_moved'
  /** The entry has changed, or waits no longer: replay and ask again. */
  | 'entry_changed'
  /** The slot is closed, and the record will say so at once. */
  | 'slot_closed'
  /** Not published, or no longer, or not for all types of the slot: the place goes to another draw. */
  | 'draw_settled'
  | 'paused';

/**
 * Makes the offers of a drawn draw, at most 100 in a script. Safe to repeat: an entry that has an
 * offer of this draw, or waits no longer, is passed over. Answers how many were made now.
 *
 * @throws DomainError `draw_not_found`, `draw_settled` if the draw is void.
 */
export async function openOffers(
  redis: Connection,
  prefecture: string,
  draw: string,
  offers: readonly NewOffer[],
): Promise<number> {
  const { number = 0, manifest } = await needDraw(redis, prefecture, draw);
  const of = { draw, number, rules: manifest?.rules ?? {} };
  let opened = 0;
  for (let start = 0; start < offers.length; start += changesPerScript) {
    const some = offers.slice(start, start + changesPerScript);
    await retryTheRest(`a batch of offers of draw ${draw}`, some, async (left) => {
      const round = await openSome(redis, prefecture, of, left);
      opened += round.opened;
      return round.left;
    });
  }
  return opened;
}

/** A draw whose places are offered. */
interface OfferedDraw {
  readonly draw: string;
  readonly number: number;
  readonly rules: Rules;
}

/** Makes some offers; `left` are those whose entry changed meanwhile, to be looked at again. */
async function openSome(
  redis: Connection,
  prefecture: string,
  { draw, number, rules }: OfferedDraw,
  offers: readonly NewOffer[],
): Promise<{ opened: number; left: NewOffer[] }> {
  const entryIds = offers.map(({ entry }) => entry);
  const seen = await glance(redis, prefecture, draw, entryIds);
  if (seen.drawState !== 'drawn') {
    // Published: all offers were made before, for that is what publishing waits for.
    if (seen.drawState === 'published' || seen.drawState === 'closed') return none;
    throw new DomainError(
      'draw_settled',
      `cannot offer places of a draw that is ${seen.drawState}`,
    );
  }
  const open = { ofDraw: { ...seen.ofDraw, number }, rules };
  const slots = offers.map(({ slot }) => slot);
  const closed = await readSlotClosures(redis, prefecture, slots);
  const planned = offers.flatMap((offer, index) => {
    const holding = seen.holdings[index];
    const closure = closed.get(offer.slot);
    const change =
      holding &&
      (closure
        ? decideUnopened(offer, holding, open, closure)
        : decideOpening(offer, holding, open));
    return change ? [{ offer, change }] : [];
  });
  if (planned.length === 0) return none;
  const basis = basisOf(redis, prefecture, draw, seen, offers[0]?.offeredAtMs ?? 0);
  const reply = await writeChanges(
    basis,
    planned.map(({ change }) => change),
  );
  if (reply[0] !== 'done') return { opened: 0, left: planned.map(({ offer }) => offer) };
  const [, ...words] = reply;
  if (words.includes('place_missing')) {
    throw new Error(`draw ${draw} offers more places than it has`);
  }
  const left = planned.flatMap(({ offer }, at) => (words[at] === 'done' ? [] : [offer]));
  return { opened: planned.length - left.length, left };
}

const none = { opened: 0, left: [] };

function basisOf(
  redis: Connection,
  prefecture: string,
  draw: string,
  { drawState, drawEnded, ofDraw, drawNumber }: Glance,
  nowMs: number,
): ChangeBasis {
  return { redis, prefecture, draw, drawState, drawEnded, ofDraw, drawNumber, nowMs };
}

/**
 * Offers a freed place to the next of the reserve list, if the record still has the number of
 * events from which that entry was named. Atomic: of two workers one wins.
 *
 * @throws DomainError `draw_not_found`
 */
export async function refillPlace(
  redis: Connection,
  prefecture: string,
  offer: NewOffer,
  expectedEvents: number,
): Promise<RefillOutcome> {
  const seen = await glance(redis, prefecture, offer.draw, [offer.entry]);
  if (seen.drawState !== 'published') return 'draw_settled';
  const slotTypes = await readSlotTypes(redis, prefecture, offer.slot);
  if (!goesDownTheList({ ended: seen.drawEnded }, slotTypes)) return 'draw_settled';
  const [holding] = seen.holdings;
  // Later draws may be of other request types: what counts is that it was in the pool of this one.
  const { number = 0, manifest } = await needDraw(redis, prefecture, offer.draw);
  const open = { ofDraw: { ...seen.ofDraw, number }, rules: manifest?.rules ?? {} };
  const opened = holding && decideOpening({ ...offer, via: 'refill' }, holding, open);
  if (!opened) return 'entry_changed';
  const serves = await readServed({ redis, prefecture, drawId: offer.draw }, offer.entry);
  const change = serves ? { ...opened, serves } : opened;
  const basis = basisOf(redis, prefecture, offer.draw, seen, offer.offeredAtMs);
  const word = await writeChange({ ...basis, events: expectedEvents, unlessPaused: true }, change);
  if (word === 'done') return 'refilled';
  if (word === 'events_moved' || word === 'paused') return word;
  if (word === 'draw_moved') return 'draw_settled';
  if (word === 'slot_closed') return word;
  if (word === 'place_missing') {
    throw new Error(`the record of draw ${offer.draw} has a place that the draw has not`);
  }
  return 'entry_changed';
}
