import { DomainError } from '../../base/errors.ts';
import type { Identifier } from '../../base/types.ts';
import { startInstantMs } from '../draw/eligibility.ts';
import type { Entry, RecordEvent, Rules, Slot, Winner } from '../types.ts';
import { createReserveList, type ReserveList } from './reserve-list.ts';

export interface ReserveInput {
  readonly entries: readonly Entry[];
  readonly slots: readonly Slot[];
  readonly rules: Rules;
  /** Every entry's id, best rank first. */
  readonly ranking: readonly Identifier[];
  readonly winners: readonly Winner[];
}

/** A draw after its outcome: who holds which place, and who gets the next one that is freed. */
export interface Reserve {
  /**
   * Takes one event of the record into account.
   *
   * @throws DomainError `event_invalid` if its condition (lottery/v1 §7) does not hold. Nothing has
   * changed then.
   */
  apply(event: RecordEvent): void;
  /**
   * The entry that lottery/v1 §6 names now for a freed place of a slot. Undefined if no place of
   * it is freed, nobody is left for it, or the draw is void.
   */
  next(slot: Identifier): Identifier | undefined;
  /** The slots that have freed places now, earliest first, then by id. */
  freed(): { slot: Identifier; places: number }[];
}

type SeatEvent = Exclude<RecordEvent, { type: 'withdrawn' | 'void' }>;

interface Holding {
  readonly slot: Identifier;
  readonly what: 'offer' | 'appointment';
}

/** What an entry must hold for an event to be possible (lottery/v1 §7). */
const needs = {
  accepted: ['offer'],
  declined: ['offer'],
  expired: ['offer'],
  cancelled: ['appointment'],
  revoked: ['offer', 'appointment'],
} as const;

/** What events change, and what they are judged by. */
interface State {
  readonly list: ReserveList;
  readonly slots: ReadonlyMap<Identifier, Slot>;
  readonly rules: Rules;
  readonly held: Map<Identifier, Holding>;
  readonly withdrawn: Set<Identifier>;
  /** By slot: places that were given up and not refilled. */
  readonly freed: Map<Identifier, number>;
  /** By request type: offers and appointments held now. */
  readonly inUse: Map<Identifier, number>;
  isVoid: boolean;
}

/**
 * Opens the reserve list of a draw: every winner holds an offer, no place is freed yet. Linear in
 * the size of the draw; all events together pass each entry at most once for each request type,
 * site and moment that had a freed place.
 *
 * @throws Error if the parts are not of one draw (a bug of the caller).
 */
export function openReserve({ entries, slots, rules, ranking, winners }: ReserveInput): Reserve {
  const state: State = {
    list: createReserveList(entries, ranking),
    slots: new Map(slots.map((slot) => [slot.id, slot])),
    rules,
    held: new Map(),
    withdrawn: new Set(),
    freed: new Map(),
    inUse: new Map(),
    isVoid: false,
  };
  for (const winner of winners) seat(state, winner);
  return {
    apply: (event) => apply(state, event),
    next: (slot) => next(state, slot),
    freed: () => freed(state),
  };
}

function apply(state: State, event: RecordEvent): void {
  if (state.isVoid) refuse('nothing may follow a void');
  if (event.type === 'void') {
    state.isVoid = true;
    return;
  }
  if (state.list.requestTypeOf(event.entry) === undefined) {
    refuse(`entry ${event.entry} is not of this draw`);
  }
  if (event.type === 'withdrawn') {
    withdraw(state, event.entry);
    return;
  }
  if (!state.slots.has(event.slot)) refuse(`slot ${event.slot} is not of this draw`);
  if (event.type === 'refilled') refill(state, event);
  else if (Object.hasOwn(needs, event.type)) answer(state, event, event.type);
  // Events may come from a stored record, which no type checks.
  else refuse('no such type of event');
}

function next(state: State, slotId: Identifier): Identifier | undefined {
  const slot = state.slots.get(slotId);
  if (!slot || state.isVoid || freedOf(state, slotId) === 0) return undefined;
  return state.list.first(
    slot,
    (type) => (state.inUse.get(type) ?? 0) < maxPlaces(state.rules, type),
  );
}

function freed({ isVoid, freed: places, slots }: State): { slot: Identifier; places: number }[] {
  if (isVoid) return [];
  return [...places]
    .flatMap(([id, count]) => {
      const slot = slots.get(id);
      return slot && count > 0 ? [{ slot: id, places: count, atMs: startInstantMs(slot) }] : [];
    })
    .sort((a, b) => a.atMs - b.atMs || (a.slot < b.slot ? -1 : 1))
    .map(({ slot, places: count }) => ({ slot, places: count }));
}

function withdraw(state: State, entry: Identifier): void {
  if (state.withdrawn.has(entry)) refuse(`entry ${entry} has withdrawn before`);
  state.withdrawn.add(entry);
  state.list.remove(entry);
  const holding = state.held.get(entry);
  if (holding) release(state, entry, holding.slot);
}

function refill(state: State, { entry, slot }: SeatEvent): void {
  if (freedOf(state, slot) === 0) refuse(`no place of slot ${slot} is freed`);
  const named = next(state, slot);
  if (named !== entry) {
    refuse(`the place of slot ${slot} goes to ${named ?? 'nobody'}, not to ${entry}`);
  }
  state.freed.set(slot, freedOf(state, slot) - 1);
  seat(state, { entry, slot });
}

function answer(
  state: State,
  { entry, slot }: SeatEvent,
  type: Exclude<SeatEvent['type'], 'refilled'>,
): void {
  const holding = state.held.get(entry);
  const needed: readonly string[] = needs[type];
  if (holding?.slot !== slot || !needed.includes(holding.what)) {
    refuse(`entry ${entry} holds no ${needed.join(' or ')} of slot ${slot}`);
  }
  if (type === 'accepted') state.held.set(entry, { slot, what: 'appointment' });
  else release(state, entry, slot);
}

/** Gives an entry an offer: by the draw itself, or down the list. */
function seat(state: State, { entry, slot }: Winner): void {
  if (!state.slots.has(slot)) throw new Error(`slot ${slot} is not of this draw`);
  state.list.remove(entry);
  state.held.set(entry, { slot, what: 'offer' });
  countInUse(state, entry, 1);
}

function release(state: State, entry: Identifier, slot: Identifier): void {
  state.held.delete(entry);
  state.freed.set(slot, freedOf(state, slot) + 1);
  countInUse(state, entry, -1);
}

function countInUse({ list, inUse }: State, entry: Identifier, by: number): void {
  const type = list.requestTypeOf(entry);
  if (type === undefined) throw new Error(`entry ${entry} is not of this draw`);
  inUse.set(type, (inUse.get(type) ?? 0) + by);
}

function freedOf({ freed: places }: State, slot: Identifier): number {
  return places.get(slot) ?? 0;
}

/** Only own members count: a request type may be called `constructor`. */
function maxPlaces({ quotas }: Rules, requestType: Identifier): number {
  if (!quotas || !Object.hasOwn(quotas, requestType)) return Number.POSITIVE_INFINITY;
  return quotas[requestType]?.max ?? Number.POSITIVE_INFINITY;
}

function refuse(message: string): never {
  throw new DomainError('event_invalid', message);
}
