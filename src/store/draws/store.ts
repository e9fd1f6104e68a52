import type { DrawRecord } from '../../domain/draws/draw.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { Stored } from '../../domain/values.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import type { WriteWord } from '../core/script.ts';
import { type Inclusion, readEligible, readInclusion } from './index-read.ts';
import {
  listParticipations,
  type Participation,
  type ParticipationPage,
  readLatestFreeze,
  readParticipation,
} from './participation.ts';
import {
  type DrawPage,
  listDraws,
  readDraw,
  readFrozenPrefecture,
  readNamed,
  readPlaces,
  readRecord,
  readUnfinished,
  readWithPlaces,
} from './read.ts';
import { readEvents } from './record-parts.ts';
import { pagesOfDraws, replaceSecret } from './reseal.ts';
import { type ScheduleOutcome, scheduleDraw } from './schedule.ts';
import { type SealedResult, sealDraw } from './seal.ts';
import {
  beginFreeze,
  closeDraw,
  type DrawPlace,
  type FreezeOutcome,
  type FrozenInput,
  publishDraw,
  publishManifest,
} from './steps.ts';
import { finishClosing, leaveOutSlots, returnIdlePlaces, unwindDraw } from './unwind.ts';
import { type VoidReason, voidDraw } from './void.ts';

/**
 * Draws of a prefecture, from their plan to their record. Every step is one flip and may be
 * repeated after a crash at any line: a repeat changes nothing and answers the draw as it is.
 * Steps throw DomainError `draw_not_found`, and `draw_settled` where a draw cannot go that way.
 */
export class DrawStore {
  readonly #redis: Connection;

  constructor(redis: Connection) {
    this.#redis = redis;
  }

