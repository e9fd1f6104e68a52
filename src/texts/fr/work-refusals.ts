/** Why a proof of work was not taken. */
export const workRefusals = {
  missing: 'Un petit calcul est demandé à votre appareil.',
  invalid: 'Le calcul reçu n’est pas celui qui était demandé.',
  expired: 'Le calcul reçu est trop ancien : il en faut un autre.',
  spent: 'Ce calcul a déjà servi : il en faut un autre.',
  light:
    'Beaucoup d’inscriptions viennent du même réseau ou du même domaine : un calcul plus long est demandé.',
  otherWays:
    'Sans appareil qui en soit capable : au guichet, par téléphone ou avec une association.',
} as const;
