import type { SlotDecision, SlotStanding } from '../../domain/slots/change.ts';
import type { Replacement } from '../../domain/slots/replace.ts';
import type { SlotRecord } from '../../domain/slots/slot.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { scanHash, scanSome } from '../core/scan-hash.ts';
import { changeSlot, type SlotOutcome } from './change.ts';
import { decodeSlot } from './codec.ts';
import { importSlots } from './import.ts';
import { type NewPlan, previewSlots, replaceSlots } from './replace.ts';
import { settleImport } from './staging.ts';
import { countPendingOffers, readStandings } from './standing.ts';

/** Most slots read by one command. */
const chunkSize = 500;

/** The slots of each prefecture, and the places of theirs that no draw has taken. */
export class SlotStore {
  readonly #redis: Connection;

  constructor(redis: Connection) {
    this.#redis = redis;
  }

  /**
   * Adds slots, all or none, with their places free for the next draw.
   *
   * @throws DomainError `slot_duplicate` for an id that comes twice or exists, with its line
   * @throws DomainError `import_in_progress` while another import is under way
   */
  importAll(
    prefecture: string,
    slots: readonly SlotRecord[],
    nowMs: number,
  ): Promise<{ imported: number }> {
    return importSlots(this.#redis, prefecture, slots, nowMs);
  }

  /**
   * Replaces the slots of some days by others, as far as no draw has them: all of it or nothing. Safe
   * to repeat: then nothing is left to do.
   *
   * @throws DomainError `slot_duplicate` for an id that comes twice, or is that of a slot elsewhere
   * @throws DomainError `import_in_progress` while another import is under way
   */
  replace(prefecture: string, plan: NewPlan, nowMs: number): Promise<Replacement> {
    return replaceSlots(this.#redis, prefecture, plan, nowMs);
  }

  /** What `replace` would do now. @throws DomainError `slot_duplicate` */
  previewReplacement(prefecture: string, plan: NewPlan, nowMs: number): Promise<Replacement> {
    return previewSlots(this.#redis, prefecture, plan, nowMs);
  }

  /**
   * Ends an import that its process did not end. `pending`: it is alive, or may be. Safe to repeat,
   * and to run in several processes at once.
   */
  settleImport(
    prefecture: string,
    nowMs: number,
  ): Promise<'none' | 'finished' | 'dropped' | 'pending'> {
    return settleImport(this.#redis, prefecture, nowMs);
  }

  /**
   * Changes a slot, or takes it out, as `decide` says of it and its places, all at one instant.
   * `decide` must be pure: it is asked again where somebody else was faster.
   */
  change(
    prefecture: string,
    id: string,
    decide: (standing: SlotStanding) => SlotDecision,
  ): Promise<{ readonly outcome: SlotOutcome; readonly standing?: SlotStanding }> {
    return changeSlot(this.#redis, prefecture, id, decide);
  }

  /** Slots with where their places are, all at one instant, in the order of `ids`; at most 1000. */
  standings(prefecture: string, ids: readonly string[]): Promise<(SlotStanding | undefined)[]> {
    return readStandings(this.#redis, prefecture, ids);
  }

  /** How many offers of a slot wait for an answer. Goes through all that do. */
  countPending(prefecture: string, slot: string): Promise<number> {
    return countPendingOffers(this.#redis, prefecture, slot);
  }

  /** Whether a draw lacks so many idle places of a slot, some having been taken out of the plan. */
  async isTakenOut(prefecture: string, draw: string, slot: string, places = 1): Promise<boolean> {
    const idle = await this.#redis.hget(keysOf(prefecture).drawPlaces(draw), slot);
    if (Number(idle ?? 0) >= places) return false;
    return (await this.get(prefecture, slot))?.lowered !== undefined;
  }

  async get(prefecture: string, id: string): Promise<SlotRecord | undefined> {
    const raw = await this.#redis.hget(keysOf(prefecture).slots, id);
    return raw === null ? undefined : decodeSlot(id, raw);
  }

  /** Slots in the order of `ids`. */
  async getMany(prefecture: string, ids: readonly string[]): Promise<(SlotRecord | undefined)[]> {
    const found: (SlotRecord | undefined)[] = [];
    for (let at = 0; at < ids.length; at += chunkSize) {
      const chunk = ids.slice(at, at + chunkSize);
      const raws = await this.#redis.hmget(keysOf(prefecture).slots, ...chunk);
      raws.forEach((raw, i) => {
        found.push(raw === null ? undefined : decodeSlot(chunk[i] ?? '', raw));
      });
    }
    return found;
  }

  /**
   * A page of slots in no particular order. It may hold a few more than `limit`; the last has no
   * cursor.
   *
   * @throws DomainError `input_malformed` for a cursor that no page had
   */
  async list(
    prefecture: string,
    { cursor = '0', limit }: { cursor?: string; limit: number },
  ): Promise<{ slots: SlotRecord[]; cursor?: string }> {
    const slots = new Map<string, SlotRecord>();
    const visit = (id: string, raw: string) => slots.set(id, decodeSlot(id, raw));
    const start = { cursor, count: limit };
    const { slots: key } = keysOf(prefecture);
    const more = await scanSome(this.#redis, key, start, visit, () => slots.size >= limit);
    return { slots: [...slots.values()], ...more };
  }

  /** Places that no draw has taken, by slot; slots without any are left out. */
  async places(prefecture: string): Promise<Map<string, number>> {
    const places = new Map<string, number>();
    await scanHash(this.#redis, keysOf(prefecture).places, (slot, count) => {
      if (Number(count) > 0) places.set(slot, Number(count));
    });
    return places;
  }
}
