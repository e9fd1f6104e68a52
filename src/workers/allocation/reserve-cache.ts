import { rankEntries } from '../../allocator/draw/ranking.ts';
import { seedOf } from '../../allocator/record/manifest.ts';
import { openReserve, type Reserve } from '../../allocator/record/reserve.ts';
import type { RecordEvent, Winner } from '../../allocator/types.ts';
import { goesDownTheList } from '../../domain/draws/reserves.ts';
import { answerDeadline } from '../../domain/offers/deadline.ts';
import type { Seat } from '../../domain/offers/offer.ts';
import { nodeSha256 } from '../../store/core/node-sha256.ts';
import type { NextRefill, NextRefillTask } from '../../usecases/draws/allocation.ts';
import { readEntropy, readHead, readWinners, seatOf } from './record-parts.ts';

interface Opened {
  readonly reserve: Reserve;
  readonly seat: (winner: Winner) => Seat;
  readonly starts: ReadonlyMap<string, number>;
  readonly types: ReadonlyMap<string, readonly string[]>;
  /** Events applied so far, and the last of them. */
  applied: number;
  lastLine: string | undefined;
}

/** Reserve lists in memory: the latest few draws, each replayed up to some event. */
export class ReserveCache {
  readonly #opened = new Map<string, Opened>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Number of events that the list has seen; undefined if it is not here. */
  at(key: string): number | undefined {
    return this.#opened.get(key)?.applied;
  }

  /** Builds the list of a sealed draw as it was before the first event. Drops the oldest one. */
  open(key: string, input: readonly Uint8Array[], result: readonly Uint8Array[]): void {
    const { manifest, entries, slots } = readHead(input);
    const winners = readWinners(result);
    const randomness = readEntropy(result);
    const seed = seedOf(manifest, randomness, nodeSha256);
    const { algorithm, rules } = manifest;
    const ranking = rankEntries(entries, rules, seed, nodeSha256).map((ranked) => ranked.entry.id);
    this.#keep(key, {
      reserve: openReserve({ algorithm, entries, slots, rules, ranking, winners }),
      seat: seatOf(entries, slots),
      starts: new Map(slots.map((slot) => [slot.id, Date.parse(slot.start)])),
      types: new Map(slots.map((slot) => [slot.id, slot.requestTypes])),
      applied: 0,
      lastLine: undefined,
    });
  }

  /** Replays the new events and names who is next, for the first freed place that can be used. */
  next({ key, from, lines, ended, policy, skip }: NextRefillTask): NextRefill {
    const opened = this.#opened.get(key);
    const newLines = opened && linesAfter(opened, from, lines);
    if (!newLines) {
      this.#opened.delete(key);
      return { outcome: 'missing' };
    }
    this.#keep(key, opened);
    try {
      apply(opened, newLines);
    } catch (error) {
      // Half-applied lines must not stay.
      this.#opened.delete(key);
      throw error;
    }
    return firstRefill(opened, { ended, policy, skip });
  }

  #keep(key: string, opened: Opened): void {
    this.#opened.delete(key);
    this.#opened.set(key, opened);
    const oldest = this.#opened.keys().next().value;
    if (this.#opened.size > this.#capacity && oldest !== undefined) this.#opened.delete(oldest);
  }
}

/**
 * The lines that the list has not seen; undefined if they do not go on from where it stands. A
 * Redis that fails over may lose its last events and write others: the list is then built again.
 */
function linesAfter(
  { applied, lastLine }: Opened,
  from: number,
  lines: readonly string[],
): readonly string[] | undefined {
  if (applied === 0) return from === 0 ? lines : undefined;
  return from === applied - 1 && lines[0] === lastLine ? lines.slice(1) : undefined;
}

function apply(opened: Opened, lines: readonly string[]): void {
  for (const line of lines) {
    const { kind: _kind, at, ...event } = JSON.parse(line);
    opened.reserve.apply(event as RecordEvent, at); // refused with event_invalid unless it is one
    opened.applied += 1;
    opened.lastLine = line;
  }
}

function firstRefill(
  opened: Opened,
  { ended, policy, skip }: Pick<NextRefillTask, 'ended' | 'policy' | 'skip'>,
): NextRefill {
  for (const { slot } of opened.reserve.freed()) {
    const slotStartMs = opened.starts.get(slot);
    if (slotStartMs === undefined || skip.includes(slot)) continue;
    if (!goesDownTheList({ ended }, opened.types.get(slot) ?? [])) continue;
    const deadlineMs = answerDeadline({ ...policy, slotStartMs });
    if (deadlineMs === undefined) continue;
    const entry = opened.reserve.next(slot);
    if (entry === undefined) continue;
    return { outcome: 'next', seat: opened.seat({ entry, slot }), deadlineMs };
  }
  return { outcome: 'none' };
}
