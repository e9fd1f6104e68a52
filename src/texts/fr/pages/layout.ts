/** What every page has. */
export const layout = {
  languages: 'Langue',
} as const;
