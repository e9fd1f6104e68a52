/** What several kinds of message say. Labels of facts and links, the greeting, the foot. */
export const shared = {
  greeting: 'Bonjour,',
  'greeting.named': 'Bonjour {name},',
  'fact.request': 'Démarche',
  'fact.yourRequest': 'Votre démarche',
  'fact.reference': 'Votre référence',
  'fact.secret': 'Votre secret',
  'fact.callCode': 'Votre code d’appel',
  'fact.people': 'Personnes',
  'fact.names': 'Noms',
  people: '{people, plural, =1 {une} other {# ensemble}}',
  'fact.date': 'Date',
  'fact.time': 'Heure',
  'fact.place': 'Lieu',
  'fact.address': 'Adresse',
  'link.entry': 'Voir mon inscription',
  'note.other': 'Français : {text}',
  'note.entry': 'Votre inscription : {url}',
  'note.accept': 'Pour accepter : {url}',
  'footer.reference': 'Votre référence : {entry}',
  'footer.free':
    'La liste d’attente est gratuite. Personne ne peut vous demander de l’argent pour un rendez-vous.',
  'footer.rules': 'Les règles du tirage, et comment le contester : {url}',
  'footer.automatic': 'Ce message est automatique. Merci de ne pas y répondre.',
  /** How the file of an appointment is called. */
  'calendar.file': 'rendez-vous.ics',
  'calendar.summary': 'Rendez-vous à la préfecture{people, plural, =1 {} other { (# personnes)}}',
  /** What to bring, so that it follows “apportez” in a sentence. */
  'document.agdref': 'le document qui porte votre numéro étranger (10 chiffres)',
  'document.passport': 'le passeport que vous avez indiqué',
  'document.consular': 'la carte consulaire que vous avez indiquée',
  'document.none': 'tout document qui prouve votre identité',
  /** A request that the prefecture has since dropped. */
  'request.dropped': 'votre démarche',
} as const;
