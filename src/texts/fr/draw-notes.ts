/** What is said of a draw wherever it is shown: its randomness, and what it means that it is void. */
export const drawNotes = {
  'entropy.weaker':
    'Source plus faible qu’une balise publique : l’opérateur peut refuser de révéler son secret, ou composer la liste des participants en le connaissant.',
  'entropy.public_beacon':
    'Balise publique que personne ne contrôle ; sa valeur n’existe pas encore quand la liste est fixée et publiée. Que la liste a été publiée avant, seul un témoin extérieur qui l’a reçue le montre.',
  'void.before_freeze':
    'Annulé avant que la liste ne soit fixée : personne n’y a participé, personne n’a rien perdu.',
  'void.before_result':
    'Annulé après que la liste a été fixée, mais avant tout résultat : il n’y a pas de classement. Son manifeste reste public. Toutes les inscriptions attendent le tirage suivant, et les places y passent.',
  'void.after_result':
    'Annulé après son résultat : les propositions et les rendez-vous de ce tirage sont retirés, toutes les inscriptions attendent de nouveau. Son procès-verbal reste public et vérifiable.',
  superseded:
    'Prévu, puis changé ou retiré avant que la liste ne soit fixée : personne n’y a participé, personne n’a rien perdu.',
  'skipped.no_entries':
    'Pas tenu : aucune inscription n’attendait. Rien ne change ; les places restent pour le tirage suivant.',
  'skipped.no_places':
    'Pas tenu : il n’y avait aucune place. Rien ne change pour les inscriptions : ce tirage ne compte pas, et la liste complémentaire du tirage précédent continue.',
} as const;
