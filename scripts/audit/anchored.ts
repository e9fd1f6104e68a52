import { hourMs } from '../../src/base/units.ts';
import { Refusal } from '../verify/refusal.ts';
import type { Anchor } from './anchors.ts';

/** Anchors are written each hour if the log has grown; a sweep, or a restart, may be late. */
const anchoredWithinMs = 2 * hourMs;

/** Holds the instants of lines against those of the anchors that cover them. */
export interface AnchorCheck {
  /**
   * Looks at the next line, number `seq` of the log, in place `line` of the file.
   *
   * @throws Refusal 1 if it ought to be anchored and is not.
   */
  add(text: string, place: { readonly seq: number; readonly line: number }): void;
  /** Lines that were older than two hours when the first anchor spoke of them. */
  readonly late: number;
}

/**
 * Begins to look. Who rules Redis can keep the service from writing anchors, by one key; from then on
 * every line can be written anew. So a line older than two hours that no anchor covers is refused, and
 * one dated in the future, which would never grow old.
 */
export function checkAnchored(anchors: readonly Anchor[], nowMs: number): AnchorCheck {
  const bySize = anchors.toSorted((a, b) => a.size - b.size);
  let next = 0;
  let late = 0;
  return {
    add(text, { seq, line }) {
      while ((bySize[next]?.size ?? Number.POSITIVE_INFINITY) <= seq) next += 1;
      const anchor = bySize[next];
      const atMs = instantOf(text);
      const latestMs = (anchor?.atMs ?? nowMs) + anchoredWithinMs;
      if (Number.isNaN(atMs) || atMs > latestMs) throw new Refusal(1, future(line));
      const isOld = (anchor?.atMs ?? nowMs) - atMs > anchoredWithinMs;
      if (isOld && anchor === undefined) throw new Refusal(1, unanchored(line, seq, bySize.at(-1)));
      if (isOld) late += 1;
    },
    get late() {
      return late;
    },
  };
}

/** The chain was checked before: the text is a line. */
function instantOf(text: string): number {
  const { at }: { at?: unknown } = JSON.parse(text);
  return typeof at === 'string' ? Date.parse(at) : Number.NaN;
}

function unanchored(line: number, seq: number, last: Anchor | undefined): string {
  const known = last
    ? `the last anchor, entry ${last.number}, covers ${last.size} lines`
    : 'it has no anchor at all';
  return (
    `not anchored: line ${line} (number ${seq}) is older than two hours, and the public register says nothing ` +
    `of it: ${known}. Lines after that could have been written anew`
  );
}

function future(line: number): string {
  return `line ${line} is dated hours after the anchor that covers it, or after now: its instant is made up`;
}
