import type { Language } from '../base/languages.ts';
import { textsOf } from './catalogues.ts';

/** What a prefecture says about absences: draws that one costs, and hours before which it is none. */
interface AbsenceRule {
  readonly absenceDraws: number;
  readonly lateCancelHours: number;
}

/** The rule of a prefecture about absences, for people; undefined where there is none. Pure. */
export function absenceRuleText(
  language: Language,
  { absenceDraws: draws, lateCancelHours: hours }: AbsenceRule,
): string | undefined {
  return draws === 0 ? undefined : textsOf('rules', language)('absence', { draws, hours });
}
