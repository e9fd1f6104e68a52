import type { FindingCode } from '../../domain/participation/diagnosis.ts';
import type { EntryOutcome } from '../../domain/participation/standings.ts';

/** One text in both languages. */
export interface Bilingual {
  readonly fr: string;
  readonly en: string;
}

/** What a draw came to for an entry, to its person. */
export const outcomeTexts: { readonly [outcome in EntryOutcome]: Bilingual } = {
  drawn: {
    fr: 'Votre inscription a été tirée au sort : une proposition de rendez-vous lui est due.',
    en: 'Your entry was drawn: it is owed an offer of an appointment.',
  },
  no_slot_for_type: {
    fr: 'Aucun créneau de ce tirage ne servait votre démarche. Votre rang n’y est pour rien.',
    en: 'No slot of this draw served your request. Your rank has nothing to do with it.',
  },
  availability_too_narrow: {
    fr: 'Il y avait des créneaux pour votre démarche, mais aucun aux jours, heures et lieux que vous aviez indiqués. Si vous le pouvez, élargissez-les avant le prochain tirage.',
    en: 'There were slots for your request, but none on the days, at the times and places that you had given. If you can, widen them before the next draw.',
  },
  cap_reached: {
    fr: 'Quand le tour de votre inscription est venu, votre démarche avait déjà le nombre de places le plus élevé que les règles lui accordent.',
    en: 'When the turn of your entry came, your request had all the places that the rules allow it.',
  },
  rank_too_low: {
    fr: 'Quand le tour de votre inscription est venu, toutes les places qu’elle pouvait prendre étaient attribuées : à des rangs meilleurs, ou aux places que les règles réservent.',
    en: 'When the turn of your entry came, every place that it could take was given: to better ranks, or to places that the rules reserve.',
  },
};

/** Said besides, to who was offered a place that others gave up. */
export const refilledText: Bilingual = {
  fr: 'Une place libérée lui a ensuite été proposée.',
  en: 'A place that was freed was then offered to it.',
};

const { drawn: _drawn, ...reasonTexts } = outcomeTexts;

/** Each finding of a diagnosis, to the person whose entry it is. */
export const findingTexts: { readonly [code in FindingCode]: Bilingual } = {
  ...reasonTexts,
  not_verified: {
    fr: 'L’inscription n’est pas confirmée : le code envoyé n’a pas été entré. Elle ne participe à aucun tirage avant.',
    en: 'The entry is not confirmed: the code that was sent has not been entered. Until then it is in no draw.',
  },
  offer_open: {
    fr: 'Un rendez-vous est proposé et attend une réponse.',
    en: 'An appointment is offered and waits for an answer.',
  },
  appointment_booked: {
    fr: 'Un rendez-vous est confirmé : l’inscription ne participe plus aux tirages.',
    en: 'An appointment is confirmed: the entry takes part in no more draws.',
  },
  appointment_done: { fr: 'Le rendez-vous a eu lieu.', en: 'The appointment has taken place.' },
  withdrawn: {
    fr: 'L’inscription a quitté la liste d’attente à la demande de la personne.',
    en: 'The entry has left the waitlist, as its person asked.',
  },
  rejected: {
    fr: 'La préfecture a refusé cette inscription.',
    en: 'The prefecture has refused this entry.',
  },
  left_unanswered: {
    fr: 'L’inscription n’est plus active : un délai est passé sans réponse, ou personne n’est venu au rendez-vous.',
    en: 'The entry is no longer active: a time limit has passed without an answer, or nobody came to the appointment.',
  },
  appointment_missed: {
    fr: 'L’inscription n’est plus active : un agent a noté que personne n’est venu au rendez-vous.',
    en: 'The entry is no longer active: an agent noted that nobody came to the appointment.',
  },
  erased: { fr: 'L’inscription a été effacée.', en: 'The entry was erased.' },
  offer_declined: {
    fr: 'Un rendez-vous de ce tirage a été proposé, et refusé. L’inscription attend de nouveau.',
    en: 'An appointment of this draw was offered, and declined. The entry waits again.',
  },
  offer_expired: {
    fr: 'Un rendez-vous de ce tirage a été proposé, mais le délai est passé sans réponse. L’inscription attend de nouveau.',
    en: 'An appointment of this draw was offered, but the time passed without an answer. The entry waits again.',
  },
  offer_revoked: {
    fr: 'Un rendez-vous de ce tirage a été proposé, puis retiré par le service. L’inscription attend de nouveau.',
    en: 'An appointment of this draw was offered, then taken back by the service. The entry waits again.',
  },
  appointment_cancelled: {
    fr: 'Un rendez-vous de ce tirage était confirmé, puis a été annulé. L’inscription attend de nouveau.',
    en: 'An appointment of this draw was confirmed, then cancelled. The entry waits again.',
  },
  on_reserve_list: {
    fr: 'L’inscription est sur la liste complémentaire de ce tirage : une place libérée peut encore lui être proposée.',
    en: 'The entry is on the reserve list of this draw: a place that is freed may still be offered to it.',
  },
  draw_under_way: {
    fr: 'Un tirage est en cours : la liste est fixée, les propositions ne sont pas toutes parties.',
    en: 'A draw is under way: its list is fixed, its offers are not all made.',
  },
  draw_void: {
    fr: 'Ce tirage a été annulé. Il ne compte pour personne ; l’inscription attend le suivant.',
    en: 'This draw was declared void. It counts for nobody; the entry waits for the next one.',
  },
  draw_unindexed: {
    fr: 'Ce tirage a été fait par une version qui ne garde pas la place de chaque inscription. Le procès-verbal public la donne.',
    en: 'This draw was made by a version that kept no place for each entry. The public record tells it.',
  },
  joined_after_freeze: {
    fr: 'La liste du dernier tirage a été fixée avant que cette inscription ne soit sur la liste d’attente.',
    en: 'The list of the latest draw was fixed before this entry was on the waitlist.',
  },
  sits_out: {
    fr: 'Après un rendez-vous manqué ou annulé trop tard, l’inscription passe le prochain tirage. Elle reste sur la liste d’attente.',
    en: 'After an appointment that was missed, or given up too late, the entry sits out the next draw. It stays on the waitlist.',
  },
  paused: {
    fr: 'Les tirages sont suspendus pour le moment. L’inscription reste valable.',
    en: 'Draws are suspended for now. The entry stays valid.',
  },
  draw_planned: {
    fr: 'Le prochain tirage est prévu.',
    en: 'The next draw is planned.',
  },
  no_draw_planned: {
    fr: 'Aucun prochain tirage n’est encore prévu.',
    en: 'No next draw is planned yet.',
  },
};
