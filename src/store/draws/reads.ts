import type { ActCounts } from '../../domain/draws/acts.ts';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import type { Reserves } from '../../domain/draws/reserves.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { Stored } from '../../domain/values.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { readRedisClock } from '../core/redis-clock.ts';
import { readActs } from './acts.ts';
import { type Closing, readClosing, readInUse, readReserves, readWithPlaces } from './closing.ts';
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
  readActive,
  readDraw,
  readFrozenPrefecture,
  readPlaces,
  readPlannedSince,
  readUnfinished,
} from './read.ts';
import { countPieces, type RecordPart, readPackedRecord, readRecord } from './read-record.ts';
import { readEvents } from './record-parts.ts';
import { pagesOfDraws } from './reseal.ts';
import type { DrawPlace } from './steps.ts';

/** What is stored of the draws of a prefecture, to be read. */
export class DrawReads {
  protected readonly redis: Connection;

  constructor(redis: Connection) {
    this.redis = redis;
  }

  /** The clock by which freezes of a prefecture are fixed: that of its Redis server, in ms. */
  clockMs(prefecture: string): Promise<number> {
    return readRedisClock(this.redis, prefecture);
  }

  get(prefecture: string, drawId: string): Promise<DrawRecord | undefined> {
    return readDraw(this.redis, prefecture, drawId);
  }

  /** Draws, the latest planned first. A cursor is the id of the last one seen. */
  list(
    prefecture: string,
    page: { readonly limit: number; readonly cursor?: string },
  ): Promise<DrawPage> {
    return listDraws(this.redis, prefecture, page);
  }

  /** What was counted of a draw: by whose hand things were done, what was undone, who was rejected. */
  acts(prefecture: string, drawId: string): Promise<ActCounts> {
    return readActs(this.redis, prefecture, drawId);
  }

  /** Draws planned for an instant or later, those to come included; a few thousand at most. */
  plannedSince(prefecture: string, sinceMs: number): Promise<DrawRecord[]> {
    return readPlannedSince(this.redis, prefecture, sinceMs);
  }

  /** All draws with the text they were read from, for `replaceSecret`; a page at a time. */
  pages(prefecture: string): AsyncGenerator<Stored<DrawRecord>[]> {
    return pagesOfDraws(this.redis, prefecture);
  }

  /** The published draws whose reserve lists are in use, by their numbers. */
  inUse(prefecture: string): Promise<DrawRecord[]> {
    return readInUse(this.redis, prefecture);
  }

  /** The request types whose reserve list is in use, each with the id of its draw. */
  reserves(prefecture: string): Promise<Reserves> {
    return readReserves(this.redis, prefecture);
  }

  /** The draw that is freezing, frozen or drawn. There is one at most. */
  active(prefecture: string): Promise<DrawRecord | undefined> {
    return readActive(this.redis, prefecture);
  }

  /** Draws that may have places which nobody holds: under way, in use, or not settled yet. */
  withPlaces(prefecture: string): Promise<DrawRecord[]> {
    return readWithPlaces(this.redis, prefecture);
  }

  /** The draw whose list has ended for some types, and is not settled yet (`finishClosing`). */
  closing(prefecture: string): Promise<Closing | undefined> {
    return readClosing(this.redis, prefecture);
  }

  /**
   * Draws that a worker has to do something for now, oldest first: scheduled and due, frozen,
   * drawn, or void and not unwound.
   */
  unfinished(prefecture: string, nowMs: number): Promise<DrawRecord[]> {
    return readUnfinished(this.redis, prefecture, nowMs);
  }

  /**
   * The prefecture, with its rules and settings, as it was when the freeze of this draw began;
   * undefined if it is not under way.
   */
  frozenPrefecture(prefecture: string, drawId: string): Promise<Prefecture | undefined> {
    return readFrozenPrefecture(this.redis, prefecture, drawId);
  }

  /** Places that no draw has taken, by slot. */
  freePlaces(prefecture: string): Promise<Map<string, number>> {
    return readPlaces(this.redis, keysOf(prefecture).places);
  }

