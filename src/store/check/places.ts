import { LARGEST_PARTY } from '../../allocator/types.ts';
import { peopleOf } from '../../domain/entries/party.ts';
import type { OfferRecord } from '../../domain/offers/offer.ts';
import { plannedPlaces } from '../../domain/slots/slot.ts';
import { scanHash } from '../core/scan-hash.ts';
import { decodeOffer } from '../offers/codec.ts';
import { decodeSlot } from '../slots/codec.ts';
import { pagesOfDrawIds, readAtOnce, text, texts, whole } from './read.ts';
import type { CheckContext, Finding, Invariant, Item } from './types.ts';

/** What is known of one slot at one instant. */
export interface SlotSum {
  /** Undefined: there is no such slot. */
  readonly capacity: number | undefined;
  /** Places that no draw has, then idle ones of each draw. */
  readonly free: readonly number[];
  /** Offers and appointments that hold a place, or have used it. */
  readonly held: number;
  /** Offers made so lately that they are not known: each may hold a place of this slot, or not. */
  readonly unknown: number;
  /** It was closed, and has no places any more but those that were used. */
  readonly isClosed: boolean;
}

/** Every place of a slot is free, idle in a draw, or held by one person. Pure. */
export function judgeSlot(of: SlotSum): string | undefined {
  const { capacity, free, held, unknown, isClosed } = of;
  if (free.some((places) => !Number.isInteger(places) || places < 0)) {
    return 'has a number of free places that cannot be';
  }
  const sum = free.reduce((all, one) => all + one, held);
  if (capacity === undefined) return sum > 0 ? 'is not there and has places' : undefined;
  if (isClosed && free.length > 0) return 'is closed and has free places';
  if (sum > capacity) return `has ${capacity} places, and ${sum} are given or free`;
  if (!isClosed && sum + unknown < capacity)
    return `has ${capacity} places, and ${sum} are given or free`;
  return undefined;
}

/** Whether an offer holds a place, or has used it: nobody else may have it. Pure. */
export function holdsPlace({ state, appointment }: OfferRecord): boolean {
  const holds: readonly unknown[] = ['booked', 'attended', 'no_show'];
  return state === 'pending' || holds.includes(appointment);
}

/** Slots whose sum is looked at again exactly: each costs a read of its offers. */
const slotsAtOnce = 20;

/**
 * Places given and free against capacities. One walk over all places and offers makes sums, a number
 * a slot, that a step of others may have spoilt. Slots whose sum is not right are then read exactly.
 */
export const places: Invariant = {
  things: 'sums of places',
  async *pages(context) {
    const sums = await sumAll(context);
    const doubtful: Item[] = [];
    let fine = 0;
    for (const [id, sum] of sums) {
      if (sum === 0) fine += 1;
      else doubtful.push({ scope: '', id });
    }
    for (let at = 0; at < doubtful.length; at += slotsAtOnce) {
      yield doubtful.slice(at, at + slotsAtOnce);
    }
    sums.clear();
    if (fine > 0) yield Array.from({ length: fine }, () => sound);
  },
  async lookAt(context, items) {
    const slots = new Set(items.filter((item) => item !== sound).map(({ id }) => id));
    if (slots.size === 0) return [];
    const seen = await findOffers(context, slots);
    const findings: Finding[] = [];
    for (const item of items) {
      if (item === sound) continue;
      const wrong = judgeSlot(await readSlot(context, item.id, seen));
      const text = `slot ${item.id} ${wrong}`;
      if (wrong) findings.push({ item, fault: { invariant: 'places', text } });
    }
    return findings;
  },
};

/** Stands for a slot whose sum was right at once. */
const sound: Item = { scope: '', id: '' };

/**
 * By slot: places free, idle and held, less its capacity. A scan may show a field twice: such a sum
 * is wrong, and looked at exactly.
 */
async function sumAll({ redis, keys, prefecture }: CheckContext): Promise<Map<string, number>> {
  const sums = new Map<string, number>();
  const add = (slot: string, places: number) => sums.set(slot, (sums.get(slot) ?? 0) + places);
  await scanHash(redis, keys.slots, (id, raw) => add(id, -(capacityOf(id, raw) ?? Number.NaN)));
  const addPlaces = (slot: string, places: string) => add(slot, countOf(places));
  await scanHash(redis, keys.places, addPlaces);
  for await (const draws of pagesOfDrawIds(redis, prefecture)) {
    for (const draw of draws) {
      await scanHash(redis, keys.drawPlaces(draw), addPlaces);
      await scanHash(redis, keys.drawOffers(draw), (entry, raw) => {
        const offer = offerOf(draw, entry, raw);
        if (offer && holdsPlace(offer)) add(offer.slot, peopleOf(offer));
      });
    }
  }
  return sums;
}

