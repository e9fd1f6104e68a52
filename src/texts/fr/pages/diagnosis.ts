/** What a draw came to for an entry, and why nothing has happened, to its person. */
export const diagnosis = {
  drawn: 'Votre inscription a été tirée au sort : une proposition de rendez-vous lui est due.',
  no_slot_for_type:
    'Aucun créneau de ce tirage ne servait votre démarche. Votre rang n’y est pour rien.',
  availability_too_narrow:
    'Il y avait des créneaux pour votre démarche, mais aucun aux jours, heures et lieux que vous aviez indiqués. Si vous le pouvez, élargissez-les avant le prochain tirage.',
  party_too_large:
    'Il y avait des créneaux pour votre démarche aux jours, heures et lieux que vous aviez indiqués, mais aucun n’avait assez de places pour vous tous. Vous pouvez attendre le prochain tirage, ou laisser une personne continuer seule.',
  cap_reached:
    'Quand le tour de votre inscription est venu, votre démarche avait déjà le nombre de places le plus élevé que les règles lui accordent.',
  rank_too_low:
    'Quand le tour de votre inscription est venu, toutes les places qu’elle pouvait prendre étaient attribuées : à des rangs meilleurs, ou aux places que les règles réservent.',
  refilled: 'Une place libérée lui a ensuite été proposée.',
  not_verified:
    'L’inscription n’est pas confirmée : le code envoyé n’a pas été entré. Elle ne participe à aucun tirage avant.',
  offer_open: 'Un rendez-vous est proposé et attend une réponse.',
  appointment_booked: 'Un rendez-vous est confirmé : l’inscription ne participe plus aux tirages.',
  appointment_done: 'Le rendez-vous a eu lieu.',
  withdrawn: 'L’inscription a quitté la liste d’attente à la demande de la personne.',
  rejected: 'La préfecture a refusé cette inscription.',
  left_unanswered:
    'L’inscription n’est plus active : un délai est passé sans réponse, ou personne n’est venu au rendez-vous.',
  appointment_missed:
    'L’inscription n’est plus active : un agent a noté que personne n’est venu au rendez-vous.',
  erased: 'L’inscription a été effacée.',
  offer_declined:
    'Un rendez-vous de ce tirage a été proposé, et refusé. L’inscription attend de nouveau.',
  offer_expired:
    'Un rendez-vous de ce tirage a été proposé, mais le délai est passé sans réponse. L’inscription attend de nouveau.',
  offer_revoked:
    'Un rendez-vous de ce tirage a été proposé, puis retiré par le service. L’inscription attend de nouveau.',
  appointment_cancelled:
    'Un rendez-vous de ce tirage était confirmé, puis a été annulé. L’inscription attend de nouveau.',
  appointment_revoked:
    'Un rendez-vous de ce tirage était confirmé, puis la préfecture l’a repris. L’inscription attend de nouveau.',
  on_reserve_list:
    'L’inscription est sur la liste complémentaire de ce tirage : une place libérée peut encore lui être proposée.',
  draw_under_way:
    'Un tirage est en cours : la liste est fixée, les propositions ne sont pas toutes parties.',
  draw_void:
    'Ce tirage a été annulé. Il ne compte pour personne ; l’inscription attend le suivant.',
  draw_unindexed:
    'Ce tirage a été fait par une version qui ne garde pas la place de chaque inscription. Le procès-verbal public la donne.',
  joined_after_freeze:
    'La liste du dernier tirage a été fixée avant que cette inscription ne soit sur la liste d’attente.',
  sits_out:
    'Après un rendez-vous manqué ou annulé trop tard, l’inscription passe le prochain tirage. Elle reste sur la liste d’attente.',
  paused: 'Les tirages sont suspendus pour le moment. L’inscription reste valable.',
  draw_planned: 'Le prochain tirage est prévu.',
  no_draw_planned: 'Aucun prochain tirage n’est encore prévu.',
} as const;
