/** What people see who ask for what there is not, or cannot be had now. */
export const refusedPage = {
  missing: 'Page introuvable',
  'missing.body': 'Vérifiez l’adresse, ou ouvrez le lien de votre message.',
  busy: 'Trop de demandes',
  'busy.body': 'Attendez une minute, puis recommencez. Vous ne perdez pas votre tour.',
  other: 'Demande impossible',
  'other.body': 'Rien n’a changé. Revenez en arrière et recommencez.',
  down: 'Service indisponible',
  'down.body': 'Réessayez dans quelques minutes. Vous ne perdez pas votre tour.',
} as const;
