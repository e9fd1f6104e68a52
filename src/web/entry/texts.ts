import type { AbsenceCause, AbsenceState, Impediment } from '../../domain/absences/rule.ts';
import type { EntryState } from '../../domain/entries/state.ts';

interface EntryTexts {
  readonly title: string;
  readonly number: string;
  readonly tokenLabel: string;
  readonly tokenHint: string;
  readonly open: string;
  readonly publicLink: string;
  readonly requestType: string;
  readonly missed: string;
  readonly waiting: string;
  readonly nextDraw: string;
  readonly noDraw: string;
  readonly when: string;
  readonly where: string;
  readonly before: string;
  readonly accept: string;
  readonly decline: string;
  readonly cancel: string;
  readonly withdraw: string;
  readonly codeLabel: string;
  readonly codeHint: string;
  readonly verify: string;
  readonly resend: string;
  readonly resent: string;
  readonly back: string;
  readonly sitting: string;
  readonly drawsLeft: string;
  readonly absenceCauses: { readonly [cause in AbsenceCause]: string };
  readonly absenceStates: { readonly [state in AbsenceState]: string };
  readonly statementLabel: string;
  readonly statementHint: string;
  readonly appeal: string;
  readonly appealed: string;
  readonly impediment: string;
  readonly noImpediment: string;
  readonly impediments: { readonly [impediment in Impediment]: string };
  readonly confirm: { readonly [action in 'cancel' | 'withdraw']: Confirmation };
  readonly states: { readonly [state in EntryState]: string };
  readonly errors: { readonly [code in PageError]: string };
}

interface Confirmation {
  readonly question: string;
  readonly button: string;
}

export type PageError =
  | 'token'
  | 'code_wrong'
  | 'code_expired'
  | 'too_many'
  | 'settled'
  | 'no_certificate'
  | 'unknown';

