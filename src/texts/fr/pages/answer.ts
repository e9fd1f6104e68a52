/** The page behind the links of an offer. */
export const answerPage = {
  accept: 'Accepter ce rendez-vous',
  decline: 'Refuser ce rendez-vous',
  'accept.intro': 'Appuyez sur le bouton pour confirmer. Rien n’est encore enregistré.',
  'decline.intro':
    'Appuyez sur le bouton pour refuser. Vous restez sur la liste d’attente, et la place est proposée à la personne suivante.',
  accepted: 'Votre rendez-vous est confirmé',
  'accepted.body':
    'Un message de confirmation vous est envoyé. {people, plural, =1 {Venez avec le document que vous avez déclaré.} other {Venez ensemble, chacun avec son document.}}',
  declined: 'Votre refus est enregistré',
  'declined.body': 'Vous restez sur la liste d’attente.',
  over: 'Cette proposition n’est plus ouverte',
  'over.body':
    'Le délai est passé, une réponse a déjà été donnée, ou le rendez-vous n’existe plus.',
  linkOver: 'Ce lien n’est plus valable',
  'linkOver.body': 'Utilisez le lien du dernier message reçu.',
  bad: 'Ce lien n’est pas valable',
  'bad.body': 'Ouvrez-le tel qu’il se trouve dans votre message.',
  when: 'Date et heure',
  where: 'Lieu',
  before: 'Répondre avant',
  people: 'Personnes',
  'people.together': '{people} ensemble ; vous répondez pour tous',
  'people.booked': '{people} ensemble',
} as const;
