import type { Redis } from 'ioredis';
import { DomainError } from '#src/base/errors.ts';
import type { OfferRecord } from '#src/domain/offers/offer.ts';
import type { OfferEvent } from '#src/domain/offers/state.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { hourMs, prefecture } from './draw-samples.ts';
import { DrawWorld } from './draw-world.ts';

const isPending = (offer: OfferRecord) => offer.state === 'pending';
const isBooked = (offer: OfferRecord) => offer.appointment === 'booked';
const anyOffer = () => true;

/** One thing that happens. `pick` chooses whom it happens to, out of whoever there is by then. */
export interface Happening {
  readonly what: keyof typeof happenings;
  readonly pick: number;
}

/** The long life of a prefecture, one happening after another. */
export class DrawLife {
  readonly world: DrawWorld;
  readonly draws: string[] = [];
  readonly entries: string[] = [];
  /** Every place that was ever entered. */
  capacity = 0;
  #names = 0;

  constructor(redis: Redis) {
    this.world = new DrawWorld(redis);
  }

  /** A prefecture with a few entries and places. */
  async begin(): Promise<void> {
    await this.world.open({ places: 0, entries: 0 });
    for (let at = 0; at < 4; at += 1) await this.join();
    await this.addSlot(2);
    await this.addSlot(1);
  }

