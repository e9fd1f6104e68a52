/** The page of an entry. */
export const entryPage = {
  title: 'Mon inscription',
  number: 'Numéro d’inscription',
  token: 'Votre secret',
  'token.hint':
    'Le texte reçu quand vous vous êtes inscrit. Collez-le en entier. Ne le donnez à personne : qui l’a peut répondre à votre place.',
  open: 'Voir mon inscription',
  publicLink: 'Le tirage : fonctionnement, résultats, contestation',
  requestType: 'Démarche',
  missed: 'Tirages sans proposition',
  owed: 'Au prochain tirage, vous passez avant tout le monde.',
  'owed.more':
    'La préfecture a repris un rendez-vous que vous aviez. Ce n’est pas de votre faute. Vous n’avez rien à faire.',
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
  code: 'Code à 6 chiffres',
  'code.hint': 'Il se trouve dans le message que nous vous avons envoyé.',
  verify: 'Confirmer',
  resend: 'Envoyer un nouveau code',
  'notice.resent': 'Un nouveau code est en route. L’ancien n’est plus valable.',
  back: 'Ne rien changer',
  'state.sitsOut':
    'Vous êtes sur la liste d’attente, mais vous ne participez pas aux prochains tirages.',
  'absence.drawsLeft': 'Tirages auxquels vous ne participez pas encore',
  'absence.cause.no_show': 'Vous n’êtes pas venu à un rendez-vous',
  'absence.cause.late_cancel': 'Vous avez annulé un rendez-vous trop tard',
  'absence.state.standing':
    'Ce n’est pas juste, ou vous aviez un empêchement ? Expliquez-le ci-dessous.',
  'absence.state.appealed':
    'Votre explication a été reçue. Un agent la lit et décide. Vous pouvez encore la remplacer.',
  'absence.state.lifted':
    'La préfecture a accepté votre explication : cette absence ne vous coûte plus aucun tirage.',
  'absence.state.upheld':
    'La préfecture a maintenu sa décision. Vous pouvez la contester : voir le lien ci-dessous.',
  statement: 'Que s’est-il passé ?',
  'statement.hint':
    'Dans votre langue si vous voulez. N’écrivez rien sur votre santé si vous ne le voulez pas. 1000 signes au plus.',
  appeal: 'Envoyer mon explication',
  'notice.appealed': 'Votre explication est bien partie.',
  impediment: 'Vous avez un empêchement ? (facultatif)',
  'impediment.none': 'Je ne souhaite pas le dire',
  'impediment.health': 'Santé',
  'impediment.work': 'Travail',
  'impediment.school': 'École ou examen',
  'impediment.family': 'Famille',
  'impediment.transport': 'Transport',
  'impediment.other': 'Autre',
  'confirm.cancel.question':
    'Annuler votre rendez-vous ? La place est proposée à une autre personne. Vous restez sur la liste d’attente.',
  'confirm.cancel.button': 'Oui, annuler mon rendez-vous',
  'confirm.withdraw.question':
    'Quitter la liste d’attente ? Vous ne participerez plus aux tirages. Un rendez-vous ou une proposition en cours est perdu. C’est définitif pour cette inscription.',
  'confirm.withdraw.button': 'Oui, quitter la liste',
  'state.unverified': 'Votre inscription n’est pas encore confirmée. Entrez le code reçu.',
  'state.waiting': 'Vous êtes sur la liste d’attente et participez au prochain tirage.',
  'state.offered': 'Un rendez-vous vous est proposé. Répondez avant la date limite.',
  'state.booked': 'Votre rendez-vous est confirmé.',
  'state.served': 'Votre rendez-vous a eu lieu.',
  'state.withdrawn': 'Vous avez quitté la liste d’attente.',
  proxy:
    '{by, select, helper {La personne ou l’association qui vous aide} other {Un agent de la préfecture}} {act, select, accept {a accepté ce rendez-vous pour vous} decline {a refusé ce rendez-vous pour vous} cancel {a annulé ce rendez-vous pour vous} other {a demandé pour vous de quitter la liste d’attente}}, le {when}.',
  'proxy.deferred':
    'Vous l’avez demandé ? Vous n’avez rien à faire. Ce n’était pas vous ? Appuyez ici avant le {until} : rien ne change, et votre place reste la vôtre.',
  'proxy.accepted':
    'Vous l’avez demandé ? Vous n’avez rien à faire. Ce n’était pas vous ? Appuyez ici avant le {until} : vous rendez ce rendez-vous et restez sur la liste, sans que cela vous coûte rien.',
  undo: 'Ce n’était pas moi',
  'notice.undone': 'C’est noté : ce qui avait été fait pour vous est sans effet.',
  'call.title': 'Votre code d’appel',
  'call.what':
    'Au téléphone ou au guichet, un agent vous le demande avant de répondre pour vous. Ne l’écrivez pas sur un papier que d’autres voient.',
  'call.new': 'Changer ce code',
  'notice.recalled': 'Votre code d’appel a changé. L’ancien n’est plus valable.',
  'error.final': 'Ce n’est plus possible : le délai est passé, ou il n’y a rien à annuler.',
  'state.rejected': 'La préfecture a refusé cette inscription.',
  'state.expired':
    'Cette inscription n’est plus active : un délai est passé sans réponse, ou personne n’est venu au rendez-vous.',
  'state.erased': 'Cette inscription a été effacée.',
  'error.token':
    'Ce secret ne correspond pas à cette inscription. Vérifiez que vous l’avez collé en entier.',
  'error.code_wrong':
    'Ce n’est pas le bon code. Vérifiez les 6 chiffres. Après cinq essais, demandez-en un nouveau.',
  'error.code_expired': 'Ce code n’est plus valable. Demandez-en un nouveau.',
  'error.too_many': 'Trop d’essais. Attendez un peu, puis recommencez.',
  'error.no_certificate':
    'Il n’y a rien à attester : aucun tirage terminé auquel vous ayez participé sans qu’un rendez-vous vous soit proposé.',
  'error.settled': 'Ce n’est plus possible : le délai est passé, ou une réponse a déjà été donnée.',
  'error.unknown': 'Cette demande n’a pas été comprise. Rien n’a changé.',
  standing: 'Où en est mon inscription ?',
  draws: 'Mes tirages',
  'draws.of': 'Tirage du {when}',
  'draws.weaker': '{found} – hasard : secret de l’opérateur (plus faible qu’une balise publique)',
  'draws.rank': '{found} (rang {rank})',
  'draws.explain': 'Expliquer le tirage du {when}',
  mandate: 'La personne ou l’association qui vous aide',
  'mandate.helper': '{helper} ({category})',
  'mandate.category.association': 'association',
  'mandate.category.lawyer': 'avocat',
  'mandate.category.social_service': 'service social',
  'mandate.over': 'Vous a inscrit, et ne peut plus agir pour vous.',
  'mandate.end': 'Mettre fin à son mandat',
  'mandate.current':
    'Vous a inscrit et peut agir pour vous jusqu’au {until} inclus : voir votre inscription, accepter, refuser ou annuler un rendez-vous, quitter la liste. Vous pouvez y mettre fin.',
  'confirm.end_mandate.question':
    'Mettre fin au mandat ? Cette aide ne verra plus votre inscription et ne pourra plus répondre pour vous. Vous gardez votre place sur la liste. C’est définitif.',
  'confirm.end_mandate.button': 'Oui, mettre fin au mandat',
  party: '{people, plural, =1 {D’autres personnes avec vous ?} other {# personnes ensemble}}',
  'party.public': 'Le nombre de personnes est public, avec le tirage. Les noms ne le sont jamais.',
  'party.parting': 'continuera avec sa propre inscription, quand le tirage en cours sera fini',
  'party.change': 'Changer',
  'party.remove': 'Retirer cette personne',
  'party.remove.hint':
    'Cette personne ne vient plus avec vous. Elle peut faire une inscription à part, sans les tirages passés.',
  'party.split': 'Continuer à part',
  'party.split.hint':
    'Cette personne continue seule, avec sa propre inscription et les tirages passés. Les messages viennent au même contact. On ne peut pas revenir en arrière.',
  'party.add': 'Ajouter une personne',
  'party.add.button': 'Ajouter',
  'notice.parted':
    'C’est noté. Un message arrive dès que la nouvelle inscription est faite : au plus tard avant le prochain tirage.',
  'error.frozen': 'Un tirage est en cours avec cette inscription. Essayez de nouveau plus tard.',
  'error.member':
    'Regardez encore : le nom, et un document de cette personne. Pour un enfant de moins de 18 ans, la date de naissance suffit.',
  'error.member_alone':
    'Une personne sans document ne peut pas continuer seule. Inscrivez-la à part, avec un document.',
  'error.member_taken':
    'Il y a déjà une inscription pour cette personne et cette démarche. Elle doit d’abord prendre fin.',
  'error.party_changed':
    'Les personnes de cette inscription ont changé entre-temps, ou l’une d’elles continue à part. Regardez la liste. Entre deux tirages, un seul de ces changements est possible.',
  'error.party_full':
    'Tant de personnes ne peuvent pas venir ensemble. Faites une autre inscription, ou demandez au guichet.',
  papers: 'Documents à imprimer',
  'papers.receipt': 'Preuve d’inscription (PDF)',
  'papers.name': 'Imprimer mon nom sur l’attestation',
  'papers.certificate': 'Attestation de participation (PDF)',
  'papers.intro':
    'Vous avez participé {draws, plural, one {à un tirage} other {à # tirages, {weeks, plural, one {la même semaine} other {au cours de # semaines différentes}},}} sans qu’un rendez-vous vous ait été proposé. Vous pouvez en apporter la preuve, devant un juge par exemple.',
  'joined.almost':
    'Votre inscription est reçue. Il reste une étape : entrez le code que nous venons d’envoyer.',
  'joined.keep': 'Gardez votre secret',
  'joined.keep.body':
    'Avec le numéro d’inscription (en haut) et ce secret, vous retrouvez votre inscription et vous répondez aux propositions. Copiez-les, ou faites une capture d’écran. Ne les donnez à personne.',
  'joined.secret': 'Votre secret',
  'joined.page': 'La page de votre inscription',
  'joined.code': 'Entrez le code',
} as const;
