import type { Verdict } from '../../../allocator/record/verdict.ts';

/** One text in both languages. */
export interface Bilingual {
  readonly fr: string;
  readonly en: string;
}

type Verified = Extract<Verdict, { verdict: 'verified' }>;

export const texts = {
  verified: { fr: 'Le tirage est vérifié', en: 'The draw is verified' },
  verifiedMore: {
    fr: 'Tout a été recalculé ici, dans votre navigateur : la liste, la graine, le classement, les places attribuées et ce qui a suivi.',
    en: 'All of it was computed again here, in your browser: the list, the seed, the ranking, the places given and what followed.',
  },
  void: {
    fr: 'Ce tirage a été annulé : il ne compte pas.',
    en: 'This draw was declared void: it counts for nothing.',
  },
  differs: {
    fr: 'Ce procès-verbal ne correspond pas au tirage',
    en: 'This record is not what the draw gives',
  },
  differsMore: {
    fr: 'Il a été modifié, ou le tirage n’a pas suivi les règles. Gardez ce fichier et signalez-le.',
    en: 'It was changed, or the draw did not follow the rules. Keep this file and report it.',
  },
  malformed: {
    fr: 'Ce fichier n’est pas un procès-verbal entier et bien formé',
    en: 'This file is not a whole, well-formed record',
  },
  malformedMore: {
    fr: 'Il a été coupé ou modifié, ou c’est un autre fichier. Téléchargez à nouveau le procès-verbal.',
    en: 'It was cut or changed, or is another file. Download the record again.',
  },
  cancelled: { fr: 'Vérification arrêtée', en: 'Check stopped' },
  cancelledMore: { fr: 'Il n’y a pas de résultat.', en: 'There is no result.' },
  failed: { fr: 'La lecture a échoué', en: 'Reading failed' },
  refused: { fr: 'Ce tirage n’est pas disponible', en: 'This draw is not available' },
  unknownDraw: {
    fr: 'L’adresse de cette page ne désigne aucun tirage. Choisissez un fichier.',
    en: 'The address of this page names no draw. Choose a file.',
  },
  started: { fr: 'Vérification en cours…', en: 'Checking…' },
  reading: { fr: 'Lecture', en: 'Reading' },
  drawing: { fr: 'Tout est lu. Calcul du tirage…', en: 'All is read. Computing the draw…' },
  drand: {
    fr: 'Hasard : balise publique drand. Sa signature a été vérifiée.',
    en: 'Randomness: public beacon drand. Its signature was verified.',
  },
  operator: {
    fr: 'Hasard : secret de l’opérateur. C’est une source plus faible : l’opérateur pouvait se taire, ou ajouter des inscriptions.',
    en: 'Randomness: a secret of the operator. This source is weaker: the operator could have stayed silent, or added entries.',
  },
  compare: {
    fr: 'À comparer avec ce qui a été publié avant le tirage',
    en: 'To compare with what was published before the draw',
  },
} as const satisfies Record<string, Bilingual>;

/** What is counted in a verified record, in the order in which it is shown. Pure. */
export function countsOf(verdict: Verified): (Bilingual & { readonly count: number })[] {
  return [
    { fr: 'Inscriptions', en: 'Entries', count: verdict.entries },
    { fr: 'Places', en: 'Places', count: verdict.places },
    { fr: 'Inscriptions tirées', en: 'Entries drawn', count: verdict.winners },
    { fr: 'Places redonnées', en: 'Places given again', count: verdict.refills },
    { fr: 'Événements après le tirage', en: 'Events after the draw', count: verdict.events },
  ];
}

/** Where the first fault is. Pure. */
export function lineText(line: number): Bilingual {
  return {
    fr: `Ligne ${line} du fichier. Motif, en anglais :`,
    en: `Line ${line} of the file. Reason:`,
  };
}

/** How far the reading has come. Pure. */
export function readText(lines: number, percent: number | undefined): Bilingual {
  const [fr, en] = (['fr', 'en'] as const).map((lang) => lines.toLocaleString(lang));
  const share = percent === undefined ? '' : ` (${percent} %)`;
  return { fr: `${fr} lignes lues${share}`, en: `${en} lines read${share}` };
}
