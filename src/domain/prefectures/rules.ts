import { jcs } from '../../base/jcs.ts';
import type { Prefecture } from './prefecture.ts';
import type { Settings } from './settings.ts';

type Ruled = Pick<Prefecture, 'rules' | 'settings'>;

/** Settings that decide who stays in draws, and how long an offer can be answered: rules as well. */
const ruling = [
  ...['answerHours', 'minAnswerHours', 'noticeHours', 'quietFrom', 'quietUntil'],
  ...['silencesAllowed', 'absenceDraws', 'lateCancelHours', 'entriesPerContact'],
] as const satisfies readonly (keyof Settings)[];

/** What is public of the rules of a prefecture, whole. Pure. */
export function rulesOf({ rules, settings }: Ruled) {
  return { rules, settings: Object.fromEntries(ruling.map((name) => [name, settings[name]])) };
}

/** Whether a change is one of the rules, which the public register says. Pure. */
export function changesRules(before: Ruled, after: Ruled): boolean {
  return jcs(rulesOf(before)) !== jcs(rulesOf(after));
}
