import type { Rejection } from '../../allocator/types.ts';
import { SOURCE_LANGUAGE } from '../../base/languages.ts';
import type { Suspension } from '../absences/rule.ts';
import { type OfferRecord, withoutDeferred } from '../offers/offer.ts';
import type { EntryRecord } from './entry.ts';
import { nextEntryState } from './state.ts';

export type LeaveEvent = 'withdraw' | 'reject' | 'erase' | 'expire';

/**
 * The entry once it has left. Pure.
 *
 * @throws DomainError `entry_settled`
 */
export function entryAfterLeaving(
  entry: EntryRecord,
  event: LeaveEvent,
  nowMs: number,
  {
    suspension,
    rejection,
  }: { suspension?: Suspension | undefined; rejection?: Rejection | undefined },
): EntryRecord {
  const state = nextEntryState(entry.state, event);
  const { held: _held, code: _code, ...left } = entry;
  if (event === 'erase') return erased(entry, nowMs);
  const absence = suspension ? { absence: { ...suspension, state: 'standing' } as const } : {};
  const why = rejection === undefined ? {} : { rejection };
  return { ...left, ...absence, ...why, state, endedAtMs: nowMs };
}

/**
 * What stays of an entry that was erased: what published records and counts say of it anyway, and
 * when it came and went. Written member by member, so that what is added later goes by itself.
 */
function erased(entry: EntryRecord, nowMs: number): EntryRecord {
  const { id, requestType, missed, origin, joinedAtMs, waitingSinceMs, since, counted } = entry;
  return {
    id,
    state: 'erased',
    requestType,
    missed,
    language: SOURCE_LANGUAGE,
    origin,
    identity: '',
    sealed: '',
    joinedAtMs,
    ...(waitingSinceMs === undefined ? {} : { waitingSinceMs }),
    ...(since === undefined ? {} : { since }),
    ...(counted === undefined ? {} : { counted }),
    endedAtMs: nowMs,
  };
}

/** The offer that an entry held when it left: an open one is declined, an appointment given up. Pure. */
export function offerAfterLeaving(offer: OfferRecord, nowMs: number): OfferRecord {
  return offer.state === 'pending'
    ? { ...withoutDeferred(offer), state: 'declined', settledAtMs: nowMs }
    : { ...withoutDeferred(offer), appointment: 'cancelled' };
}
