/** Messages about an appointment, and what it costs to miss it. */
export const appointments = {
  'booked.subject': 'Votre rendez-vous est confirmé',
  'booked.sms':
    '{by, select, none {Rendez-vous confirmé} helper {La personne qui vous aide a accepté un rendez-vous pour vous :} other {Un agent a accepté un rendez-vous pour vous :}}{people, plural, =1 {} other { pour # personnes}} le {slot}. Vous ne pouvez pas venir ? Annulez ici :',
  'booked.note':
    'Votre rendez-vous est confirmé{people, plural, =1 {} other { pour # personnes}} le {slot}.',
  'booked.note.entry': 'Pour le voir ou l’annuler : {url}',
  'booked.intro':
    'Votre rendez-vous est confirmé{people, plural, =1 {} other {, pour # personnes ensemble}}.',
  'booked.proxy':
    '{by, select, helper {La personne ou l’association qui vous aide} other {Un agent de la préfecture}} l’a accepté pour vous. Ce n’était pas votre souhait ? Ouvrez votre inscription avant le {until} et appuyez sur « Ce n’était pas moi » : cela ne vous coûte rien.',
  'booked.day': 'Ce jour-là :',
  'booked.todo': [
    '{people, plural, =1 {Apportez {document}.} other {Venez ensemble. Chacun apporte son document ; pour un enfant sans document, une preuve de sa naissance.}}',
    'Arrivez dix minutes avant l’heure.',
    '{people, plural, =1 {Le rendez-vous est à votre nom : personne ne peut venir à votre place.} other {Le rendez-vous est à vos noms : personne d’autre ne peut venir.}}',
  ],
  'booked.file': 'Le fichier joint ajoute ce rendez-vous à votre calendrier.',
  'booked.cancel':
    'Vous ne pouvez pas venir ? Annulez dès que possible : une autre personne aura votre place, et vous revenez sur la liste d’attente.',
  'booked.link': 'Voir ou annuler mon rendez-vous',

  'cancelled.subject': 'Votre rendez-vous est annulé',
  'cancelled.sms':
    'Votre rendez-vous du {slot} est annulé. {waiting, select, true {Vous revenez sur la liste d’attente{draws, plural, =0 {} one {, sans participer au prochain tirage} other {, sans participer aux # prochains tirages}} :} other {Votre inscription :}}',
  'cancelled.note': 'Votre rendez-vous du {slot} est annulé.',
  'cancelled.intro': 'Votre rendez-vous est annulé :',
  'cancelled.late':
    'Vous revenez sur la liste d’attente. L’annulation est venue trop tard : d’après la règle de la préfecture, vous ne participez pas {draws, plural, one {au prochain tirage} other {aux # prochains tirages}}. Quelque chose vous a empêché de venir ? Écrivez-le sur la page de votre inscription : un agent le lit et décide.',
  'cancelled.waiting':
    'Vous revenez sur la liste d’attente. Vous participez au prochain tirage, vous n’avez rien à faire.',
  'cancelled.left': 'Vous n’êtes plus sur la liste d’attente. Vous pouvez vous inscrire à nouveau.',
  'cancelled.place':
    'Une autre personne peut avoir cette place. Il n’est pas possible de la reprendre.',
  'cancelled.unasked':
    'Vous n’avez pas demandé cette annulation ? Ouvrez votre inscription et écrivez à la préfecture.',

  'absence.subject': 'Votre inscription : une absence est notée',
  'absence.sms':
    '{cause, select, no_show {Personne n’est venu à votre rendez-vous.} other {Vous avez rendu un rendez-vous trop tard.}} Vous ne participez pas {draws, plural, one {au prochain tirage} other {aux # prochains tirages}}. Ce n’est pas votre faute ? Dites pourquoi :',
  'absence.note':
    'Une absence est notée : vous ne participez pas {draws, plural, one {au prochain tirage} other {aux # prochains tirages}}. Vous pouvez dire pourquoi.',
  'absence.intro':
    '{cause, select, no_show {Un agent a noté que personne n’est venu à votre rendez-vous.} other {Vous avez rendu un rendez-vous trop tard : en l’annulant, ou en quittant la liste d’attente.}}',
  'absence.rule':
    'D’après la règle de la préfecture, vous ne participez pas {draws, plural, one {au prochain tirage} other {aux # prochains tirages}}, ni avec cette inscription ni avec une nouvelle pour la même démarche.',
  'absence.explain':
    'C’est une erreur, ou quelque chose vous a empêché de venir ? Écrivez-le sur la page de votre inscription, en quelques mots, dans la langue de votre choix. Un agent lit ce que vous écrivez et décide. S’il vous donne raison, vous participez de nouveau dès le prochain tirage.',
  'absence.link': 'Expliquer pourquoi',

  'absence_decided.subject': 'Votre inscription : une décision est prise',
  'absence_decided.sms':
    '{lifted, select, true {L’absence notée sur votre inscription est retirée.} other {L’absence notée sur votre inscription reste notée, après lecture de vos explications.}} Votre inscription :',
  'absence_decided.note':
    '{lifted, select, true {L’absence notée sur votre inscription est retirée.} other {L’absence notée sur votre inscription reste notée.}}',
  'absence_decided.intro':
    '{lifted, select, true {Un agent a retiré l’absence notée sur votre inscription. Elle ne vous coûte plus rien.} other {Un agent a lu vos explications et a décidé que l’absence reste notée.}}',
  'absence_decided.draws':
    'Vous ne participez pas {draws, plural, one {au prochain tirage} other {aux # prochains tirages}}. Ensuite vous participez de nouveau.',
  'absence_decided.waiting':
    'Vous participez au prochain tirage si vous êtes sur la liste d’attente, vous n’avez rien à faire.',
  'absence_decided.ended':
    'Cette inscription a pris fin. Avec une nouvelle inscription, vous participez dès le prochain tirage.',
  'absence_decided.disagree':
    'Vous n’êtes pas d’accord ? Écrivez à la préfecture ou venez au guichet : une erreur peut encore être corrigée.',
} as const;
