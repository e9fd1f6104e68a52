/** Rules of a prefecture, in words: on pages and in messages. */
export const rules = {
  absence:
    'Si vous ne venez pas au rendez-vous, ou si vous l’annulez ou quittez la liste d’attente moins de {hours, plural, one {# heure} other {# heures}} avant, vous ne participez pas {draws, plural, one {au tirage suivant} other {aux # tirages suivants}}. Cela ne compte qu’une fois par rendez-vous, et vous pouvez expliquer pourquoi. Si vous avez un empêchement, dites-le en annulant : la première fois, cela ne coûte rien.',
} as const;