export const entryTexts: { readonly fr: EntryTexts; readonly en: EntryTexts } = {
  fr: {
    title: 'Mon inscription',
    number: 'Numéro d’inscription',
    tokenLabel: 'Votre secret',
    tokenHint:
      'Le texte reçu quand vous vous êtes inscrit. Collez-le en entier. Ne le donnez à personne : qui l’a peut répondre à votre place.',
    open: 'Voir mon inscription',
    publicLink: 'Le tirage : fonctionnement, résultats, contestation',
    requestType: 'Démarche',
    missed: 'Tirages sans proposition',
    waiting: 'Personnes en attente pour cette démarche',
    nextDraw: 'Prochain tirage',
    noDraw: 'pas encore de date',
    when: 'Date et heure',
    where: 'Lieu',
    before: 'Répondre avant',
    accept: 'Accepter ce rendez-vous',
    decline: 'Refuser ce rendez-vous',
    cancel: 'Annuler ce rendez-vous',
    withdraw: 'Quitter la liste d’attente',
    codeLabel: 'Code à 6 chiffres',
    codeHint: 'Il se trouve dans le message que nous vous avons envoyé.',
    verify: 'Confirmer',
    resend: 'Envoyer un nouveau code',
    resent: 'Un nouveau code est en route. L’ancien n’est plus valable.',
    back: 'Ne rien changer',
    sitting: 'Vous êtes sur la liste d’attente, mais vous ne participez pas aux prochains tirages.',
    drawsLeft: 'Tirages auxquels vous ne participez pas encore',
    absenceCauses: {
      no_show: 'Vous n’êtes pas venu à un rendez-vous',
      late_cancel: 'Vous avez annulé un rendez-vous trop tard',
    },
    absenceStates: {
      standing: 'Ce n’est pas juste, ou vous aviez un empêchement ? Expliquez-le ci-dessous.',
      appealed:
        'Votre explication a été reçue. Un agent la lit et décide. Vous pouvez encore la remplacer.',
      lifted:
        'La préfecture a accepté votre explication : cette absence ne vous coûte plus aucun tirage.',
      upheld:
        'La préfecture a maintenu sa décision. Vous pouvez la contester : voir le lien ci-dessous.',
    },
    statementLabel: 'Que s’est-il passé ?',
    statementHint:
      'Dans votre langue si vous voulez. N’écrivez rien sur votre santé si vous ne le voulez pas. 1000 signes au plus.',
    appeal: 'Envoyer mon explication',
    appealed: 'Votre explication est bien partie.',
    impediment: 'Vous avez un empêchement ? (facultatif)',
    noImpediment: 'Je ne souhaite pas le dire',
    impediments: {
      health: 'Santé',
      work: 'Travail',
      school: 'École ou examen',
      family: 'Famille',
      transport: 'Transport',
      other: 'Autre',
    },
    confirm: {
      cancel: {
        question:
          'Annuler votre rendez-vous ? La place est proposée à une autre personne. Vous restez sur la liste d’attente.',
        button: 'Oui, annuler mon rendez-vous',
      },
      withdraw: {
        question:
          'Quitter la liste d’attente ? Vous ne participerez plus aux tirages. Un rendez-vous ou une proposition en cours est perdu. C’est définitif pour cette inscription.',
        button: 'Oui, quitter la liste',
      },
    },
    states: {
      unverified: 'Votre inscription n’est pas encore confirmée. Entrez le code reçu.',
      waiting: 'Vous êtes sur la liste d’attente et participez au prochain tirage.',
      offered: 'Un rendez-vous vous est proposé. Répondez avant la date limite.',
      booked: 'Votre rendez-vous est confirmé.',
      served: 'Votre rendez-vous a eu lieu.',
      withdrawn: 'Vous avez quitté la liste d’attente.',
      rejected: 'La préfecture a refusé cette inscription.',
      expired:
        'Cette inscription n’est plus active : un délai est passé sans réponse, ou personne n’est venu au rendez-vous.',
      erased: 'Cette inscription a été effacée.',
    },
    errors: {
      token:
        'Ce secret ne correspond pas à cette inscription. Vérifiez que vous l’avez collé en entier.',
      code_wrong:
        'Ce n’est pas le bon code. Vérifiez les 6 chiffres. Après cinq essais, demandez-en un nouveau.',
      code_expired: 'Ce code n’est plus valable. Demandez-en un nouveau.',
      too_many: 'Trop d’essais. Attendez un peu, puis recommencez.',
      no_certificate:
        'Il n’y a rien à attester : aucun tirage terminé auquel vous ayez participé sans qu’un rendez-vous vous soit proposé.',
      settled: 'Ce n’est plus possible : le délai est passé, ou une réponse a déjà été donnée.',
      unknown: 'Cette demande n’a pas été comprise. Rien n’a changé.',
    },
  },
  en: {
    title: 'My entry',
    number: 'Entry number',
    tokenLabel: 'Your secret',
    tokenHint:
      'The text that you received when joining. Paste all of it. Give it to nobody: whoever has it can answer in your place.',
    open: 'See my entry',
    publicLink: 'The draw: how it works, results, how to contest',
    requestType: 'Request',
    missed: 'Draws without an offer',
    waiting: 'People waiting for this request',
    nextDraw: 'Next draw',
    noDraw: 'no date yet',
    when: 'Date and time',
    where: 'Place',
    before: 'Answer before',
    accept: 'Accept this appointment',
    decline: 'Decline this appointment',
    cancel: 'Cancel this appointment',
    withdraw: 'Leave the waitlist',
    codeLabel: 'Code of 6 digits',
    codeHint: 'It is in the message that we sent you.',
    verify: 'Confirm',
    resend: 'Send a new code',
    resent: 'A new code is on its way. The old one is no longer valid.',
    back: 'Change nothing',
    sitting: 'You are on the waitlist, but you do not take part in the next draws.',
    drawsLeft: 'Draws in which you do not take part yet',
    absenceCauses: {
      no_show: 'You did not come to an appointment',
      late_cancel: 'You cancelled an appointment too late',
    },
    absenceStates: {
      standing: 'This is not right, or something kept you from coming? Explain it below.',
      appealed:
        'Your explanation has arrived. An agent reads it and decides. You can still replace it.',
      lifted: 'The prefecture has accepted your explanation: this absence costs you no more draws.',
      upheld: 'The prefecture has kept its decision. You can contest it: see the link below.',
    },
    statementLabel: 'What happened?',
    statementHint:
      'In your own language if you like. Write nothing about your health if you do not want to. 1,000 characters at most.',
    appeal: 'Send my explanation',
    appealed: 'Your explanation is on its way.',
    impediment: 'Does something keep you from coming? (optional)',
    noImpediment: 'I would rather not say',
    impediments: {
      health: 'Health',
      work: 'Work',
      school: 'School or exam',
      family: 'Family',
      transport: 'Transport',
      other: 'Other',
    },
    confirm: {
      cancel: {
        question:
          'Cancel your appointment? The place is offered to another person. You stay on the waitlist.',
        button: 'Yes, cancel my appointment',
      },
      withdraw: {
        question:
          'Leave the waitlist? You will take part in no more draws. An appointment or offer that you hold is lost. This is final for this entry.',
        button: 'Yes, leave the waitlist',
      },
    },
    states: {
      unverified: 'Your entry is not confirmed yet. Enter the code that you received.',
      waiting: 'You are on the waitlist and take part in the next draw.',
      offered: 'An appointment is offered to you. Answer before the deadline.',
      booked: 'Your appointment is confirmed.',
      served: 'Your appointment has taken place.',
      withdrawn: 'You have left the waitlist.',
      rejected: 'The prefecture has refused this entry.',
      expired:
        'This entry is no longer active: a time limit passed without an answer, or nobody came to the appointment.',
      erased: 'This entry was erased.',
    },
    errors: {
      token: 'This secret does not fit this entry. Check that you pasted all of it.',
      code_wrong:
        'This is not the right code. Check the 6 digits. After five tries ask for a new one.',
      code_expired: 'This code is no longer valid. Ask for a new one.',
      too_many: 'Too many tries. Wait a little, then try again.',
      no_certificate:
        'There is nothing to certify: no draw with a result in which you took part without being offered an appointment.',
      settled: 'This is no longer possible: the time is over, or an answer was given already.',
      unknown: 'This request was not understood. Nothing has changed.',
    },
  },
};
