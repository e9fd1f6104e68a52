import { DomainError } from '../../base/errors.ts';
import { hourMs } from '../../base/units.ts';

/** Why a person sits out draws: did not come, or gave the appointment up when it was too late. */
export const ABSENCE_CAUSES = ['no_show', 'late_cancel'] as const;
export type AbsenceCause = (typeof ABSENCE_CAUSES)[number];

export const ABSENCE_STATES = ['standing', 'appealed', 'lifted', 'upheld'] as const;
export type AbsenceState = (typeof ABSENCE_STATES)[number];

/** What an agent can decide on an absence. */
export const ABSENCE_DECISIONS = ['lift', 'uphold'] as const;
export type AbsenceDecision = (typeof ABSENCE_DECISIONS)[number];

export type AbsenceEvent = 'appeal' | AbsenceDecision;

/** What kept a person from coming: a closed list, so that nobody has to write down an illness. */
export const IMPEDIMENTS = ['health', 'work', 'school', 'family', 'transport', 'other'] as const;
export type Impediment = (typeof IMPEDIMENTS)[number];

/** The whole life of an absence. A pair missing here cannot happen. */
const transitions: Record<AbsenceState, Partial<Record<AbsenceEvent, AbsenceState>>> = {
  standing: { appeal: 'appealed', lift: 'lifted' },
  appealed: { appeal: 'appealed', lift: 'lifted', uphold: 'upheld' },
  lifted: {},
  // An error can still be mended; an appeal is heard once.
  upheld: { lift: 'lifted' },
};

/**
 * The state of an absence after an event. Pure.
 *
 * @throws DomainError `absence_settled` if it can no longer go that way.
 */
export function nextAbsenceState(state: AbsenceState, event: AbsenceEvent): AbsenceState {
  const next = transitions[state][event];
  if (next) return next;
  throw new DomainError('absence_settled', `cannot ${event} an absence that is ${state}`);
}

/** Whether a person may still appeal against an absence, or replace their appeal. Pure. */
export function mayAppeal(state: AbsenceState): boolean {
  return transitions[state].appeal !== undefined;
}

/** The published rule of a prefecture. */
export interface AbsenceRule {
  /** Draws that a person sits out after an absence; 0: there is no rule. */
  readonly absenceDraws: number;
  /** An appointment given up nearer to its start than this was given up too late. */
  readonly lateCancelHours: number;
}

/** Until the end of which draw a person takes part in none, and why. */
export interface Suspension {
  readonly untilDraw: number;
  readonly cause: AbsenceCause;
}

/** What one cancellation is judged by. */
export interface Cancellation {
  readonly startMs: number;
  readonly nowMs: number;
  readonly impediment: Impediment | undefined;
  /** Whether an impediment has excused this entry before. */
  readonly excused: boolean;
}

/**
 * What a rule makes of a cancellation: nothing, an excuse by a stated impediment (once for an
 * entry), or an absence. Pure.
 */
export function judgeCancellation(
  { absenceDraws, lateCancelHours }: AbsenceRule,
  { startMs, nowMs, impediment, excused }: Cancellation,
): 'in_time' | 'excused' | 'late_cancel' {
  if (absenceDraws === 0 || startMs - nowMs >= lateCancelHours * hourMs) return 'in_time';
  return impediment !== undefined && !excused ? 'excused' : 'late_cancel';
}

/**
 * The number of the last draw that is sat out, when `drawNumber` draws were frozen so far. Each
 * draw counts, the void ones too, so that an absence ends whatever happens. Pure.
 */
export function sitsOutUntil({ absenceDraws }: AbsenceRule, drawNumber: number): number {
  return drawNumber + absenceDraws;
}
