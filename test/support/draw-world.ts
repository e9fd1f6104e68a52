import type { Redis } from 'ioredis';
import { openReserve, type Reserve } from '#src/allocator/record/reserve.ts';
import type { Entry, RecordEvent, Slot, Winner } from '#src/allocator/types.ts';
import type { DrawRecord } from '#src/domain/draws/draw.ts';
import type { EntryRecord } from '#src/domain/entries/entry.ts';
import type { OfferRecord } from '#src/domain/offers/offer.ts';
import { checkStore } from '#src/store/check/check-store.ts';
import { holdsPlace } from '#src/store/check/places.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { createStore, type Store } from '#src/store/store.ts';
import {
  farStart,
  hex,
  hourMs,
  linesOf,
  partsOf,
  prefecture,
  sampleDraw,
  sampleIndex,
  sampleInput,
  sampleManifest,
} from './draw-samples.ts';
import { sampleEntry, sampleNowMs, sampleOffer, samplePrefecture, sampleSlot } from './samples.ts';

/** A prefecture with its store, driven as the workers drive it but with the plainest of draws. */
export class DrawWorld {
  readonly redis: Redis;
  readonly store: Store;
  nowMs = sampleNowMs;
  readonly #snapshots = new Map<string, { entries: Entry[]; slots: Slot[] }>();

  constructor(redis: Redis) {
    this.redis = redis;
    this.store = createStore(redis);
  }

  /** The prefecture, one slot of so many places, and so many waiting entries. */
  async open({ places, entries }: { places: number; entries: number }): Promise<void> {
    await this.store.prefectures.create(prefecture, samplePrefecture());
    if (places > 0) await this.addSlot('s1', places);
    for (let at = 1; at <= entries; at += 1) await this.addEntry(`e${String(at).padStart(4, '0')}`);
  }

  async addSlot(id: string, capacity: number): Promise<void> {
    const slot = sampleSlot({ id, capacity, start: farStart });
    await this.store.slots.importAll(prefecture, [slot], this.nowMs);
  }

  async addEntry(id: string): Promise<void> {
    const entry = sampleEntry({ id, state: 'waiting', identity: `identity-${id}` });
    await this.store.entries.join(prefecture, entry, { messages: [] });
  }

  async entry(id: string): Promise<EntryRecord> {
    const entry = await this.store.entries.get(prefecture, id);
    if (!entry) throw new Error(`no entry ${id}`);
    return entry;
  }

  async offer(id: string): Promise<OfferRecord> {
    const offer = await this.store.offers.get(prefecture, id);
    if (!offer) throw new Error(`no offer ${id}`);
    return offer;
  }

  /** Ends the reserve lists of some request types, absent: all, so that the next draw may begin. */
  async closePrevious(requestTypes?: readonly string[]): Promise<void> {
    const { draws } = this.store;
    await this.#settleClosing();
    for (const { id } of await draws.inUse(prefecture)) {
      await draws.close(prefecture, id, this.nowMs, requestTypes);
      await this.#settleClosing();
    }
  }

