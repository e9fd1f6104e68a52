/** The page of one draw, to the person of one entry: tickets and proof. */
export const drawPage = {
  draw: 'Numéro du tirage',
  tickets: 'Vos numéros de tirage ({count})',
  'tickets.counts': 'Celui qui compte, le plus petit',
  'tickets.compute': 'Pour le calculer vous-même',
  proof: 'La preuve que vous y étiez',
  'proof.body':
    'Cette ligne est votre inscription telle qu’elle a été fixée. Avec les empreintes ci-dessous elle mène à la racine publiée dans le manifeste : rien n’a pu y être changé ensuite.',
  'proof.leaf': 'Votre ligne',
  'proof.place': 'Sa place (à partir de 0), et combien il y en a',
  'proof.path': 'Les empreintes, de bas en haut',
  'proof.root': 'La racine',
  manifest: 'Le manifeste de ce tirage',
  back: 'Retour à mon inscription',
} as const;
