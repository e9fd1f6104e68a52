/** Messages about an entry: its code, its welcome, its link, and that it was one too many. */
export const entry = {
  'code.subject': 'Votre code pour la liste d’attente',
  'code.sms': 'Votre code : {code}. Il est valable jusqu’à {time}. Ne le donnez à personne.',
  'code.note': 'Votre code est {code}. Il est valable jusqu’au {expires}.',
  'code.intro': 'Voici votre code pour confirmer votre inscription sur la liste d’attente :',
  'code.fact.code': 'Code',
  'code.fact.expires': 'Valable jusqu’au',
  'code.enter': 'Entrez ce code sur la page de votre inscription.',
  'code.link': 'Ouvrir mon inscription',
  'code.secret':
    'Ne donnez ce code à personne. La préfecture ne vous le demandera jamais par téléphone.',
  'code.unasked':
    'Vous n’avez rien demandé ? Quelqu’un a peut-être écrit votre adresse par erreur. Vous n’avez rien à faire.',

  'welcome.subject': 'Vous êtes sur la liste d’attente',
  'welcome.sms':
    'Vous êtes sur la liste d’attente{people, plural, =1 {} other {, # personnes ensemble}}. Les rendez-vous sont tirés au sort. Nous vous écrirons si un rendez-vous est pour vous.',
  'welcome.note':
    'Vous êtes sur la liste d’attente{people, plural, =1 {} other {, # personnes ensemble}}. Nous vous écrirons si un rendez-vous est pour vous.',
  'welcome.intro':
    'Vous êtes sur la liste d’attente pour un rendez-vous{people, plural, =1 {} other {, # personnes ensemble}}.',
  'welcome.how': 'Comment cela marche :',
  'welcome.steps': [
    'Les rendez-vous sont tirés au sort. Arriver le premier ne sert à rien.',
    'Si un rendez-vous est pour vous, nous vous écrivons. Vous avez du temps pour répondre.',
    'Si ce n’est pas pour cette fois, vous restez sur la liste. Vous n’avez rien à faire.',
    'Vous ne pouvez pas changer le nom. Votre identité est vérifiée au guichet.',
  ],
  'welcome.keep':
    'Gardez ce message. Avec votre secret, vous pouvez voir votre inscription ou quitter la liste. Ne le donnez à personne :',
  'welcome.call':
    'Le code d’appel sert au téléphone ou au guichet : un agent vous le demande avant de répondre pour vous. Ne le donnez à personne d’autre.',

  'link.subject': 'Le lien de votre inscription',
  'link.sms': 'Voici le lien de votre inscription sur la liste d’attente, que vous avez demandé.',
  'link.note': 'Voici le lien de votre inscription, que vous avez demandé.',
  'link.intro': 'Vous avez demandé le lien de votre inscription sur la liste d’attente.',
  'link.secret':
    'Avec votre secret, vous pouvez voir votre inscription, répondre à une proposition ou quitter la liste. Ne le donnez à personne :',
  'link.unasked':
    'Vous n’avez rien demandé ? Vous n’avez rien à faire : ce message n’est arrivé qu’à vous.',

  'duplicate.subject': 'Une de vos inscriptions est retirée',
  'duplicate.sms':
    'Vous aviez plusieurs inscriptions pour la même demande. Une seule compte : celle-ci est retirée, l’autre reste.',
  'duplicate.note':
    'Une inscription est retirée : la même personne en avait plusieurs. L’autre reste.',
  'duplicate.intro':
    'Un agent de la préfecture a constaté que la même personne avait plusieurs inscriptions pour la même demande. Chacun n’en a qu’une : c’est ce qui rend le tirage égal pour tous.',
  'duplicate.fact.request': 'Demande',
  'duplicate.fact.entry': 'Inscription retirée',
  'duplicate.other':
    'Votre autre inscription reste sur la liste d’attente. Vous n’avez rien à faire.',
  'duplicate.mistake':
    'Vous n’avez pas d’autre inscription ? C’est une erreur. Venez au guichet ou écrivez à la préfecture, avec votre document : un agent peut vous inscrire à nouveau.',

  'party.subject': 'Votre inscription a changé',
  'party.sms':
    'Votre inscription compte maintenant {people, plural, =1 {une personne} other {# personnes}}. Vous n’avez rien demandé ? Voyez :',
  'party.note':
    'Votre inscription compte maintenant {people, plural, =1 {une personne} other {# personnes}}.',
  'party.intro':
    'Les personnes de votre inscription ont changé : elle compte maintenant {people, plural, =1 {une personne} other {# personnes}}.',
  'party.places':
    'Au prochain tirage, il faut {people, plural, =1 {une place} other {# places à la même heure}}. Rien d’autre ne change.',
  'party.unasked':
    'Vous n’avez pas demandé ce changement ? Ouvrez votre inscription, ou écrivez à la préfecture.',
} as const;
