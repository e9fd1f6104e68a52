import { dayMs } from '../../base/units.ts';
import type { DrawRecord } from './draw.ts';
import { sharesTypes } from './reserves.ts';

/** So long after a draw was declared void another of its types says that it follows it. */
export const AFTER_VOID_DAYS = 14;

/** Draws planned earlier than so long ago are not asked: nothing of theirs is still open. */
export const ASKED_DAYS = 90;

type Next = Pick<DrawRecord, 'id' | 'requestTypes' | 'replaces'>;

/**
 * The void draws that a draw comes after without being their repeat, by their ids: void since fourteen
 * days at most, for some of its request types, with a manifest, so that somebody could know what would
 * come of them, and with neither a repeat nor a draw of these types held since. Whoever makes a draw
 * void and plans a plain new one is marked as if it had been called a repeat. Pure.
 */
export function voidBefore(draws: readonly DrawRecord[], next: Next, nowMs: number): string[] {
  const isHeld = ({ state }: DrawRecord) => state === 'published' || state === 'closed';
  const isUnanswered = (draw: DrawRecord) =>
    draw.voided !== undefined &&
    draw.manifestHash !== undefined &&
    draw.repeatedBy === undefined &&
    draw.id !== next.id &&
    draw.id !== next.replaces &&
    nowMs - draw.voided.atMs <= AFTER_VOID_DAYS * dayMs &&
    sharesTypes(draw, next);
  const isSettled = (draw: DrawRecord) =>
    draws.some(
      (later) =>
        isHeld(later) && (later.number ?? 0) > (draw.number ?? 0) && sharesTypes(later, draw),
    );
  return draws
    .filter((draw) => isUnanswered(draw) && !isSettled(draw))
    .map(({ id }) => id)
    .sort();
}
