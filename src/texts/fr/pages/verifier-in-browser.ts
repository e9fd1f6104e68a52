/** What the verifier says in a browser. */
export const verifierInBrowser = {
  verified: 'Le tirage est vérifié',
  'verified.more':
    'Tout a été recalculé ici, dans votre navigateur : la liste, la graine, le classement, les places attribuées et ce qui a suivi.',
  void: 'Ce tirage a été annulé : il ne compte pas.',
  future:
    '{events, plural, one {Un événement est daté} other {# événements sont datés}} après l’heure de cet appareil, le premier à la ligne {line} : l’heure de cet appareil est fausse, ou ce procès-verbal a été écrit en avance.',
  differs: 'Ce procès-verbal ne correspond pas au tirage',
  'differs.more':
    'Il a été modifié, ou le tirage n’a pas suivi les règles. Gardez ce fichier et signalez-le.',
  malformed: 'Ce fichier n’est pas un procès-verbal entier et bien formé',
  'malformed.more':
    'Il a été coupé ou modifié, ou c’est un autre fichier. Téléchargez à nouveau le procès-verbal.',
  cancelled: 'Vérification arrêtée',
  'cancelled.more': 'Il n’y a pas de résultat.',
  failed: 'La lecture a échoué',
  refused: 'Ce tirage n’est pas disponible',
  unknownDraw: 'L’adresse de cette page ne désigne aucun tirage. Choisissez un fichier.',
  started: 'Vérification en cours…',
  drawing: 'Tout est lu. Calcul du tirage…',
  drand: 'Hasard : balise publique drand. Sa signature a été vérifiée.',
  backDated:
    'Ce calcul ne montre pas quand le manifeste a été publié : s’il avait été antidaté, après le tour de la balise, on aurait pu en essayer plusieurs jusqu’à ce que le résultat convienne. Seul un témoin extérieur qui l’a reçu avant ce tour le montre.',
  operator:
    'Hasard : secret de l’opérateur. C’est une source plus faible : l’opérateur pouvait se taire, ou ajouter des inscriptions.',
  compare: 'À comparer avec ce qui a été publié avant le tirage',
  at: 'Ligne {line} du fichier. Motif, en anglais :',
  read: '{lines, plural, one {# ligne lue} other {# lignes lues}}',
  'read.share': '{lines, plural, one {# ligne lue} other {# lignes lues}} ({percent})',
  'fact.draw': 'Tirage',
  'fact.prefecture': 'Préfecture',
  'fact.entries': 'Inscriptions',
  'fact.places': 'Places',
  'fact.winners': 'Inscriptions tirées',
  'fact.refills': 'Places redonnées',
  'fact.events': 'Événements après le tirage',
  'fact.manifest': 'Manifeste',
  'fact.outcome': 'Résultat',
  'fact.record': 'Fichier décompressé (sha256sum)',
} as const;