  /** Draws frozen so far: the number of the latest. */
  async latestNumber(prefecture: string): Promise<number> {
    return Number((await this.redis.get(keysOf(prefecture).drawNumber)) ?? 0);
  }

  /** Places of a draw that nobody holds, by slot. After the freeze began: all that it took. */
  places(prefecture: string, drawId: string): Promise<Map<string, number>> {
    return readPlaces(this.redis, keysOf(prefecture).drawPlaces(drawId));
  }

  /** Gzipped parts of the record, from the manifest to the last entry. Empty before the freeze. */
  input(prefecture: string, drawId: string): Promise<Buffer[]> {
    return this.redis.lrangeBuffer(keysOf(prefecture).drawInput(drawId), 0, -1);
  }

  /** Gzipped parts of the record, from the entropy to the outcome. Empty before it is sealed. */
  result(prefecture: string, drawId: string): Promise<Buffer[]> {
    return this.redis.lrangeBuffer(keysOf(prefecture).drawResult(drawId), 0, -1);
  }

  /**
   * How an entry took part in a draw: rank, outcome, how far the places went. A few small reads.
   *
   * @throws DomainError `draw_not_found`
   */
  participation(prefecture: string, drawId: string, entryId: string): Promise<Participation> {
    return readParticipation(this.redis, prefecture, drawId, entryId);
  }

  /** The draws that froze while an entry was on the waitlist, the latest first, in pages. */
  participations(
    prefecture: string,
    entry: EntryRecord,
    page: { readonly limit: number; readonly cursor?: string },
  ): Promise<ParticipationPage> {
    return listParticipations(this.redis, prefecture, entry, page);
  }

  /** The instant of the latest freeze for a request type; undefined if there was none lately. */
  latestFreeze(prefecture: string, requestType: string): Promise<number | undefined> {
    return readLatestFreeze(this.redis, prefecture, requestType);
  }

  /** Who could come to a slot of a draw, by its index; undefined for a draw without one. */
  eligible(prefecture: string, drawId: string): Promise<((entry: string) => boolean) | undefined> {
    return readEligible(this.at(prefecture, drawId));
  }

  /**
   * The entry of a leaf as it was frozen, with its proof; undefined for a draw without an index.
   *
   * @throws RangeError if there is no such leaf.
   */
  inclusion(prefecture: string, drawId: string, leaf: number): Promise<Inclusion | undefined> {
    return readInclusion(this.at(prefecture, drawId), leaf);
  }

  /** Event lines of the record from an index on, without line feeds. */
  async events(prefecture: string, drawId: string, from = 0): Promise<string[]> {
    return (await Array.fromAsync(readEvents(this.redis, prefecture, drawId, from))).flat();
  }

  /** How many events the record has. It only grows, so it names a version of the record. */
  countEvents(prefecture: string, drawId: string): Promise<number> {
    return this.redis.llen(keysOf(prefecture).drawEvents(drawId));
  }

  /**
   * The record as plain ndjson, one part at a time. Events come once there is an outcome.
   *
   * @throws DomainError `draw_not_found`, or `manifest_unavailable` before the freeze has ended.
   */
  record(prefecture: string, drawId: string, part?: RecordPart): AsyncGenerator<Buffer> {
    return readRecord(this.redis, prefecture, drawId, part);
  }

  /** The same as one gzip member: stored parts go out as they lie. */
  packedRecord(prefecture: string, drawId: string, part: RecordPart): AsyncGenerator<Buffer> {
    return readPackedRecord(this.redis, prefecture, drawId, part);
  }

  /** In how many pieces the record is read, of at most 1 MB of text each. */
  countPieces(prefecture: string, drawId: string, part: RecordPart): Promise<number> {
    return countPieces(this.redis, prefecture, drawId, part);
  }

  protected at(prefecture: string, drawId: string): DrawPlace {
    return { redis: this.redis, prefecture, drawId };
  }
}
