/** Why a helper may not act for an entry. */
export const mandateRefusals = [
  'helper_not_found',
  'mandate_not_found',
  'mandate_expired',
] as const;
