/** What the form says of its proof of work, in the language of the page. */
export const texts = {
  fr: {
    working:
      'Votre téléphone fait un petit calcul contre les robots : quelques secondes. Remplissez le formulaire pendant ce temps.',
    slow: 'Le calcul dure plus longtemps que d’habitude : une minute environ. Laissez cette page ouverte.',
    ready: 'Le calcul est terminé : vous pouvez envoyer.',
    waiting: 'Encore un instant : l’envoi part tout seul dès que le calcul est terminé.',
    sending: 'Envoi en cours…',
    failed:
      'Le calcul n’a pas pu se faire. Vérifiez votre connexion, puis appuyez de nouveau sur le bouton. Sinon : au guichet, par téléphone ou avec une association, avec les mêmes chances.',
  },
  en: {
    working:
      'Your telephone does a small computation against robots: some seconds. Fill in the form meanwhile.',
    slow: 'The computation takes longer than usual: about a minute. Leave this page open.',
    ready: 'The computation is done: you can send.',
    waiting: 'One moment: it is sent by itself as soon as the computation is done.',
    sending: 'Sending…',
    failed:
      'The computation did not work. Check your connection, then press the button again. Or else: at the desk, by telephone or through an association, with the same chance.',
  },
} as const;
