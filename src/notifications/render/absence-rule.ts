import type { Language } from '../../base/languages.ts';
import type { AbsenceRule } from '../../domain/absences/rule.ts';

/** `aux 2 prochains tirages`, as what somebody does not take part in; '' for none. Pure. */
export function drawsText(lang: Language, draws: number): string {
  if (draws === 0) return '';
  if (lang === 'en') return draws === 1 ? 'the next draw' : `the next ${draws} draws`;
  return draws === 1 ? 'au prochain tirage' : `aux ${draws} prochains tirages`;
}

/** The rule of a prefecture about absences, for people; undefined where there is none. Pure. */
export function absenceRuleText(
  lang: Language,
  { absenceDraws, lateCancelHours }: AbsenceRule,
): string | undefined {
  if (absenceDraws === 0) return undefined;
  const [draws, hours] = [String(absenceDraws), String(lateCancelHours)];
  if (lang === 'en') {
    const next = drawsText(lang, absenceDraws);
    return `If you miss the appointment, or cancel it or leave the waitlist less than ${hours} hours before, you do not take part in ${next}. It happens once for one appointment, and you can say why. If something keeps you from coming, say so when you cancel: the first time it costs nothing.`;
  }
  const next = absenceDraws === 1 ? 'au tirage suivant' : `aux ${draws} tirages suivants`;
  return `Si vous ne venez pas au rendez-vous, ou si vous l’annulez ou quittez la liste d’attente moins de ${hours} heures avant, vous ne participez pas ${next}. Cela ne compte qu’une fois par rendez-vous, et vous pouvez expliquer pourquoi. Si vous avez un empêchement, dites-le en annulant : la première fois, cela ne coûte rien.`;
}
