/** The page on which a browser verifies records. */
export const verifierPage = {
  title: 'Vérifier un tirage',
  intro:
    'Choisissez le procès-verbal d’un tirage (record.ndjson). Tout est recalculé sur votre appareil : rien n’est envoyé.',
  needsScript: 'Cette page a besoin de JavaScript.',
  file: 'Procès-verbal : choisissez un fichier, ou déposez-le ici',
  progress: 'Avancement',
  stop: 'Arrêter',
  proves: 'Ce que cela prouve',
  'proves.body':
    'Que le résultat suit des règles, de la liste et du hasard inscrits dans le procès-verbal, et que personne n’y a rien changé depuis. Comparez l’empreinte du manifeste avec celle publiée avant le tirage.',
  'proves.not': 'Cela ne prouve pas que chaque inscription est celle d’une vraie personne.',
  keep: 'Garder cette page',
  download: 'Télécharger cette page',
  'keep.body':
    'Elle tient en un seul fichier et fonctionne sans réseau. Pour savoir si votre copie est la bonne, comparez son empreinte (sha256sum) avec celle que publie un tiers ou que donne le programme.',
} as const;
