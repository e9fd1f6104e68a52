import { DomainError } from '../../base/errors.ts';
import type { Identifier } from '../../base/types.ts';
import { startInstantMs } from '../draw/eligibility.ts';
import type { Algorithm, Entry, Rules, Slot, Winner } from '../types.ts';
import { createReserveList, type ReserveList } from './reserve-list.ts';

export interface ReserveInput {
  readonly algorithm: Algorithm;
  readonly entries: readonly Entry[];
  readonly slots: readonly Slot[];
  readonly rules: Rules;
  /** Every entry's id, best rank first. */
  readonly ranking: readonly Identifier[];
  readonly winners: readonly Winner[];
}

/** What an entry holds of a slot: as many places as it has people. */
export interface Holding {
  readonly slot: Identifier;
  /** `place`, in v2: a winner that has not been offered its place yet. */
  readonly what: 'place' | 'offer' | 'appointment';
  /** Of an offer in v2: `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly until?: string;
}

/** How an entry has left. */
export type Leaving = 'withdrawn' | 'rejected';

/** What events change, and what they are judged by. */
export interface ReserveState {
  readonly algorithm: Algorithm;
  readonly list: ReserveList;
  readonly slots: ReadonlyMap<Identifier, Slot>;
  readonly rules: Rules;
  readonly held: Map<Identifier, Holding>;
  readonly left: Map<Identifier, Leaving>;
  /** By slot: places that were given up and not refilled. */
  readonly freed: Map<Identifier, number>;
  /** By request type: places held now. */
  readonly inUse: Map<Identifier, number>;
  /** Slots that have no places any more. */
  readonly closed: Set<Identifier>;
  isVoid: boolean;
}

/** A draw as its outcome leaves it. @throws Error if the parts are not of one draw. */
export function openState(input: ReserveInput): ReserveState {
  const { algorithm, entries, slots, rules, ranking, winners } = input;
  const state: ReserveState = {
    algorithm,
    list: createReserveList(entries, ranking),
    slots: new Map(slots.map((slot) => [slot.id, slot])),
    rules,
    held: new Map(),
    left: new Map(),
    freed: new Map(),
    inUse: new Map(),
    closed: new Set(),
    isVoid: false,
  };
  // In v1 the outcome is the offer; in v2 an event says when it was made, and until when it stands.
  const what = algorithm === 'lottery/v1' ? 'offer' : 'place';
  for (const { entry, slot } of winners) seat(state, entry, { slot, what });
  return state;
}

/** Gives an entry places: by the draw itself, or down the list. */
export function seat(state: ReserveState, entry: Identifier, holding: Holding): void {
  if (!state.slots.has(holding.slot)) throw new Error(`slot ${holding.slot} is not of this draw`);
  state.list.remove(entry);
  state.held.set(entry, holding);
  countInUse(state, entry, 1);
}

/** Takes what an entry holds from it. Its places are free, unless the slot is closed. */
export function release(state: ReserveState, entry: Identifier): void {
  const holding = state.held.get(entry);
  if (!holding) return;
  state.held.delete(entry);
  countInUse(state, entry, -1);
  if (state.closed.has(holding.slot)) return;
  const places = freePlaces(state, holding.slot) + (state.list.kindOf(entry)?.places ?? 0);
  state.freed.set(holding.slot, places);
}

function countInUse({ list, inUse }: ReserveState, entry: Identifier, by: 1 | -1): void {
  const kind = list.kindOf(entry);
  if (!kind) throw new Error(`entry ${entry} is not of this draw`);
  inUse.set(kind.requestType, (inUse.get(kind.requestType) ?? 0) + by * kind.places);
}

/** The places of a slot that were given up and not refilled. */
export function freePlaces({ freed }: ReserveState, slot: Identifier): number {
  return freed.get(slot) ?? 0;
}

/** Whom §6 names for the free places of a slot; undefined if that is nobody. */
export function named(state: ReserveState, slotId: Identifier): Identifier | undefined {
  const slot = state.slots.get(slotId);
  const free = freePlaces(state, slotId);
  if (!slot || state.isVoid || free === 0) return undefined;
  return state.list.first(slot, (type, places) => {
    const after = (state.inUse.get(type) ?? 0) + places;
    return places <= free && after <= maxPlaces(state.rules, type);
  });
}

/** Slots with free places, earliest first, then by id. */
export function freedSlots({
  isVoid,
  freed,
  slots,
}: ReserveState): { slot: Identifier; places: number }[] {
  if (isVoid) return [];
  return [...freed]
    .flatMap(([id, count]) => {
      const slot = slots.get(id);
      return slot && count > 0 ? [{ slot: id, places: count, atMs: startInstantMs(slot) }] : [];
    })
    .sort((a, b) => a.atMs - b.atMs || (a.slot < b.slot ? -1 : 1))
    .map(({ slot, places: count }) => ({ slot, places: count }));
}

/** Only own members count: a request type may be called `constructor`. */
function maxPlaces({ quotas }: Rules, requestType: Identifier): number {
  if (!quotas || !Object.hasOwn(quotas, requestType)) return Number.POSITIVE_INFINITY;
  return quotas[requestType]?.max ?? Number.POSITIVE_INFINITY;
}

/** Refuses an event. @throws DomainError `event_invalid`, always. */
export function refuse(message: string): never {
  throw new DomainError('event_invalid', message);
}
