import type { DrawState } from '../draws/state.ts';
import type { SlotClosure } from './closure.ts';
import {
  isSamePlan,
  type PlannedSlot,
  plannedPlaces,
  plannedSlot,
  type SlotPlaces,
  type SlotRecord,
} from './slot.ts';

/** Idle places of a slot in one draw. */
export interface IdlePlaces {
  readonly draw: string;
  readonly state: DrawState;
  readonly places: number;
}

/** A slot, and its places that nobody holds, at one instant. */
export interface SlotStanding {
  readonly slot: SlotRecord;
  /** Places that no draw has taken. */
  readonly free: number;
  /** By draw: those that draws have, and nobody holds. */
  readonly idle: readonly IdlePlaces[];
  /** Set once it was closed: it has no places any more, and stays as it is. */
  readonly closure?: SlotClosure;
}

/** What an agent wants to be otherwise. Absent members stay. */
export type SlotMembers = Partial<Omit<PlannedSlot, 'id'>>;

/** What is to be written: the slot, and what is left of the places that nobody held. */
export interface SlotChange {
  readonly outcome: 'change';
  /** Undefined: it goes. */
  readonly slot: SlotRecord | undefined;
  readonly free: number;
  /** Of the one draw that gives places up. */
  readonly idle?: IdlePlaces;
}

export type SlotDecision =
  | SlotChange
  /** It is so already: a repeat. */
  | { readonly outcome: 'unchanged' }
  /** A draw has places of it that are not free. */
  | { readonly outcome: 'frozen' };

/** Whether no draw has any of its places, and nobody: then it may be anything else. Pure. */
export function isFreeSlot({
  slot,
  free,
  closure,
}: Pick<SlotStanding, 'slot' | 'free' | 'closure'>): boolean {
  return closure === undefined && free === plannedPlaces(slot);
}

/** How many places of a slot are where: of a closed one, nowhere. Pure. */
export function slotPlaces({ slot, free, idle, closure }: SlotStanding): SlotPlaces {
  if (closure) return { free: 0, idle: 0, held: 0 };
  const idlePlaces = idle.reduce((sum, { places }) => sum + places, 0);
  return { free, idle: idlePlaces, held: plannedPlaces(slot) - free - idlePlaces };
}

/**
 * What becomes of a slot that shall be otherwise. One that no draw has touched may become anything; of
 * the others places can be taken out, as far as nobody can get them any more. Pure.
 */
export function decideSlotChange(standing: SlotStanding, members: SlotMembers): SlotDecision {
  const before = plannedSlot(standing.slot);
  const after = { ...before, ...members };
  if (isSamePlan(before, after)) return { outcome: 'unchanged' };
  if (isFreeSlot(standing)) return { outcome: 'change', slot: after, free: after.capacity };
  if (!isSamePlan({ ...before, capacity: after.capacity }, after)) return { outcome: 'frozen' };
  return decideLowering(standing, before.capacity - after.capacity);
}

/** What becomes of a slot that shall go. Pure. */
export function decideSlotRemoval(standing: SlotStanding): SlotDecision {
  if (!isFreeSlot(standing)) return { outcome: 'frozen' };
  return { outcome: 'change', slot: undefined, free: 0 };
}

/**
 * Takes so many places out: first those that no draw has, then idle ones of the published draw. Before
 * a draw is published its winners are not known yet, and any of its places may be theirs.
 */
function decideLowering({ slot, free, idle, closure }: SlotStanding, places: number): SlotDecision {
  if (places < 0 || closure) return { outcome: 'frozen' };
  const lowered = { ...slot, lowered: (slot.lowered ?? 0) + places };
  const ofDraw = Math.max(0, places - free);
  const left = { outcome: 'change', slot: lowered, free: Math.max(0, free - places) } as const;
  if (ofDraw === 0) return left;
  const published = idle.find(({ state }) => state === 'published');
  if (!published || published.places < ofDraw) return { outcome: 'frozen' };
  return { ...left, idle: { ...published, places: published.places - ofDraw } };
}
