import { dayMs, hourMs, minuteMs } from '../../base/units.ts';
import { offsetsOf } from '../local-time.ts';

export interface DeadlineInput {
  readonly nowMs: number;
  readonly slotStartMs: number;
  /** IANA name. */
  readonly timeZone: string;
  /** Time to answer, in hours, more than 0. */
  readonly answerHours: number;
  /** `HH:MM`, local. Quiet hours may go past midnight; equal bounds mean there are none. */
  readonly quietFrom: string;
  readonly quietUntil: string;
  /** No offer may still be open nearer to the slot than this. */
  readonly noticeHours: number;
}

/** The same but for the slot: what decides for all offers that are made at one instant. */
export type DeadlinePolicy = Omit<DeadlineInput, 'slotStartMs'>;

/**
 * The instant (ms) at which an offer that is made now ends, or undefined when no time to answer is
 * left before the slot is too near. Pure.
 *
 * A deadline never falls inside the quiet hours, their two ends excepted: it moves forward to their
 * end, or, where that would come too near to the slot, back from the last moment to their
 * beginning. Quiet hours are read from the local wall clock, so they follow changes of summer time.
 *
 * @throws Error if the time zone is unknown to the runtime.
 */
export function answerDeadline(input: DeadlineInput): number | undefined {
  const { nowMs, slotStartMs, answerHours, noticeHours } = input;
  const quiet = quietHours(input);
  const latestMs = slotStartMs - noticeHours * hourMs;
  const wantedMs = quiet.endAt(nowMs + answerHours * hourMs);
  const deadlineMs = wantedMs <= latestMs ? wantedMs : quiet.beginningAt(latestMs);
  return deadlineMs > nowMs ? deadlineMs : undefined;
}

interface QuietHours {
  /** The instant itself when it is not quiet, else the first one after it that is not. */
  endAt(ms: number): number;
  /** The instant itself when it is not quiet, else the last one before it that is not. */
  beginningAt(ms: number): number;
}

function quietHours({ timeZone, quietFrom, quietUntil }: DeadlineInput): QuietHours {
  const offsetAt = offsetsOf(timeZone);
  const fromMs = timeOfDayMs(quietFrom);
  const untilMs = timeOfDayMs(quietUntil);
  const clockMs = (ms: number) => modulo(ms + offsetAt(ms) * minuteMs, dayMs);
  const isQuiet = (ms: number) => {
    const clock = clockMs(ms);
    if (fromMs <= untilMs) return fromMs < clock && clock < untilMs;
    return fromMs < clock || clock < untilMs;
  };
  return {
    endAt(ms) {
      if (!isQuiet(ms)) return ms;
      const endMs = ms + modulo(untilMs - clockMs(ms), dayMs);
      if (offsetAt(endMs) === offsetAt(ms)) return endMs;
      return walk(Math.ceil(ms / minuteMs) * minuteMs, minuteMs, isQuiet);
    },
    beginningAt(ms) {
      if (!isQuiet(ms)) return ms;
      const beginningMs = ms - modulo(clockMs(ms) - fromMs, dayMs);
      if (offsetAt(beginningMs) === offsetAt(ms)) return beginningMs;
      return walk(Math.floor(ms / minuteMs) * minuteMs, -minuteMs, isQuiet);
    },
  };
}

/**
 * Goes minute by minute out of the quiet hours. Only for the two nights a year when the clocks
 * change: an hour may then be skipped or come twice, and quiet hours may begin or end in it.
 */
function walk(startMs: number, stepMs: number, isQuiet: (ms: number) => boolean): number {
  let ms = startMs;
  while (isQuiet(ms)) ms += stepMs;
  return ms;
}

function timeOfDayMs(text: string): number {
  return Number(text.slice(0, 2)) * hourMs + Number(text.slice(3, 5)) * minuteMs;
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