/** Offers of some slots, and how many offers each draw had when they were looked for. */
interface FoundOffers {
  readonly bySlot: ReadonlyMap<
    string,
    readonly { readonly draw: string; readonly entry: string }[]
  >;
  readonly sizes: ReadonlyMap<string, number>;
}

async function findOffers(context: CheckContext, slots: ReadonlySet<string>): Promise<FoundOffers> {
  const { redis, keys, prefecture } = context;
  const bySlot = new Map<string, { draw: string; entry: string }[]>();
  const sizes = new Map<string, number>();
  for await (const draws of pagesOfDrawIds(redis, prefecture)) {
    for (const draw of draws) {
      // Before the walk: what is there then is found, and offers are never removed.
      sizes.set(draw, await redis.hlen(keys.drawOffers(draw)));
      const found = new Map<string, string>();
      await scanHash(redis, keys.drawOffers(draw), (entry, raw) => {
        const slot = offerOf(draw, entry, raw)?.slot;
        if (slot !== undefined && slots.has(slot)) found.set(entry, slot);
      });
      for (const [entry, slot] of found) {
        bySlot.set(slot, [...(bySlot.get(slot) ?? []), { draw, entry }]);
      }
    }
  }
  return { bySlot, sizes };
}

/** All of one slot at one instant. */
async function readSlot(
  { redis, keys }: CheckContext,
  slot: string,
  { bySlot, sizes }: FoundOffers,
): Promise<SlotSum> {
  const draws = [...sizes.keys()];
  const mine = bySlot.get(slot) ?? [];
  const replies = await readAtOnce(redis, [
    ['hget', keys.slots, slot],
    ['hget', keys.places, slot],
    ['hexists', keys.closedSlots, slot],
    ['zcard', keys.draws],
    ...draws.map((draw) => ['hget', keys.drawPlaces(draw), slot] as const),
    ...draws.map((draw) => ['hlen', keys.drawOffers(draw)] as const),
    ...mine.map(({ draw, entry }) => ['hget', keys.drawOffers(draw), entry] as const),
  ]);
  const [raw, free, closed, drawCount, ...rest] = replies;
  const stored = text(raw);
  const idle = texts(rest.slice(0, draws.length));
  const lengths = rest.slice(draws.length, 2 * draws.length).map(whole);
  const offers = texts(rest.slice(2 * draws.length));
  const held = mine.map(({ draw, entry }, at) => {
    const offer = offerOf(draw, entry, offers[at] ?? '');
    return offer?.slot === slot && holdsPlace(offer) ? peopleOf(offer) : 0;
  });
  const grown = draws.map((draw, at) => Math.max(0, (lengths[at] ?? 0) - (sizes.get(draw) ?? 0)));
  // A draw that nobody knew yet may have any of the places.
  const isNewDraw = whole(drawCount) > draws.length;
  return {
    capacity: stored === null ? undefined : capacityOf(slot, stored),
    free: [text(free), ...idle].flatMap((places) => (places === null ? [] : [countOf(places)])),
    held: held.reduce((all, one) => all + one, 0),
    unknown: isNewDraw
      ? Number.POSITIVE_INFINITY
      : LARGEST_PARTY * grown.reduce((all, one) => all + one, 0),
    isClosed: whole(closed) === 1,
  };
}

function countOf(places: string): number {
  return /^\d+$/.test(places) ? Number(places) : Number.NaN;
}

/** Without what was taken out. Undefined for a slot that cannot be read, which is said elsewhere. */
function capacityOf(id: string, raw: string): number | undefined {
  try {
    return plannedPlaces(decodeSlot(id, raw));
  } catch {
    return undefined;
  }
}

function offerOf(draw: string, entry: string, raw: string): OfferRecord | undefined {
  try {
    return decodeOffer(draw, entry, raw);
  } catch {
    return undefined;
  }
}
