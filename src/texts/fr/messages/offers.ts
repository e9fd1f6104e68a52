/** Messages about an offer. */
export const offers = {
  'offer.subject': 'Un rendez-vous pour vous : répondez avant le {deadlineDay}',
  'offer.sms':
    'Rendez-vous proposé{people, plural, =1 {} other { pour # personnes}} le {slot}. Répondez avant le {deadline}, sinon une autre personne l’aura. Accepter :',
  'offer.note':
    'Un rendez-vous est pour vous{people, plural, =1 {} other { (# personnes)}} le {slot}. Répondez avant le {deadline}.',
  'offer.intro':
    '{people, plural, =1 {Un rendez-vous a été tiré au sort pour vous.} other {Un rendez-vous a été tiré au sort pour vous : # personnes, à la même heure. Vous répondez pour tous.}}',
  'offer.answer': 'Répondez avant le {deadline}.',
  'offer.accept': 'J’accepte ce rendez-vous',
  'offer.decline': 'Je refuse ce rendez-vous',
  'offer.what': [
    'Si vous refusez, le rendez-vous va à une autre personne. Vous restez sur la liste d’attente pour le prochain tirage.',
    'Si vous ne répondez pas, le rendez-vous va aussi à une autre personne. Après plusieurs fois sans réponse, vous quittez la liste.',
  ],
  'offer.bring':
    'Le jour du rendez-vous, {people, plural, =1 {apportez {document}. Le rendez-vous est à votre nom : personne ne peut venir à votre place.} other {venez ensemble. Chacun apporte son document ; pour un enfant sans document, une preuve de sa naissance. Le rendez-vous est à vos noms : personne d’autre ne peut venir.}}',

  'reminder.subject': 'Rappel : répondez avant le {deadlineDay}',
  'reminder.sms':
    'Rappel : rendez-vous{people, plural, =1 {} other { pour # personnes}} le {slot}. Répondez avant le {deadline}, sinon une autre personne l’aura. Accepter :',
  'reminder.note':
    'Rappel : un rendez-vous vous attend{people, plural, =1 {} other { (# personnes)}} le {slot}. Répondez avant le {deadline}.',
  'reminder.intro': 'Nous n’avons pas encore votre réponse. Ce rendez-vous vous attend toujours :',
  'reminder.answer': 'Répondez avant le {deadline}. Après, le rendez-vous va à une autre personne.',
  'reminder.what':
    'Si vous refusez, vous restez sur la liste d’attente pour le prochain tirage. Après plusieurs fois sans réponse, vous quittez la liste.',
  'reminder.bring':
    'Le jour du rendez-vous, {people, plural, =1 {apportez {document}.} other {chacun apporte son document.}}',

  'expired.subject': 'Vous n’avez pas répondu à temps',
  'expired.sms':
    '{waiting, select, true {Vous n’avez pas répondu à temps. Le rendez-vous va à une autre personne. Vous restez sur la liste d’attente :} other {Vous n’avez pas répondu à temps, plusieurs fois. Vous n’êtes plus sur la liste d’attente :}}',
  'expired.note':
    'Vous n’avez pas répondu à temps. Le rendez-vous du {slot} va à une autre personne.',
  'expired.intro':
    'Un rendez-vous vous attendait le {slot}. Vous n’avez pas répondu à temps. Ce rendez-vous va à une autre personne.',
  'expired.waiting':
    'Vous restez sur la liste d’attente. Vous participez au prochain tirage, vous n’avez rien à faire.',
  'expired.leave':
    'Après plusieurs fois sans réponse, vous quittez la liste. Si vous ne voulez plus de rendez-vous, vous pouvez quitter la liste maintenant.',
  'expired.left':
    'Plusieurs fois, nous n’avons pas eu de réponse. Vous n’êtes donc plus sur la liste d’attente.',
  'expired.again':
    'Vous avez encore besoin d’un rendez-vous ? Vous pouvez vous inscrire à nouveau.',

  'revoked.subject':
    '{booked, select, true {Votre rendez-vous est annulé par la préfecture} other {Le rendez-vous proposé n’est plus disponible}}',
  'revoked.sms':
    '{booked, select, true {La préfecture annule votre rendez-vous du {slot}.} other {Le rendez-vous proposé le {slot} n’est plus disponible.}} {first, select, true {Vous passerez en premier au prochain tirage :} other {Vous restez sur la liste d’attente :}}',
  'revoked.note':
    'Le rendez-vous du {slot} n’aura pas lieu. {first, select, true {Vous passerez en premier au prochain tirage.} other {Vous restez sur la liste d’attente.}}',
  'revoked.intro':
    '{booked, select, true {La préfecture doit annuler votre rendez-vous :} other {La préfecture doit retirer le rendez-vous qu’elle vous a proposé :}}',
  'revoked.unopened':
    'Le tirage au sort vous avait donné ce rendez-vous. La préfecture ne peut pas le tenir :',
  'revoked.cause':
    'La raison : {cause, select, strike {une grève} illness {l’absence d’un agent} building {des locaux fermés} holiday {un jour férié} error {une erreur dans le planning} court {une décision de justice} other {un empêchement du service}}.',
  'revoked.first':
    'Vous restez sur la liste d’attente. Au prochain tirage, vous passez avant tout le monde. Ce n’est pas noté comme une absence. Vous n’avez rien à faire.',
  'revoked.sorry':
    'Ne venez pas ce jour-là. Ce n’est pas de votre faute, et nous vous présentons nos excuses.',
  'revoked.waiting':
    'Vous restez sur la liste d’attente. Vous participez au prochain tirage, vous n’avez rien à faire. La raison est publiée sur la page des tirages.',
  'revoked.why': 'Pourquoi ? La page des tirages',
} as const;
