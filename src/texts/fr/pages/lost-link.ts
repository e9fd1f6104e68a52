/** The page where a lost link is asked for. */
export const lostLinkPage = {
  title: 'Lien perdu',
  body: 'Écrivez ce que vous avez donné à l’inscription pour être joint. Si une inscription confirmée existe, son lien et son secret y sont envoyés, une fois par heure au plus.',
  contact: 'Plus d’accès à ce contact ? Montrez votre document au guichet.',
  send: 'Recevoir le lien',
  sent: 'Si une inscription confirmée existe avec ce contact, un message est en route. Regardez aussi les indésirables (spam).',
  join: 'Pas encore inscrit ?',
  back: 'Le tirage : fonctionnement, résultats, contestation',
} as const;
