/** Who helps people for a living, or by calling. Counted in public, each kind apart. */
export const HELPER_CATEGORIES = ['association', 'lawyer', 'social_service'] as const;
export type HelperCategory = (typeof HELPER_CATEGORIES)[number];

/** Who may end a mandate. */
export const MANDATE_ENDERS = ['person', 'agent', 'helper'] as const;
export type MandateEnder = (typeof MANDATE_ENDERS)[number];

/** When a mandate holds: local dates, both inclusive. */
export interface MandateTerm {
  /** `YYYY-MM-DD`. */
  readonly from: string;
  readonly until: string;
  /** Set once it ended early. */
  readonly ended?: { readonly atMs: number; readonly by: MandateEnder };
}

/** Whether a mandate holds on a local day. Pure. */
export function isMandateCurrent({ from, until, ended }: MandateTerm, day: string): boolean {
  return ended === undefined && from <= day && day <= until;
}

/** Whether a helper may act: it was not revoked. Pure. */
export function mayAct({ revokedAtMs }: { readonly revokedAtMs?: number }): boolean {
  return revokedAtMs === undefined;
}

/**
 * Whether the entry of a mandate that was ended counts no more for the cap of its helper: only where
 * an agent ended it. Who gives mandates back would else enter as many people as it likes. Pure.
 */
export function freesCap({ by }: NonNullable<MandateTerm['ended']>): boolean {
  return by === 'agent';
}
