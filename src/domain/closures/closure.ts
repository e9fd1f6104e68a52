import { CAUSES, type Cause } from '../../allocator/types.ts';
import { localDate } from '../local-time.ts';
import type { SlotRecord } from '../slots/slot.ts';
import type { Labels } from '../values.ts';

/** Why an office closes slots. A court takes back single appointments, not slots. */
export const CLOSURE_CAUSES = [
  'strike',
  'illness',
  'building',
  'holiday',
  'error',
  'other',
] as const satisfies readonly Cause[];
export type ClosureCause = (typeof CLOSURE_CAUSES)[number];

/** Why something is taken back of one person. */
export const REVOCATION_CAUSES = CAUSES;

/** Which slots are closed: those named, or those of a span of days. */
export type ClosureScope =
  | { readonly slots: readonly string[] }
  | {
      /** Local days, `YYYY-MM-DD`, both inclusive. */
      readonly from: string;
      readonly to: string;
      /** Absent: every site. */
      readonly site?: string;
      /** Slots that serve this type, among others; absent: all. */
      readonly requestType?: string;
    };

/** What a closure takes: counted before, when it is planned, or while it is done. */
export interface ClosureCounts {
  /** Open offers. */
  readonly offers: number;
  readonly appointments: number;
  /** People of both. */
  readonly people: number;
}

export const nothingTaken: ClosureCounts = { offers: 0, appointments: 0, people: 0 };

/** Slots that an office closes together, for one cause. Nothing in it is personal. */
export interface ClosureRecord {
  readonly id: string;
  readonly atMs: number;
  /** Id of the key of the agent who closed them. */
  readonly agent: string;
  readonly cause: ClosureCause;
  /** What the office says about it, in public and to those concerned. */
  readonly text?: Labels;
  readonly scope: ClosureScope;
  /** Desks that each slot loses; absent: the slots are closed. One with no more desks is closed. */
  readonly desks?: number;
  /** How many slots. */
  readonly slots: number;
  /** Set once everybody was told. */
  readonly doneAtMs?: number;
}

/** Whether a slot is among those that a closure is to close now: what has begun is over. Pure. */
export function isInScope(
  { id, site, start, requestTypes }: SlotRecord,
  scope: ClosureScope,
  { timeZone, nowMs }: { readonly timeZone: string; readonly nowMs: number },
): boolean {
  const startMs = Date.parse(start);
  if (startMs <= nowMs) return false;
  if ('slots' in scope) return scope.slots.includes(id);
  const day = localDate(startMs, timeZone);
  return (
    scope.from <= day &&
    day <= scope.to &&
    (scope.site === undefined || scope.site === site) &&
    (scope.requestType === undefined || requestTypes.includes(scope.requestType))
  );
}

/** Of which counts of a closure an offer is, once it is taken back. Pure. */
export function closureField(closure: string, what: keyof ClosureCounts): string {
  return `${closure}:${what}`;
}
