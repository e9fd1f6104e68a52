import type { SlotFault } from './faults.ts';
import { dayOf } from './serving.ts';
import {
  isSamePlan,
  type PlannedSlot,
  plannedPlaces,
  plannedSlot,
  type SlotRecord,
} from './slot.ts';

/** Days whose plan is replaced, both included: dates at the desk. Absent sites: all of them. */
export interface PlanSpan {
  readonly from: string;
  readonly to: string;
  readonly sites?: readonly string[];
}

/** A slot that is there, and how many of its places no draw has. */
export interface PresentSlot {
  readonly slot: SlotRecord;
  readonly free: number;
}

/** What a new plan of some days comes to. Each slot is in one list, as it will be, or was. */
export interface Replacement {
  readonly added: readonly PlannedSlot[];
  readonly changed: readonly PlannedSlot[];
  readonly removed: readonly PlannedSlot[];
  /** They stay otherwise than in the new plan: a draw has places of them, or they have begun. */
  readonly kept: readonly PlannedSlot[];
  readonly unchanged: readonly PlannedSlot[];
}

/** The lists of a replacement. */
export const REPLACEMENT_LISTS = [
  'added',
  'changed',
  'removed',
  'kept',
  'unchanged',
] as const satisfies readonly (keyof Replacement)[];

/** Whether a slot is of the days and sites of a span. Pure. */
export function isInSpan(slot: Pick<SlotRecord, 'site' | 'start'>, span: PlanSpan): boolean {
  return spanFaults(slot, span).length === 0;
}

/** What keeps a slot out of a span, by the member at fault. Pure. */
export function spanFaults(
  { site, start }: Pick<SlotRecord, 'site' | 'start'>,
  { from, to, sites }: PlanSpan,
): SlotFault[] {
  const faults: SlotFault[] = [];
  const day = dayOf({ start });
  if (day < from || day > to) {
    faults.push({ member: 'start', message: `is not from ${from} to ${to}` });
  }
  if (sites && !sites.includes(site)) {
    faults.push({ member: 'site', message: 'is not one of the sites to replace' });
  }
  return faults;
}

/**
 * Compares the slots of a span that are there with those that shall be. What no draw has goes where it
 * is not planned any more, and changes where it is planned otherwise; the rest stays. A repeat finds
 * nothing to do. Pure.
 */
export function planReplacement(
  present: readonly PresentSlot[],
  planned: readonly PlannedSlot[],
  nowMs: number,
): Replacement {
  const lists = emptyLists();
  const wanted = new Map(planned.map((slot) => [slot.id, slot]));
  const known = new Set(present.map(({ slot }) => slot.id));
  for (const { slot: record, free } of present) {
    const before = plannedSlot(record);
    const after = wanted.get(before.id);
    const isFree = free === plannedPlaces(record);
    const hasBegun = Date.parse(before.start) <= nowMs;
    if (after && isSamePlan(before, after)) lists.unchanged.push(before);
    else if (!isFree || (hasBegun && !after)) lists.kept.push(before);
    else if (after) lists.changed.push(after);
    else lists.removed.push(before);
  }
  lists.added.push(...planned.filter(({ id }) => !known.has(id)));
  for (const name of REPLACEMENT_LISTS) lists[name].sort(byTime);
  return lists;
}

function emptyLists(): Record<keyof Replacement, PlannedSlot[]> {
  return { added: [], changed: [], removed: [], kept: [], unchanged: [] };
}

function byTime(a: PlannedSlot, b: PlannedSlot): number {
  const difference = Date.parse(a.start) - Date.parse(b.start);
  return difference || (a.id < b.id ? -1 : 1);
}
