import type { SlotRecord } from '../../domain/slots/slot.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { scanHash, scanSome } from '../core/scan-hash.ts';
import { decodeSlot } from './codec.ts';
import { importSlots, settleImport } from './import.ts';

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
   * Ends an import that its process did not end. `pending`: it is alive, or may be. Safe to repeat,
   * and to run in several processes at once.
   */
  settleImport(
    prefecture: string,
    nowMs: number,
  ): Promise<'none' | 'finished' | 'dropped' | 'pending'> {
    return settleImport(this.#redis, prefecture, nowMs);
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
