/** What a form says of its proof of work while the browser does it. No arguments: the script only looks up. */
export const workInBrowser = {
  working:
    'Votre téléphone fait un petit calcul contre les robots : quelques secondes. Remplissez le formulaire pendant ce temps.',
  slow: 'Le calcul dure plus longtemps que d’habitude : une minute environ. Laissez cette page ouverte.',
  ready: 'Le calcul est terminé : vous pouvez envoyer.',
  waiting: 'Encore un instant : l’envoi part tout seul dès que le calcul est terminé.',
  sending: 'Envoi en cours…',
  failed:
    'Le calcul n’a pas pu se faire. Vérifiez votre connexion, puis appuyez de nouveau sur le bouton. Sinon : au guichet, par téléphone ou avec une association, avec les mêmes chances.',
} as const;
