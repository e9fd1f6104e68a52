import { hourMs } from '../../base/units.ts';
import type { Settings } from '../prefectures/settings.ts';
import type { DeadlinePolicy } from './deadline.ts';
import { answerDeadline } from './deadline.ts';
import type { NewOffer, OfferWay, Seat } from './offer.ts';

/** What decides until when an offer made at `nowMs` may be answered. Pure. */
export function deadlinePolicy(settings: Settings, nowMs: number): DeadlinePolicy {
  const { timeZone, answerHours, quietFrom, quietUntil, noticeHours } = settings;
  return { nowMs, timeZone, answerHours, quietFrom, quietUntil, noticeHours };
}

/** The same for people who are reached by post: what it takes, there and back, is added. Pure. */
export function letterPolicy(settings: Settings, nowMs: number): DeadlinePolicy {
  const policy = deadlinePolicy(settings, nowMs);
  return { ...policy, answerHours: policy.answerHours + settings.letterHours };
}

/** The end of an offer made now, for slots that begin at the same instant computed once. */
export function deadlines(policy: DeadlinePolicy): (slotStart: string) => number | undefined {
  const known = new Map<string, number | undefined>();
  return (slotStart) => {
    if (!known.has(slotStart)) {
      known.set(slotStart, answerDeadline({ ...policy, slotStartMs: Date.parse(slotStart) }));
    }
    return known.get(slotStart);
  };
}

/**
 * When to remind of an offer: some hours before its end; never, if that leaves less than half of
 * the time to answer. Pure.
 */
export function reminderAt(
  { reminderHours }: Settings,
  offeredAtMs: number,
  deadlineMs: number,
): number | undefined {
  const atMs = deadlineMs - reminderHours * hourMs;
  const halfwayMs = (offeredAtMs + deadlineMs) / 2;
  return reminderHours > 0 && atMs >= halfwayMs ? atMs : undefined;
}

/** The offer of a seat. Pure. */
export function newOffer(
  seat: Seat,
  terms: {
    readonly draw: string;
    readonly via: OfferWay;
    readonly settings: Settings;
    readonly nowMs: number;
    readonly deadlineMs: number;
    /** For people who are reached by post. Absent: the same. */
    readonly letterDeadlineMs?: number | undefined;
    readonly tooLate?: boolean;
  },
): NewOffer {
  const { draw, via, settings, nowMs, deadlineMs, letterDeadlineMs, tooLate } = terms;
  const remindAtMs = reminderAt(settings, nowMs, deadlineMs);
  return {
    ...seat,
    draw,
    via,
    state: 'pending',
    offeredAtMs: nowMs,
    deadlineMs,
    ...(remindAtMs === undefined ? {} : { remindAtMs }),
    ...(letterDeadlineMs === undefined ? {} : { letterDeadlineMs }),
    ...(tooLate ? { tooLate } : {}),
  };
}
