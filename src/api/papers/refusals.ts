/** Why there is no certificate. */
export const certificateRefusals = [
  'entry_not_found',
  'draw_not_found',
  'participation_not_found',
  'place_offered',
  'certificate_unavailable',
] as const;
