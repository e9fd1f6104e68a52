import { z } from 'zod';
import { DomainError } from '../../base/errors.ts';
import type { OfDraw } from '../../domain/draws/recorded.ts';
import { DRAW_STATES, type DrawState } from '../../domain/draws/state.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { OfferRecord } from '../../domain/offers/offer.ts';
import type { Stored } from '../../domain/values.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { checkCursor } from '../core/scan-hash.ts';
import { decodeTypes } from '../draws/codec.ts';
import { decodeOfDraw, OF_DRAW_FIELDS } from '../draws/of-draw.ts';
import { decodeEntry } from '../entries/codec.ts';
import { decodeOffer } from './codec.ts';

const Text = z.string().nullable();
const DrawNumber = z.coerce.number().int().min(0);

/** The offer that an entry got in a draw, if it got one. */
export async function readOffer(
  redis: Connection,
  prefecture: string,
  draw: string,
  entry: string,
): Promise<OfferRecord | undefined> {
  const raw = await redis.hget(keysOf(prefecture).drawOffers(draw), entry);
  return raw === null ? undefined : decodeOffer(draw, entry, raw);
}

/** An entry and its offer of a draw, where they exist. */
export interface Holding {
  readonly id: string;
  readonly entry: Stored<EntryRecord> | undefined;
  readonly offer: Stored<OfferRecord> | undefined;
}

/** What one instant looked like. */
export interface Glance {
  readonly drawState: DrawState;
  readonly ofDraw: OfDraw;
  /** Request types of the draw whose reserve list has ended. */
  readonly drawEnded: readonly string[];
  readonly drawNumber: number;
  readonly holdings: readonly Holding[];
}

/**
 * Reads a draw, entries and their offers of it at one instant: read apart, an offer still pending
 * could stand beside an entry already booked.
 *
 * @throws DomainError `draw_not_found`
 */
export async function glance(
  redis: Connection,
  prefecture: string,
  draw: string,
  entryIds: readonly string[],
): Promise<Glance> {
  const keys = keysOf(prefecture);
  const replies = await redis
    .multi()
    .hmget(keys.draw(draw), 'state', 'ended', ...OF_DRAW_FIELDS)
    .get(keys.drawNumber)
    .hmget(keys.entries, ...entryIds)
    .hmget(keys.drawOffers(draw), ...entryIds)
    .exec();
  const [fields, number, entries, offers] = (replies ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  const [state = null, ended = null, algorithm, numbered] = z.array(Text).parse(fields);
  if (state === null) throw new DomainError('draw_not_found', 'no such draw');
  const drawState = z.enum(DRAW_STATES).parse(state);
  const entryTexts = z.array(Text).parse(entries);
  const offerTexts = z.array(Text).parse(offers);
  return {
    drawState,
    ofDraw: decodeOfDraw(drawState, algorithm, numbered),
    drawEnded: decodeTypes(ended),
    drawNumber: DrawNumber.parse(number ?? 0),
    holdings: entryIds.map((id, index) => ({
      id,
      entry: seen(entryTexts[index], (raw) => decodeEntry(id, raw)),
      offer: seen(offerTexts[index], (raw) => decodeOffer(draw, id, raw)),
    })),
  };
}

function seen<Value>(
  raw: string | null | undefined,
  decode: (raw: string) => Value,
): Stored<Value> | undefined {
  return typeof raw === 'string' ? { raw, value: decode(raw) } : undefined;
}

export interface OfferPage {
  readonly offers: OfferRecord[];
  /** Hand it in to read on. Absent: this was the last page. */
  readonly cursor?: string;
}

/**
 * Offers of a draw, in no order. `limit` is how many to look at, more or less. Every offer that is
 * there from the first page to the last comes at least once.
 *
 * @throws DomainError `input_malformed` for a cursor that no page had
 */
export async function listOffers(
  redis: Connection,
  prefecture: string,
  draw: string,
  { limit, cursor = '0' }: { readonly limit: number; readonly cursor?: string },
): Promise<OfferPage> {
  const key = keysOf(prefecture).drawOffers(draw);
  const [next, flat] = await redis.hscan(key, checkCursor(cursor), 'COUNT', limit);
  const offers: OfferRecord[] = [];
  for (let index = 0; index < flat.length; index += 2) {
    const [entry = '', raw = ''] = flat.slice(index, index + 2);
    offers.push(decodeOffer(draw, entry, raw));
  }
  return { offers, ...(next === '0' ? {} : { cursor: next }) };
}