  /**
   * Plans a draw. `exists`: one of this id is there already, and stays as it is. Where it repeats
   * another, `not_void` and `repeated`: that one is not void, or has its repeat.
   */
  schedule(prefecture: string, draw: DrawRecord): Promise<ScheduleOutcome> {
    return scheduleDraw(this.#redis, prefecture, draw);
  }

  get(prefecture: string, drawId: string): Promise<DrawRecord | undefined> {
    return readDraw(this.#redis, prefecture, drawId);
  }

  /** Draws, the latest planned first. A cursor is the id of the last one seen. */
  list(
    prefecture: string,
    page: { readonly limit: number; readonly cursor?: string },
  ): Promise<DrawPage> {
    return listDraws(this.#redis, prefecture, page);
  }

  /** All draws with the text they were read from, for `replaceSecret`; a page at a time. */
  pages(prefecture: string): AsyncGenerator<Stored<DrawRecord>[]> {
    return pagesOfDraws(this.#redis, prefecture);
  }

  /** Stores a secret that was sealed anew, if nobody changed the draw since it was read. */
  replaceSecret(
    prefecture: string,
    draw: Stored<DrawRecord>,
    sealedSecret: string,
  ): Promise<WriteWord> {
    return replaceSecret(this.#redis, prefecture, draw, sealedSecret);
  }

  /** The published draw, whose reserve list is in use. */
  current(prefecture: string): Promise<DrawRecord | undefined> {
    return readNamed(this.#redis, prefecture, 'currentDraw');
  }

  /** The draw that is freezing, frozen, drawn or published. There is one at most. */
  active(prefecture: string): Promise<DrawRecord | undefined> {
    return readNamed(this.#redis, prefecture, 'activeDraw');
  }

  /** Draws that may have places which nobody holds: under way, in use, or not settled yet. */
  withPlaces(prefecture: string): Promise<DrawRecord[]> {
    return readWithPlaces(this.#redis, prefecture);
  }

  /** The closed draw whose idle places and misses are not settled yet (`finishClosing`). */
  closing(prefecture: string): Promise<DrawRecord | undefined> {
    return readNamed(this.#redis, prefecture, 'closingDraw');
  }

  /**
   * Draws that a worker has to do something for now, oldest first: scheduled and due, frozen,
   * drawn, or void and not unwound.
   */
  unfinished(prefecture: string, nowMs: number): Promise<DrawRecord[]> {
    return readUnfinished(this.#redis, prefecture, nowMs);
  }

  /**
   * Fixes the instant of a draw and takes every free place for it. A repeat answers the same
   * number and instant. `busy`: another draw is active, or still being closed.
   */
  beginFreeze(prefecture: string, drawId: string, nowMs: number): Promise<FreezeOutcome> {
    return beginFreeze(this.#at(prefecture, drawId), nowMs);
  }

  /**
   * The prefecture, with its rules and settings, as it was when the freeze of this draw began;
   * undefined if it is not under way.
   */
  frozenPrefecture(prefecture: string, drawId: string): Promise<Prefecture | undefined> {
    return readFrozenPrefecture(this.#redis, prefecture, drawId);
  }

  /** Places of a draw that nobody holds, by slot. After the freeze began: all that it took. */
  places(prefecture: string, drawId: string): Promise<Map<string, number>> {
    return readPlaces(this.#redis, keysOf(prefecture).drawPlaces(drawId));
  }

  /**
   * Gives the places of some slots back to the next draw, while the freeze of this one is under way.
   * Does nothing once it has ended. Safe to repeat.
   */
  leaveOut(prefecture: string, drawId: string, slots: readonly string[]): Promise<void> {
    return leaveOutSlots(this.#at(prefecture, drawId), slots);
  }

  /** Ends the freeze: scheduled → frozen. */
  publishManifest(
    prefecture: string,
    drawId: string,
    input: FrozenInput,
    nowMs: number,
  ): Promise<DrawRecord> {
    return publishManifest(this.#at(prefecture, drawId), input, nowMs);
  }

  /** Gzipped parts of the record, from the manifest to the last entry. Empty before the freeze. */
  input(prefecture: string, drawId: string): Promise<Buffer[]> {
    return this.#redis.lrangeBuffer(keysOf(prefecture).drawInput(drawId), 0, -1);
  }

  /** Gzipped parts of the record, from the entropy to the outcome. Empty before it is sealed. */
  result(prefecture: string, drawId: string): Promise<Buffer[]> {
    return this.#redis.lrangeBuffer(keysOf(prefecture).drawResult(drawId), 0, -1);
  }

  /** Stores the result for ever: frozen → drawn. */
  seal(
    prefecture: string,
    drawId: string,
    result: SealedResult,
    nowMs: number,
  ): Promise<DrawRecord> {
    return sealDraw(this.#at(prefecture, drawId), result, nowMs);
  }

  /** drawn → published, once every winner has an offer. */
  publish(prefecture: string, drawId: string, nowMs: number): Promise<DrawRecord> {
    return publishDraw(this.#at(prefecture, drawId), nowMs);
  }

  /**
   * published → closed: freed places no longer go down its reserve list. Then come
   * `returnIdlePlaces`, the misses of its entries, and `finishClosing`.
   */
  close(prefecture: string, drawId: string, nowMs: number): Promise<DrawRecord> {
    return closeDraw(this.#at(prefecture, drawId), nowMs);
  }

  /** Gives idle places of a closed or void draw to the next one; answers how many moved now. */
  returnIdlePlaces(prefecture: string, drawId: string): Promise<number> {
    return returnIdlePlaces(this.#at(prefecture, drawId));
  }

  /** Marks a closed draw as settled, so that the next one may begin. */
  finishClosing(prefecture: string, drawId: string): Promise<void> {
    return finishClosing(this.#at(prefecture, drawId));
  }

  /** Declares a draw void, from any state but closed; a repeat keeps the first reason. */
  void(prefecture: string, drawId: string, reason: VoidReason, nowMs: number): Promise<DrawRecord> {
    return voidDraw(this.#at(prefecture, drawId), reason, nowMs);
  }

  /** Takes back the offers, appointments and places of a void draw. */
  unwind(prefecture: string, drawId: string, nowMs: number): Promise<void> {
    return unwindDraw(this.#at(prefecture, drawId), nowMs);
  }

  /**
   * How an entry took part in a draw: rank, outcome, how far the places went. A few small reads.
   *
   * @throws DomainError `draw_not_found`
   */
  participation(prefecture: string, drawId: string, entryId: string): Promise<Participation> {
    return readParticipation(this.#redis, prefecture, drawId, entryId);
  }

  /** The draws that froze while an entry was on the waitlist, the latest first, in pages. */
  participations(
    prefecture: string,
    entry: EntryRecord,
    page: { readonly limit: number; readonly cursor?: string },
  ): Promise<ParticipationPage> {
    return listParticipations(this.#redis, prefecture, entry, page);
  }

  /** Who could come to a slot of a draw, by its index; undefined for a draw without one. */
  eligible(prefecture: string, drawId: string): Promise<((entry: string) => boolean) | undefined> {
    return readEligible(this.#at(prefecture, drawId));
  }

  /** The instant of the latest freeze; undefined if there was none. */
  latestFreeze(prefecture: string): Promise<number | undefined> {
    return readLatestFreeze(this.#redis, prefecture);
  }

  /**
   * The entry of a leaf as it was frozen, with its proof; undefined for a draw without an index.
   *
   * @throws RangeError if there is no such leaf.
   */
  inclusion(prefecture: string, drawId: string, leaf: number): Promise<Inclusion | undefined> {
    return readInclusion(this.#at(prefecture, drawId), leaf);
  }

  /** Event lines of the record from an index on, without line feeds. */
  async events(prefecture: string, drawId: string, from = 0): Promise<string[]> {
    return (await Array.fromAsync(readEvents(this.#redis, prefecture, drawId, from))).flat();
  }

  /** How many events the record has. It only grows, so it names a version of the record. */
  countEvents(prefecture: string, drawId: string): Promise<number> {
    return this.#redis.llen(keysOf(prefecture).drawEvents(drawId));
  }

  /**
   * The record as plain ndjson, one part at a time. Events come once there is an outcome.
   *
   * @throws DomainError `draw_not_found`, or `manifest_unavailable` before the freeze has ended.
   */
  record(prefecture: string, drawId: string): AsyncGenerator<Buffer> {
    return readRecord(this.#redis, prefecture, drawId);
  }

  #at(prefecture: string, drawId: string): DrawPlace {
    return { redis: this.#redis, prefecture, drawId };
  }
}