  async #settleClosing(): Promise<void> {
    const { draws, entries } = this.store;
    const closing = await draws.closing(prefecture);
    if (!closing) return;
    const { draw, requestTypes } = closing;
    await draws.returnIdlePlaces(prefecture, draw.id);
    const { number = 0 } = draw;
    const isEligible = (await draws.eligible(prefecture, draw.id)) ?? (() => true);
    await entries.countMisses(prefecture, { number, isEligible }, requestTypes);
    await draws.finishClosing(prefecture, closing);
  }

  async begin(id: string) {
    await this.store.draws.schedule(prefecture, sampleDraw({ id }));
    return this.store.draws.beginFreeze(prefecture, id, this.nowMs);
  }

  /** The pool and the places of the freeze under way. */
  async takeSnapshot(id: string): Promise<void> {
    const { draws, entries: pool, slots: allSlots } = this.store;
    const { entries } = await pool.readFrozen(prefecture);
    const places = await draws.places(prefecture, id);
    const records = await allSlots.getMany(prefecture, [...places.keys()].sort());
    const slots = records.flatMap((slot) =>
      slot ? [{ ...slot, capacity: places.get(slot.id) ?? 0 }] : [],
    );
    this.#snapshots.set(id, { entries, slots });
  }

  async publishManifest(id: string): Promise<DrawRecord> {
    if (!this.#snapshots.has(id)) await this.takeSnapshot(id);
    const { entries, slots } = this.snapshot(id);
    const manifest = sampleManifest(id, { entries: entries.length, slots: slots.length });
    const lines = [...slots.map(ofKind('slot')), ...entries.map(ofKind('entry'))];
    const input = sampleInput(manifest, lines);
    return this.store.draws.publishManifest(prefecture, id, input, this.nowMs);
  }

  /** Entries in the order of their ids, places in the order of slots: no luck at all. */
  winners(id: string): Winner[] {
    const { entries, slots } = this.snapshot(id);
    const places = slots.flatMap((slot) => Array.from({ length: slot.capacity }, () => slot.id));
    return entries.flatMap((entry, at) => {
      const slot = places[at];
      return slot === undefined ? [] : [{ entry: entry.id, slot }];
    });
  }

  seal(id: string): Promise<DrawRecord> {
    const { entries, slots } = this.snapshot(id);
    const winners = this.winners(id);
    const places = slots.reduce((sum, slot) => sum + slot.capacity, 0);
    const counts = { waiting: entries.length, places, drawn: winners.length };
    const statistics = {
      entries: entries.length,
      places,
      drawn: winners.length,
      requestTypes: { renewal: { ...counts, medianWaitDraws: 1 } },
    };
    const parts = partsOf([{ secret: hex, kind: 'entropy' }, ...winners, { hash: hex }]);
    const index = sampleIndex({ entries, slots, winners });
    const result = {
      entropy: { secret: hex },
      seed: hex,
      outcomeHash: hex,
      statistics,
      parts,
      index,
    };
    return this.store.draws.seal(prefecture, id, result, this.nowMs);
  }

  offers(id: string): (OfferRecord & { remindAtMs: number })[] {
    return this.winners(id).map((winner) => this.newOffer(id, winner));
  }

  newOffer(draw: string, { entry, slot }: Winner): OfferRecord & { remindAtMs: number } {
    const times = { offeredAtMs: this.nowMs, deadlineMs: this.nowMs + 72 * hourMs };
    const offer = sampleOffer({ draw, entry, slot, slotStart: farStart, ...times });
    return { ...offer, remindAtMs: this.nowMs + 48 * hourMs };
  }

  openMany(id: string): Promise<number> {
    return this.store.offers.openMany(prefecture, id, this.offers(id));
  }

  /** A draw from its plan, or from where another process left it, to its publication. */
  async draw(id: string): Promise<void> {
    const { draws } = this.store;
    await draws.schedule(prefecture, sampleDraw({ id }));
    const stateNow = async () => (await draws.get(prefecture, id))?.state;
    if ((await stateNow()) === 'scheduled') {
      await this.closePrevious();
      await this.begin(id);
      await this.publishManifest(id);
    }
    await this.recall(id);
    if ((await stateNow()) === 'frozen') await this.seal(id);
    if ((await stateNow()) !== 'drawn') return;
    await this.openMany(id);
    await draws.publish(prefecture, id, this.nowMs);
  }

  /** Reads the snapshot of a draw back from its record. */
  async recall(id: string): Promise<void> {
    if (this.#snapshots.has(id)) return;
    const lines = linesOf(await this.store.draws.input(prefecture, id)).slice(1);
    const all = lines as ((Slot | Entry) & { kind: string })[]; // as parts are made
    const of = (wanted: string) =>
      all.flatMap(({ kind, ...rest }) => (kind === wanted ? [rest] : []));
    const slots = of('slot') as Slot[]; // likewise
    const entries = of('entry') as Entry[]; // likewise
    this.#snapshots.set(id, { entries, slots });
  }

  snapshot(id: string): { entries: Entry[]; slots: Slot[] } {
    const snapshot = this.#snapshots.get(id);
    if (!snapshot) throw new Error(`draw ${id} is not frozen`);
    return snapshot;
  }

  /** The events of a draw, after a look at each line's form. */
  async events(id: string): Promise<RecordEvent[]> {
    return (await this.#timedEvents(id)).map(({ at: _at, ...event }) => event);
  }

  /** What happened after the offers of the draw itself were made. */
  async laterEvents(id: string): Promise<RecordEvent[]> {
    return (await this.events(id)).filter(({ type }) => type !== 'offered');
  }

  async #timedEvents(id: string): Promise<(RecordEvent & { at: string })[]> {
    const lines = await this.store.draws.events(prefecture, id);
    return lines.map((line) => {
      const { kind, ...event } = JSON.parse(line);
      if (kind !== 'event' || typeof event.at !== 'string') throw new Error(`no event: ${line}`);
      return event;
    });
  }

  /** The record replayed: who is next on the reserve list, and how many events led there. */
  async replay(id: string): Promise<{ reserve: Reserve; events: number }> {
    const { entries, slots } = this.snapshot(id);
    const ranking = entries.map((entry) => entry.id);
    const winners = this.winners(id);
    const algorithm = 'lottery/v2';
    const reserve = openReserve({ algorithm, entries, slots, rules: {}, ranking, winners });
    const events = await this.#timedEvents(id);
    for (const { at, ...event } of events) reserve.apply(event, at);
    return { reserve, events: events.length };
  }

  /** Places free for the next draw, idle in a draw, and held or used by someone. */
  async places(): Promise<{ free: number; idle: number; held: number }> {
    const keys = keysOf(prefecture);
    const sum = (counts: readonly string[]) => counts.reduce((all, one) => all + Number(one), 0);
    const ids = await this.redis.zrange(keys.draws, '0', '-1');
    let idle = 0;
    let held = 0;
    for (const id of ids) {
      idle += sum(await this.redis.hvals(keys.drawPlaces(id)));
      const { offers } = await this.store.offers.list(prefecture, id, { limit: 10_000 });
      held += offers.filter(holdsPlace).length;
    }
    return { free: sum(await this.redis.hvals(keys.places)), idle, held };
  }

  /** Everything wrong with what is stored: nothing, at any moment. */
  async faults(): Promise<string[]> {
    const keys = keysOf(prefecture);
    // Nobody else writes meanwhile: what looks wrong once is wrong.
    const context = { redis: this.redis, prefecture, keys, nowMs: this.nowMs };
    const { faults } = await checkStore(context, { most: 100 });
    return faults.map(({ text }) => text);
  }
}

function ofKind(kind: 'slot' | 'entry') {
  return (line: Slot | Entry) => ({ ...line, kind });
}
