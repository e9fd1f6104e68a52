import type { Accepts } from '../../allocator/types.ts';
import type { Language } from '../../base/languages.ts';

const words = {
  fr: {
    days: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
    from: 'de',
    until: 'à',
    notBefore: 'à partir du',
    notAfter: 'jusqu’au',
    anySite: 'tous les lieux',
    any: 'tous les lieux, jours et heures',
    between: ' ; ',
  },
  en: {
    days: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    from: 'from',
    until: 'to',
    notBefore: 'from',
    notAfter: 'until',
    anySite: 'every place',
    any: 'every place, day and time',
    between: '; ',
  },
};

/** What a person accepts, in words. Sites keep their ids, as they were hashed. Pure. */
export function availabilityText(accepts: Accepts | undefined, lang: Language): string {
  const word = words[lang];
  if (!accepts) return word.any;
  const { sites, windows = [], notBefore, notAfter } = accepts;
  const times = windows.map(({ days, from, until }) => {
    const names = days.map((day) => word.days[day - 1] ?? '').join(', ');
    return `${names} ${word.from} ${from} ${word.until} ${until}`;
  });
  return [
    sites ? sites.join(', ') : word.anySite,
    ...times,
    ...(notBefore === undefined ? [] : [`${word.notBefore} ${notBefore}`]),
    ...(notAfter === undefined ? [] : [`${word.notAfter} ${notAfter}`]),
  ].join(word.between);
}
