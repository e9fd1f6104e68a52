import type { DrawRecord } from '../../domain/draws/draw.ts';
import type { SkipReason } from '../../domain/draws/state.ts';
import type { Stored } from '../../domain/values.ts';
import type { WriteWord } from '../core/script.ts';
import { type Closing, type Ended, endReserve, finishClosing } from './closing.ts';
import { type EndReason, skipDraw } from './end-plan.ts';
import { DrawReads } from './reads.ts';
import { replaceSecret } from './reseal.ts';
import { type ScheduleOutcome, scheduleDraw } from './schedule.ts';
import { type SealedResult, sealDraw } from './seal.ts';
import {
  beginFreeze,
  type FreezeOutcome,
  type FrozenInput,
  publishDraw,
  publishManifest,
} from './steps.ts';
import { leaveOutSlots, returnIdlePlaces, unwindDraw } from './unwind.ts';
import { endDraw } from './void.ts';

/**
 * Draws of a prefecture, from their plan to their record. Every step is one flip and may be
 * repeated after a crash at any line: a repeat changes nothing and answers the draw as it is.
 * Steps throw DomainError `draw_not_found`, and `draw_settled` where a draw cannot go that way.
 */
export class DrawStore extends DrawReads {
  /**
   * Plans a draw. `exists`: one of this id is there already, and stays as it is. Where it repeats
   * another, `not_void` and `repeated`: that one is not void, or has its repeat.
   */
  schedule(prefecture: string, draw: DrawRecord): Promise<ScheduleOutcome> {
    return scheduleDraw(this.redis, prefecture, draw);
  }

  /** Stores a secret that was sealed anew, if nobody changed the draw since it was read. */
  replaceSecret(
    prefecture: string,
    draw: Stored<DrawRecord>,
    sealedSecret: string,
  ): Promise<WriteWord> {
    return replaceSecret(this.redis, prefecture, draw, sealedSecret);
  }

  /**
   * Fixes the instant of a draw, by the clock of Redis (`playedMs` where tests play time), and takes
   * every free place for it. A repeat answers the same number and instant. `busy`: another draw is
   * under way, or still being closed. `in_use`: a reserve list of its request types must end first.
   */
  beginFreeze(prefecture: string, drawId: string, playedMs?: number): Promise<FreezeOutcome> {
    return beginFreeze(this.at(prefecture, drawId), playedMs);
  }

  /**
   * Gives the places of some slots back to the next draw, while the freeze of this one is under way.
   * Does nothing once it has ended. Safe to repeat.
   */
  leaveOut(prefecture: string, drawId: string, slots: readonly string[]): Promise<void> {
    return leaveOutSlots(this.at(prefecture, drawId), slots);
  }

  /** Ends the freeze: scheduled → frozen. */
  publishManifest(
    prefecture: string,
    drawId: string,
    input: FrozenInput,
    nowMs: number,
  ): Promise<DrawRecord> {
    return publishManifest(this.at(prefecture, drawId), input, nowMs);
  }

  /** Stores the result for ever: frozen → drawn. */
  seal(
    prefecture: string,
    drawId: string,
    result: SealedResult,
    nowMs: number,
  ): Promise<DrawRecord> {
    return sealDraw(this.at(prefecture, drawId), result, nowMs);
  }

  /** drawn → published, once every winner has an offer. */
  publish(prefecture: string, drawId: string, nowMs: number): Promise<DrawRecord> {
    return publishDraw(this.at(prefecture, drawId), nowMs);
  }

  /**
   * Ends the reserve list of a published draw for some request types, absent: for all. With the last
   * of them it is closed. Then come `returnIdlePlaces`, the misses of the entries of those types, and
   * `finishClosing`; until then it is `busy` for others.
   */
  close(
    prefecture: string,
    drawId: string,
    nowMs: number,
    requestTypes?: readonly string[],
  ): Promise<Ended> {
    return endReserve(this.at(prefecture, drawId), requestTypes, nowMs);
  }

  /** Gives idle places that a draw needs no more to the next one; answers how many moved now. */
  returnIdlePlaces(prefecture: string, drawId: string): Promise<number> {
    return returnIdlePlaces(this.at(prefecture, drawId));
  }

  /** Marks what was ended as settled, so that the next draw may begin. */
  finishClosing(prefecture: string, closing: Closing): Promise<void> {
    return finishClosing(this.at(prefecture, closing.draw.id), closing);
  }

  /**
   * Declares a draw void, from its freeze on and unless it is closed; a plan whose freeze has not begun
   * is superseded. A repeat keeps the first reason.
   */
  void(prefecture: string, drawId: string, reason: EndReason, nowMs: number): Promise<DrawRecord> {
    return endDraw(this.at(prefecture, drawId), reason, nowMs);
  }

  /** Notes that a planned draw is not held; its places, if it took any, are to be unwound. */
  skip(prefecture: string, drawId: string, reason: SkipReason, nowMs: number): Promise<DrawRecord> {
    return skipDraw(this.at(prefecture, drawId), reason, nowMs);
  }

  /** Takes back the offers, appointments and places of a void draw, or of one that was skipped. */
  unwind(prefecture: string, drawId: string, nowMs: number): Promise<void> {
    return unwindDraw(this.at(prefecture, drawId), nowMs);
  }
}
