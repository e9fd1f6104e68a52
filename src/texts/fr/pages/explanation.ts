/** A draw explained to the person of one entry, as CRPA L. 311-3-1 asks. A lawyer must confirm the wording. */
export const explanation = {
  'title.purpose': 'À quoi sert ce traitement',
  'title.outcome': 'Le résultat pour vous',
  'title.rank': 'Votre rang',
  'title.rules': 'Les règles de ce tirage',
  'title.parameters': 'Ce qui a compté pour vous',
  'title.data': 'Les données utilisées',
  'title.randomness': 'La source du hasard',
  'title.contest': 'Contester, demander des explications',
  purpose:
    'Le tirage au sort répartit les rendez-vous quand il y a plus de demandes que de places. Un algorithme fait le classement et attribue les places ; aucun agent ne choisit parmi les inscriptions.',
  'data.entry':
    'De votre inscription : son numéro, la démarche, vos disponibilités, le nombre de tirages sans proposition et, le cas échéant, la voie prioritaire. Ni votre nom, ni vos coordonnées, ni l’heure de votre inscription. Vous avez fourni la démarche et les disponibilités ; le service compte les tirages.',
  'data.prefecture':
    'De la préfecture : les créneaux libres et les règles, fixés et publiés sous forme d’empreintes avant que le hasard ne soit public.',
  'contest.rights':
    'Cette décision repose sur un traitement algorithmique (code des relations entre le public et l’administration, CRPA, art. L. 311-3-1, R. 311-3-1-1 et R. 311-3-1-2). Vous pouvez demander à la préfecture les règles de ce traitement, les données utilisées et les paramètres appliqués à votre situation ; les principales règles sont publiques (art. L. 312-1-3).',
  'contest.how':
    'Pour contester, écrivez à la préfecture avec votre numéro d’inscription et celui du tirage, jamais votre secret. Vous pouvez aussi saisir le Défenseur des droits (gratuit) ou le tribunal administratif. Une association ou un avocat peut vous aider.',
  void: 'Ce tirage a été annulé : il ne compte pour personne. Voici ce qu’il avait donné.',
  rank: 'Rang {rank} dans le tirage, {rankInType} sur {entries} pour votre démarche : {requestType}.',
  'served.none': 'Aucune place n’a été proposée pour cette démarche dans ce tirage.',
  'served.last':
    'Dernier rang servi pour cette démarche : {rank} dans le tirage ({rankInType} pour la démarche), places libérées comprises. Qui vient à peu de jours, d’heures ou de lieux peut ne rien recevoir avec un meilleur rang.',
  'rule.tickets':
    'Chaque inscription a un ou plusieurs numéros de tirage, calculés avec le hasard publié ; le plus petit compte. Dans l’ordre des rangs, chacune reçoit la première place de son choix qui laisse une place à celles déjà tirées.',
  'rule.priority':
    'Jusqu’à {places, plural, one {# place va} other {# places vont}} d’abord à la voie prioritaire, que deux agents accordent.',
  'rule.quotaMin':
    'Jusqu’à {places, plural, one {# place est} other {# places sont}} d’abord pour votre démarche, s’il y a assez de créneaux et d’inscriptions qui peuvent les prendre.',
  'rule.quotaMax': 'Votre démarche a {places, plural, one {# place} other {# places}} au plus.',
  'rule.ageing':
    'Chaque tirage sans proposition ajoute des numéros de tirage : {each} chaque fois, {most} en tout au plus.',
  'rule.guarantee':
    'À partir de {draws, plural, one {# tirage} other {# tirages}} sans proposition, une inscription est classée avant toutes les autres.',
  'counted.tickets':
    'Tirages sans proposition avant celui-ci : {missed}. Numéros de tirage : {tickets}.',
  'counted.priority':
    'Voie prioritaire : {priority, select, true {oui} other {non}}. Classée avant toutes les autres : {guaranteed, select, true {oui} other {non}}.',
  'counted.owed':
    'La préfecture avait repris un rendez-vous à cette inscription : elle est placée avant toutes les autres.',
  'counted.resting':
    'Cette inscription avait refusé ou perdu un rendez-vous alors qu’elle était classée avant toutes les autres : pour un temps, elle ne l’est plus.',
  'counted.party':
    'Personnes qui viennent ensemble : {people}. Il leur faut autant de places du même créneau. Leur nombre est public dans le registre du tirage.',
  'counted.availability': 'Disponibilités : {availability}.',
  'availability.any': 'tous les lieux, jours et heures',
  'availability.anySite': 'tous les lieux',
  'availability.window': '{days} de {from} à {until}',
  'availability.notBefore': 'à partir du {day}',
  'availability.notAfter': 'jusqu’au {day}',
  'availability.and': '{first} ; {next}',
} as const;
