import type { Identifier } from '../../base/types.ts';
import type { RecordEvent } from '../types.ts';
import {
  freePlaces,
  type Holding,
  type Leaving,
  named,
  type ReserveState,
  refuse,
  release,
  seat,
} from './reserve-state.ts';

/** An event that is about one entry and one slot. */
type SeatEvent = Extract<RecordEvent, { entry: Identifier; slot: Identifier }>;
type Answer = Exclude<SeatEvent, { type: 'refilled' }>;

/** What an entry must hold of the slot for an event to be possible (§7). */
const needs: Readonly<Record<Answer['type'], readonly Holding['what'][]>> = {
  offered: ['place'],
  extended: ['offer'],
  accepted: ['offer'],
  declined: ['offer'],
  expired: ['offer'],
  cancelled: ['appointment'],
  revoked: ['offer', 'appointment', 'place'],
};

const onlyInV2: readonly unknown[] = ['offered', 'extended', 'rejected', 'closed'];

/**
 * Takes one event into account, if its condition (§7) holds.
 *
 * @param at of the event, `YYYY-MM-DDTHH:MM:SSZ`: instants of this form compare as text.
 * @throws DomainError `event_invalid`. Nothing has changed then.
 */
export function applyEvent(state: ReserveState, event: RecordEvent, at: string): void {
  if (state.isVoid) refuse('nothing may follow a void');
  // Events may come from a stored record, which no type checks.
  if (state.algorithm === 'lottery/v1' && onlyInV2.includes(event.type)) refuseType();
  if (event.type === 'void') state.isVoid = true;
  else if (event.type === 'closed') close(state, event.slot);
  else if (!state.list.kindOf(event.entry)) refuse(`entry ${event.entry} is not of this draw`);
  else if (event.type === 'withdrawn' || event.type === 'rejected') {
    leave(state, event.entry, event.type);
  } else applyToSeat(state, event, at);
}

function refuseType(): never {
  return refuse('no such type of event');
}

function applyToSeat(state: ReserveState, event: SeatEvent, at: string): void {
  if (!state.slots.has(event.slot)) refuse(`slot ${event.slot} is not of this draw`);
  if (event.type === 'refilled') refill(state, event, at);
  else if (Object.hasOwn(needs, event.type)) answer(state, event, at);
  else refuseType();
}

function close(state: ReserveState, slot: Identifier): void {
  if (!state.slots.has(slot)) refuse(`slot ${slot} is not of this draw`);
  if (state.closed.has(slot)) refuse(`slot ${slot} is closed already`);
  state.closed.add(slot);
  state.freed.delete(slot);
  for (const [entry, holding] of state.held) if (holding.slot === slot) release(state, entry);
}

function leave(state: ReserveState, entry: Identifier, how: Leaving): void {
  const before = state.left.get(entry);
  if (before === 'withdrawn') refuse(`entry ${entry} has withdrawn before`);
  if (before) refuse(`entry ${entry} was rejected before`);
  state.left.set(entry, how);
  state.list.remove(entry);
  release(state, entry);
}

function refill(
  state: ReserveState,
  { entry, slot, until }: Extract<SeatEvent, { type: 'refilled' }>,
  at: string,
): void {
  if (state.closed.has(slot)) refuse(`slot ${slot} is closed`);
  if (freePlaces(state, slot) === 0) refuse(`no place of slot ${slot} is freed`);
  const first = named(state, slot);
  if (first !== entry) {
    refuse(`the place of slot ${slot} goes to ${first ?? 'nobody'}, not to ${entry}`);
  }
  const offer = offerOf(state, slot, until, at);
  state.freed.set(slot, freePlaces(state, slot) - (state.list.kindOf(entry)?.places ?? 0));
  seat(state, entry, offer);
}

function answer(state: ReserveState, event: Answer, at: string): void {
  const { entry, slot, type } = event;
  const needed = needs[type];
  const holding = state.held.get(entry);
  if (holding?.slot !== slot || !needed.includes(holding.what)) {
    refuse(`entry ${entry} holds no ${needed.join(' or ')} of slot ${slot}`);
  }
  switch (event.type) {
    case 'offered':
      state.held.set(entry, offerOf(state, slot, event.until, at));
      return;
    case 'extended':
      if (!(event.until > (holding.until ?? ''))) refuse(`until is not after ${holding.until}`);
      state.held.set(entry, { ...holding, until: event.until });
      return;
    case 'accepted':
      state.held.set(entry, { slot, what: 'appointment' });
      return;
    case 'expired':
      if (holding.until !== undefined && at < holding.until) {
        refuse(`the offer stands until ${holding.until}`);
      }
  }
  release(state, entry);
}

/** An offer as it begins; in v2 it says until when it stands. */
function offerOf(
  { algorithm }: ReserveState,
  slot: Identifier,
  until: string | undefined,
  at: string,
): Holding {
  if (algorithm === 'lottery/v1') return { slot, what: 'offer' };
  if (until === undefined || until <= at) refuse(`until is not after ${at}`);
  return { slot, what: 'offer', until };
}
