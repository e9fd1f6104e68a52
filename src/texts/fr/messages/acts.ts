/** Messages about what others did for a person, or to an entry. */
export const acts = {
  'acted.subject':
    '{act, select, availability {Vos disponibilités ont changé} exported {Vos données ont été remises} mandate_ended {Un mandat a pris fin} other {Quelqu’un a répondu pour vous}}',
  'acted.sms':
    '{by, select, helper {La personne qui vous aide} link {Quelqu’un qui a le lien de votre inscription} other {Un agent de la préfecture}} a {act, select, decline {refusé pour vous le rendez-vous proposé} cancel {annulé votre rendez-vous} withdraw {quitté la liste d’attente pour vous} availability {changé vos disponibilités} exported {reçu une copie de vos données} other {mis fin à un mandat}}. {undo, select, true {Ce n’était pas vous ? Annulez ici avant {until} :} other {Ce n’était pas vous ? Voyez :}}',
  'acted.note':
    '{by, select, helper {La personne qui vous aide} link {Quelqu’un qui a le lien de votre inscription} other {Un agent de la préfecture}} a agi pour vous, le {when}.',
  'acted.intro':
    '{by, select, helper {La personne ou l’association qui vous aide} link {Quelqu’un qui a le lien de votre inscription} other {Un agent de la préfecture}} {act, select, decline {a refusé pour vous le rendez-vous qui vous est proposé} cancel {a annulé pour vous votre rendez-vous} withdraw {a demandé pour vous de quitter la liste d’attente} availability {a changé les jours, les heures ou les lieux que vous acceptez} exported {a reçu une copie des données de votre inscription} other {a mis fin au mandat de la personne qui vous aide}}, le {when}.',
  'acted.undo':
    'Ce n’était pas vous ? Ouvrez votre inscription avant le {until} et appuyez sur « Ce n’était pas moi ». Alors rien ne change, et personne d’autre ne reçoit votre place.',
  'acted.final': 'C’était votre demande ? Vous n’avez rien à faire.',
  'acted.contest':
    'Ce n’était pas vous ? Écrivez à la préfecture, avec votre référence. Chaque acte d’un agent est noté dans un journal que personne ne peut changer.',

  'rejected.subject': 'Votre inscription est refusée',
  'rejected.sms':
    'La préfecture a retiré votre inscription de la liste d’attente. Pourquoi, et comment contester :',
  'rejected.note': 'La préfecture a retiré votre inscription de la liste d’attente.',
  'rejected.intro':
    'La préfecture a retiré votre inscription de la liste d’attente. Un agent l’a décidé, pas le tirage.',
  'rejected.fact.reason': 'Raison',
  reason:
    '{reason, select, identity {l’identité donnée n’est pas la bonne} document {le document n’est pas reconnu, ou n’est pas celui de la personne inscrite} ineligible {cette démarche ne correspond pas à votre situation} duplicate {la même personne a une autre inscription pour cette démarche} other {une autre raison, que la préfecture vous dira}}',
  'rejected.contest':
    'Vous n’êtes pas d’accord ? Venez au guichet avec votre document, ou écrivez à la préfecture avec votre référence : une erreur peut être corrigée, et vous pouvez vous inscrire de nouveau.',
  'rejected.appeal':
    'Vous pouvez aussi saisir le Défenseur des droits (gratuit), ou le tribunal administratif dans les deux mois. Une association ou un avocat peut vous aider.',
} as const;
