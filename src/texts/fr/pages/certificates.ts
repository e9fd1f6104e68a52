/** The page that checks certificates and receipts. */
export const certificatesPage = {
  title: 'Vérifier une attestation ou une preuve d’inscription',
  intro:
    'Toute personne peut vérifier ici qu’une attestation de participation, ou une preuve d’inscription, vient bien de ce service et n’a pas été modifiée.',
  file: 'Le fichier PDF',
  'file.hint':
    'Tel qu’il a été reçu. Un PDF enregistré de nouveau par un autre programme n’est plus reconnu.',
  signedText: 'Ou le texte signé',
  'signedText.hint': 'Le texte ou l’adresse que donne le code QR.',
  check: 'Vérifier',
  genuine: 'Authentique.',
  notGenuine: 'Non authentique.',
  certificate: 'Attestation de participation sans rendez-vous attribué',
  receipt: 'Preuve d’inscription sur la liste d’attente',
  prefecture: 'Préfecture',
  requestType: 'Démarche',
  people: 'Personnes ensemble',
  entry: 'Numéro d’inscription',
  issued: 'Établi le',
  joined: 'Inscrite le',
  waiting: 'En attente depuis',
  unverified: 'pas encore : le code envoyé n’avait pas été confirmé',
  void: 'Ce tirage a été déclaré nul : il ne compte pas.',
  open: 'La liste complémentaire était encore ouverte.',
  weaker: 'Le hasard vient d’un secret de l’opérateur : c’est plus faible qu’une balise publique.',
  proves: 'Ce que cela prouve',
  'proves.body':
    'Que ce service a établi ce document, et que rien n’y a été changé. Pas que la personne qui le présente est celle de l’inscription : comparez le numéro d’inscription. Le tirage lui-même se vérifie avec son procès-verbal.',
  privacy:
    'Le document déposé n’est ni conservé ni enregistré. Le texte signé ne contient pas de nom.',
  offline: 'Sans ce service : {command} ({keys}).',
  keys: 'clés publiques',
  attempts:
    '{draws, plural, =0 {Aucun des tirages ci-dessous ne compte : ils sont annulés.} one {Cette inscription a participé à un tirage au sort, sans qu’un rendez-vous lui ait été proposé à la date du document.} other {Cette inscription a participé à # tirages au sort, {weeks, plural, one {la même semaine} other {au cours de # semaines différentes}}, sans qu’un rendez-vous lui ait été proposé à la date du document.}}',
  standing:
    '{date}, semaine {week}, {draw} : rang {rank} sur {entries} ; {waiting} en attente pour la même démarche, {places} places.',
} as const;