  /** Lets one thing happen. What is refused does not. */
  async happen({ what, pick }: Happening): Promise<void> {
    try {
      await happenings[what](this, pick);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
  }

  async join(): Promise<void> {
    this.entries.push(this.#name('e'));
    await this.world.addEntry(this.entries.at(-1) ?? '');
  }

  async addSlot(places: number): Promise<void> {
    await this.world.addSlot(this.#name('s'), places);
    this.capacity += places;
  }

  /** Takes the latest draw one step on, or begins the next one. */
  async step(pick: number): Promise<void> {
    const { draws } = this.world.store;
    const id = this.draws.at(-1) ?? '';
    const state = (await draws.get(prefecture, id))?.state ?? 'none';
    if (state === 'scheduled') await this.world.publishManifest(id);
    else if (state === 'frozen') await this.world.seal(id);
    else if (state === 'drawn') {
      await this.world.openMany(id);
      if (pick % 2 === 0) await draws.publish(prefecture, id, this.world.nowMs);
    } else {
      await this.world.closePrevious();
      this.draws.push(this.#name('d'));
      await this.world.begin(this.draws.at(-1) ?? '');
    }
  }

  /** Offers one freed place of the current draw to whom its record names. */
  async refill(pick: number): Promise<void> {
    const { draws, offers } = this.world.store;
    const [current] = await draws.inUse(prefecture);
    if (!current) return;
    const { reserve, events } = await this.world.replay(current.id);
    const freed = reserve.freed();
    const slot = freed[pick % Math.max(1, freed.length)]?.slot;
    const entry = slot === undefined ? undefined : reserve.next(slot);
    if (slot === undefined || entry === undefined) return;
    const offer = this.world.newOffer(current.id, { entry, slot });
    const outcome = await offers.refill(prefecture, offer, events);
    if (outcome !== 'refilled') throw new Error(`${entry} cannot have ${slot}: ${outcome}`);
  }

  async unwind(): Promise<void> {
    const { draws } = this.world.store;
    for (const draw of await draws.unfinished(prefecture, this.world.nowMs)) {
      if (draw.state === 'void') await draws.unwind(prefecture, draw.id, this.world.nowMs);
    }
  }

  async settle(
    event: Exclude<OfferEvent, 'revoke'>,
    pick: number,
    wanted: (offer: OfferRecord) => boolean = isPending,
  ): Promise<void> {
    const id = await this.offerAt(pick, wanted);
    await this.world.store.offers.settle(prefecture, id, event, this.world.nowMs);
  }

  /** Id of an offer of the kind wanted, if there is any. */
  async offerAt(pick: number, wanted: (offer: OfferRecord) => boolean): Promise<string> {
    const pages = await Promise.all(
      this.draws.map((id) => this.world.store.offers.list(prefecture, id, { limit: 1000 })),
    );
    const found = pages.flatMap((page) => page.offers).filter(wanted);
    const ids = found.map(({ draw, entry }) => `${draw}.${entry}`).sort();
    return ids[pick % Math.max(1, ids.length)] ?? 'none';
  }

  /** Whatever the records of published draws and the store do not agree about. */
  async disagreements(): Promise<string[]> {
    const found: string[] = [];
    for (const id of this.draws) {
      const draw = await this.world.store.draws.get(prefecture, id);
      if (!draw?.manifest || draw.state === 'frozen' || !draw.outcomeHash) continue;
      const { reserve } = await this.world.replay(id);
      if (draw.state !== 'published') continue;
      const idle = await this.world.store.draws.places(prefecture, id);
      const { slots } = this.world.snapshot(id);
      const freed = new Map(reserve.freed().map(({ slot, places }) => [slot, places]));
      const winners = this.world.winners(id);
      for (const slot of slots) {
        const won = winners.filter((winner) => winner.slot === slot.id).length;
        const expected = slot.capacity - won + (freed.get(slot.id) ?? 0);
        if ((idle.get(slot.id) ?? 0) !== expected) found.push(`${id} ${slot.id}: ${expected} idle`);
      }
      for (const slot of freed.keys()) {
        for (let next = reserve.next(slot); next !== undefined; next = reserve.next(slot)) {
          const { state } = await this.world.entry(next);
          if (state !== 'waiting') found.push(`${id} names ${next}, who is ${state}`);
          const until = '2099-01-01T00:00:00Z';
          reserve.apply({ type: 'refilled', entry: next, slot, until }, '2098-01-01T00:00:00Z');
        }
      }
    }
    return found;
  }

  #name(prefix: string): string {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }
}

const leaving = ['withdraw', 'reject', 'erase', 'expire'] as const;

/** Everything that can happen. */
export const happenings = {
  join: (life) => life.join(),
  import: (life, pick) => life.addSlot(1 + (pick % 2)),
  step: (life, pick) => life.step(pick),
  refill: (life, pick) => life.refill(pick),
  accept: (life, pick) => life.settle('accept', pick),
  decline: (life, pick) => life.settle('decline', pick),
  revoke: async (life, pick) => {
    const id = await life.offerAt(pick, isPending);
    await life.world.store.offers.revoke(prefecture, id, { cause: 'illness' }, life.world.nowMs);
  },
  repeat: (life, pick) => life.settle('accept', pick, anyOffer),
  later: async ({ world }) => {
    world.nowMs += 30 * hourMs;
  },
  expire: async (life) => {
    const { world } = life;
    for (const id of await world.store.offers.due(prefecture, world.nowMs, 2)) {
      await world.store.offers.settle(prefecture, id, 'expire', world.nowMs);
    }
  },
  cancel: async (life, pick) => {
    const id = await life.offerAt(pick, isBooked);
    await life.world.store.offers.cancel(prefecture, id, life.world.nowMs);
  },
  attend: async (life, pick) => {
    const id = await life.offerAt(pick, isBooked);
    const event = pick % 2 === 0 ? 'attend' : 'miss';
    await life.world.store.offers.attend(prefecture, id, event, life.world.nowMs);
  },
  leave: async ({ world, entries }, pick) => {
    const id = entries[pick % entries.length] ?? '';
    await world.store.entries.leave(prefecture, id, leaving[pick % 4] ?? 'expire', world.nowMs);
  },
  void: async ({ world, draws }) => {
    const reason = { reason: 'a reason', agent: 'k1' };
    await world.store.draws.void(prefecture, draws.at(-1) ?? '', reason, world.nowMs);
  },
  unwind: (life) => life.unwind(),
  close: ({ world }) => world.closePrevious(),
} satisfies Record<string, (life: DrawLife, pick: number) => Promise<void>>;

/** Draw number so far, for tests that want to know whether anything was drawn at all. */
export async function drawNumber(redis: Redis): Promise<number> {
  return Number((await redis.get(keysOf(prefecture).drawNumber)) ?? 0);
}
