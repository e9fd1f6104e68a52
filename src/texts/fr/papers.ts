/**
 * What is printed. A certificate states facts and names the decision that asks for them; what follows
 * from them is for the judge to say.
 */
export const papers = {
  /** How files are called. */
  'receipt.file': 'preuve-{entry}.pdf',
  'certificate.file': 'attestation-{entry}.pdf',
  'certificate.drawFile': 'attestation-{entry}-{draw}.pdf',
  'letter.file': 'lettres-{day}-{part}.pdf',
  'receipt.title': 'Preuve d’inscription sur la liste d’attente',
  'receipt.foot': 'Inscription',
  'receipt.intro':
    'Le service de rendez-vous de « {prefecture} » a enregistré l’inscription suivante.',
  'receipt.requestType': 'Démarche',
  'receipt.people': 'Personnes',
  'receipt.names': 'Noms',
  people: '{people, plural, =1 {une} other {# ensemble}}',
  'receipt.entry': 'Numéro d’inscription',
  'receipt.joined': 'Inscrite le',
  'receipt.waiting': 'En attente depuis',
  'receipt.unverified': 'pas encore : le code envoyé n’a pas été confirmé',
  'receipt.made': 'Document établi le',
  'receipt.sentences': [
    'Les rendez-vous sont tirés au sort. La date d’inscription ne donne aucun rang, et personne ne peut vendre une place.',
    'Gardez ce document : il prouve que l’inscription figurait sur la liste, avec cette démarche et ces disponibilités. {people, plural, =1 {Il ne contient ni nom, ni adresse, ni secret.} other {Il porte les noms de ceux qui viennent ensemble, mais ni adresse ni secret.}}',
    'Ce document n’est pas un récépissé de demande de titre de séjour. Il n’autorise ni le séjour ni le travail et ne vaut pas rendez-vous.',
  ],
  'receipt.caption': 'Preuve signée',
  'receipt.alternative':
    'Code QR. Il contient l’adresse de la page de vérification et la preuve d’inscription signée.',
  'receipt.check':
    'Vérifier : lisez le code, ou déposez ce fichier sur {address}. Sans le service : npm run verify -- RECORD --receipt FICHIER --keys CLÉS. Signature Ed25519, clé « {keyId} » ; les clés publiques sont à l’adresse /v1/keys du service.',

  'accepts.sites': 'Lieux acceptés',
  'accepts.windows': 'Horaires acceptés',
  'accepts.dates': 'Dates acceptées',
  'accepts.anySite': 'tous',
  'accepts.anyTime': 'tous',
  'accepts.from': 'à partir du {day}',
  'accepts.until': 'jusqu’au {day}',
  'accepts.more': 'et {count} de plus',

  'certificate.title': 'Attestation de participation sans rendez-vous attribué',
  'certificate.foot': 'Attestation',
  'certificate.intro':
    'Le service de rendez-vous de « {prefecture} » atteste que l’inscription ci-dessous a participé {draws, plural, =1 {à un tirage au sort} other {à # tirages au sort, {weeks, plural, =1 {la même semaine} other {au cours de # semaines différentes}}}}, et qu’à la date de ce document aucun rendez-vous ne lui a été proposé à {draws, plural, =1 {son} other {leur}} issue.',
  'certificate.requestType': 'Démarche',
  'certificate.entry': 'Numéro d’inscription',
  'certificate.name': 'Nom',
  'certificate.name.noted':
    '{name} (tel qu’indiqué à l’inscription ; l’identité est vérifiée au guichet)',
  'certificate.name.leftOut':
    'non imprimé : ce document ne sait pas écrire ses caractères. Le numéro d’inscription fait foi.',
  'certificate.made': 'Document établi le',
  'certificate.columns': [
    'N°',
    'Date et tirage',
    'Semaine',
    'Rang',
    'En attente',
    'Places',
    'Remarques',
  ],
  'certificate.columnsNote':
    'Semaine : semaine civile (ISO 8601). Rang : parmi toutes les inscriptions du tirage, toutes démarches confondues ; le premier rang est servi d’abord. En attente : inscriptions pour la même démarche. Places : celles qui pouvaient servir cette démarche, parfois partagées avec d’autres.',
  'certificate.note': '« {remark} » : {meaning}',
  'certificate.void': 'annulé',
  'certificate.voidNote':
    'tirage déclaré nul par la préfecture après son résultat ; il ne vaut pour personne et n’est pas compté ci-dessus.',
  'certificate.open': 'liste ouverte',
  'certificate.openNote':
    'la liste complémentaire de ce tirage pouvait encore donner une proposition à la date de ce document.',
  'certificate.weaker': 'hasard plus faible',
  'certificate.sentences': [
    'Ce document constate des faits. Il peut être produit devant le juge des référés (article L. 521-3 du code de justice administrative) : selon le Conseil d’État (10 juin 2020, n° 435594), il appartient au demandeur d’établir qu’il n’a pu obtenir de date malgré plusieurs tentatives n’ayant pas été effectuées la même semaine. Il revient au juge seul d’en apprécier la portée.',
    'Ce document n’est pas un récépissé de demande de titre de séjour. Il n’autorise ni le séjour ni le travail et ne vaut pas rendez-vous.',
  ],
  'certificate.check':
    'Vérifier : lisez chaque code, ou déposez ce fichier sur {address}. Sans le service : npm run verify -- --certificate FICHIER --keys CLÉS. Signature Ed25519, clé « {keyId} » ; les clés publiques sont à l’adresse /v1/keys du service. Les codes ne contiennent aucun nom ; le sceau du fichier couvre chaque octet, le nom imprimé compris.',
  'certificate.code': 'Attestation signée',
  'certificate.code.line': 'Attestation signée, ligne {line}',
  'certificate.code.lines': 'Attestation signée, lignes {first} à {last}',
  'certificate.alternative':
    '{caption}. Code QR. Il contient l’adresse de la page de vérification et l’attestation signée.',

  'letter.nameless': 'Inscription {entry}',
  'letter.answer':
    'Pour répondre : au guichet ou par téléphone, avec votre référence, ou avec le code ci-dessous. Ne donnez votre référence à personne d’autre.',
  'letter.caption': 'Répondre avec un téléphone',
  'letter.alternative': 'Code QR qui mène à la page de votre inscription',

  'check.form_unknown':
    'Ce n’est ni une attestation ni une preuve d’inscription de ce service, ou le texte est incomplet.',
  'check.seal_missing':
    'Ce PDF ne porte pas de sceau : il n’a pas été établi par ce service, ou il a été enregistré de nouveau par un autre programme. Essayez avec le fichier d’origine, ou avec le code QR.',
  'check.key_unknown':
    'Le document est signé par une clé qui n’est pas, et n’a jamais été, une clé de ce service.',
  'check.signature_wrong': 'La signature est fausse : au moins un caractère a été changé.',
  'check.content_changed':
    'Ce PDF a été modifié après avoir été scellé : ce qui y est imprimé ne prouve rien.',
  'check.content_unknown':
    'La signature est juste, mais le contenu n’est pas celui d’un document de ce service.',
  'check.draw_differs':
    'La signature est juste, mais le service connaît ce tirage sous une autre empreinte : signalez-le.',
  'check.genuine': 'Ce document est authentique : ce service l’a signé, et rien n’y a été changé.',
} as const;
