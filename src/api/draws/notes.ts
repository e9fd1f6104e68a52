import type { VoidStage } from '../../domain/draws/state.ts';
import type { Strength } from '../../domain/draws/strength.ts';
import type { InEveryLanguage } from '../../domain/values.ts';

/** What is said of a source of randomness wherever a draw of it is shown, as lottery/v1 demands. */
export const entropyNotes = {
  weaker: {
    fr: 'Source plus faible qu’une balise publique : l’opérateur peut refuser de révéler son secret, ou composer la liste des participants en le connaissant.',
    en: 'Weaker than a public beacon: the operator can refuse to reveal the secret, or choose who takes part while knowing it.',
  },
  public_beacon: {
    fr: 'Balise publique que personne ne contrôle ; sa valeur n’existe pas encore quand la liste est fixée et publiée.',
    en: 'A public beacon that nobody controls; its value does not exist yet when the draw is frozen and published.',
  },
} as const satisfies Record<Strength, InEveryLanguage>;

/** What a void draw means for those who waited, by how far it had come. */
export const voidNotes: Readonly<Record<VoidStage, InEveryLanguage>> = {
  before_freeze: {
    fr: 'Annulé avant que la liste ne soit fixée : personne n’y a participé, personne n’a rien perdu.',
    en: 'Declared void before its list was fixed: nobody took part in it, nobody lost anything.',
  },
  before_result: {
    fr: 'Annulé après que la liste a été fixée, mais avant tout résultat : il n’y a ni classement ni procès-verbal. Son manifeste reste public. Toutes les inscriptions attendent le tirage suivant, et les places y passent.',
    en: 'Declared void after its list was fixed, but before any result: there is no ranking and no record. Its manifest stays public. All entries wait for the next draw, and the places go into it.',
  },
  after_result: {
    fr: 'Annulé après son résultat : les propositions et les rendez-vous de ce tirage sont retirés, toutes les inscriptions attendent de nouveau. Son procès-verbal reste public et vérifiable.',
    en: 'Declared void after its result: its offers and appointments are taken back, all entries wait again. Its record stays public, and can be checked.',
  },
};
