import { z } from 'zod';
import { DRAW_STATES } from '../../domain/draws/state.ts';
import { peopleOf } from '../../domain/entries/party.ts';
import { parseOfferId } from '../../domain/offers/id.ts';
import type { IdlePlaces, SlotStanding } from '../../domain/slots/change.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { retryOnConflict } from '../core/retry.ts';
import { fieldsOf, pagesOfScan } from '../core/scan-hash.ts';
import { decodeTypes } from '../draws/codec.ts';
import { decodeOffer } from '../offers/codec.ts';
import { decodeSlotClosure } from './closed.ts';
import { decodeSlot } from './codec.ts';

const Text = z.string().nullable();
const Texts = z.array(Text);
const State = z.enum(DRAW_STATES).nullable();
const Ids = z.array(z.string());
const Pointers = z.tuple([Text, Text, Ids, Ids]);

/** A hundred draws with something left to do are looked at, oldest first: those to come have no places. */
const lastUnfinished = '99';

/** A slot, its places that nobody holds, and the text it was read from. */
export interface StoredStanding extends SlotStanding {
  readonly raw: string;
}

/**
 * Some slots with their places, all at one instant, in the order of `ids`; undefined where there is no
 * such slot. Which draws have places is read first, and once more with them.
 */
export async function readStandings(
  redis: Connection,
  prefecture: string,
  ids: readonly string[],
): Promise<(StoredStanding | undefined)[]> {
  if (ids.length === 0) return [];
  const draws = await drawsWithPlaces(redis, prefecture);
  return retryOnConflict(`the draws of ${prefecture}`, async () => {
    const seen = await readOnce(redis, prefecture, ids, draws.known);
    if (seen.pointers === draws.pointers) return seen.standings;
    Object.assign(draws, await drawsWithPlaces(redis, prefecture));
    return 'conflict';
  });
}

interface KnownDraws {
  known: readonly string[];
  /** What they were read from. */
  pointers: string;
}

/** The draw under way, those in use, one that is not settled, and those given up that are not unwound. */
async function drawsWithPlaces(redis: Connection, prefecture: string): Promise<KnownDraws> {
  const keys = keysOf(prefecture);
  const replies = await redis
    .multi()
    .get(keys.activeDraw)
    .get(keys.closingDraw)
    .hvals(keys.reserves)
    .zrange(keys.unfinishedDraws, '0', lastUnfinished)
    .exec();
  const pointers = repliesOf(replies);
  const [active, closing, inUse, unfinished] = Pointers.parse(pointers);
  // Behind the id of the draw that is not settled stand the types that have ended.
  const [settling] = decodeTypes(closing);
  const named = [active, settling, ...inUse, ...unfinished].filter((id) => typeof id === 'string');
  return { known: [...new Set(named)], pointers: JSON.stringify(pointers) };
}

async function readOnce(
  redis: Connection,
  prefecture: string,
  ids: readonly string[],
  draws: readonly string[],
): Promise<{ pointers: string; standings: (StoredStanding | undefined)[] }> {
  const keys = keysOf(prefecture);
  const reading = redis
    .multi()
    .get(keys.activeDraw)
    .get(keys.closingDraw)
    .hvals(keys.reserves)
    .zrange(keys.unfinishedDraws, '0', lastUnfinished)
    .hmget(keys.slots, ...ids)
    .hmget(keys.places, ...ids)
    .hmget(keys.closedSlots, ...ids);
  for (const draw of draws) {
    reading.hget(keys.draw(draw), 'state').hmget(keys.drawPlaces(draw), ...ids);
  }
  const replies = repliesOf(await reading.exec());
  const [raws, free, closed] = replies.slice(4, 7).map((reply) => Texts.parse(reply));
  const idle = draws.map((draw, at) => ({
    draw,
    state: State.parse(replies[7 + 2 * at]) ?? 'void',
    counts: Texts.parse(replies[8 + 2 * at]),
  }));
  const standings = ids.map((id, at) => {
    const raw = raws?.[at] ?? null;
    if (raw === null) return undefined;
    const idleHere = idle.flatMap(({ draw, state, counts }): IdlePlaces[] => {
      const places = Number(counts[at] ?? 0);
      return places > 0 ? [{ draw, state, places }] : [];
    });
    const closure = closed?.[at];
    return {
      slot: decodeSlot(id, raw),
      raw,
      free: Number(free?.[at] ?? 0),
      idle: idleHere,
      ...(closure ? { closure: decodeSlotClosure(closure) } : {}),
    };
  });
  return { pointers: JSON.stringify(replies.slice(0, 4)), standings };
}

/** How many places of a slot are offered, and wait for an answer now. Bounded by the offers that do, of all slots. */
export async function countPendingOffers(
  redis: Connection,
  prefecture: string,
  slot: string,
): Promise<number> {
  const { deadlines, drawOffers } = keysOf(prefecture);
  // By offer, for a walk may show one twice.
  const pending = new Map<string, number>();
  const read = (at: string) => redis.zscan(deadlines, at, 'COUNT', 500);
  for await (const { found } of pagesOfScan(deadlines, '0', read)) {
    const byDraw = Map.groupBy(fieldsOf(found).flatMap(parsed), ({ draw }) => draw);
    for (const [draw, offers] of byDraw) {
      const entries = offers.map(({ entry }) => entry);
      const raws = await redis.hmget(drawOffers(draw), ...entries);
      for (const [at, raw] of raws.entries()) {
        const entry = entries[at] ?? '';
        const offer = raw === null ? undefined : decodeOffer(draw, entry, raw);
        if (offer?.slot !== slot || offer.state !== 'pending') continue;
        pending.set(`${draw}.${entry}`, peopleOf(offer));
      }
    }
  }
  return [...pending.values()].reduce((places, one) => places + one, 0);
}

function parsed(id: string) {
  return parseOfferId(id) ?? [];
}

function repliesOf(replies: [error: Error | null, reply: unknown][] | null): unknown[] {
  if (!replies) throw new Error('a reading was broken off');
  return replies.map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
}
