import { isGuaranteed } from '../../allocator/draw/ranking.ts';
import type { Cause, Rules } from '../../allocator/types.ts';
import { recordInstant } from '../../base/instants.ts';
import type { OfDraw } from '../draws/recorded.ts';
import { withDebt, withDebtSettled } from '../entries/amends.ts';
import type { EntryRecord } from '../entries/entry.ts';
import { drawEntry, isInPool } from '../entries/pool.ts';
import { withDrawTaken } from '../entries/resting.ts';
import { nextEntryState } from '../entries/state.ts';
import type { SlotClosure } from '../slots/closure.ts';
import type { Stored } from '../values.ts';
import { type HoldingChange, offerMessage } from './change.ts';
import type { NewOffer, OfferRecord } from './offer.ts';

/** An entry and its offer of a draw, where they exist. */
interface Holdings {
  readonly entry: Stored<EntryRecord> | undefined;
  readonly offer: Stored<OfferRecord> | undefined;
}

/** A draw whose places are offered. */
export interface OpenDraw {
  readonly ofDraw: OfDraw;
  /** By which it ranked. */
  readonly rules: Rules;
}

/** The change that makes an offer; undefined if the entry does not wait for it any more. Pure. */
export function decideOpening(
  given: NewOffer,
  { entry, offer: made }: Holdings,
  { ofDraw, rules }: OpenDraw,
): HoldingChange | undefined {
  if (!entry || made || !isInPool(entry.value, ofDraw.number)) return undefined;
  if (given.tooLate) return takenBack(given, entry, ofDraw, { type: 'revoked', cause: 'other' });
  const { offer, remindAtMs } = termsFor(entry.value, given);
  const inDraw = drawEntry(entry.value, offer.offeredAtMs, rules);
  // Lottery/v1 knows no rest after a guarantee.
  const isFirst = ofDraw.algorithm !== 'lottery/v1' && isGuaranteed(inDraw, rules);
  const after = withDrawTaken(withDebtSettled(entry.value, ofDraw.number));
  return {
    offerBefore: '',
    offer,
    entry: {
      raw: entry.raw,
      before: entry.value,
      after: {
        ...after,
        state: nextEntryState(entry.value.state, 'offer'),
        held: { draw: offer.draw, slot: offer.slot, ...(isFirst ? { guaranteed: true } : {}) },
      },
    },
    place: 'take',
    deadline: offer.deadlineMs,
    ...(remindAtMs === undefined ? {} : { reminder: remindAtMs }),
    message: offerMessage('offer', offer),
    events: [opened(offer)],
  };
}

/**
 * A winner whose place is gone before it was offered: the slot is closed, or too near. It never held
 * an offer, so it waits on as it did, ahead of all in the next draw. Pure.
 */
export function decideUnopened(
  given: NewOffer,
  { entry, offer: made }: Holdings,
  { ofDraw }: OpenDraw,
  { cause, id }: SlotClosure,
): HoldingChange | undefined {
  if (!entry || made || !isInPool(entry.value, ofDraw.number)) return undefined;
  return takenBack(given, entry, ofDraw, { type: 'closed', cause, closure: id });
}

function takenBack(
  given: NewOffer,
  entry: Stored<EntryRecord>,
  { algorithm, number }: OfDraw,
  {
    type,
    cause,
    ...of
  }: {
    readonly type: 'revoked' | 'closed';
    readonly cause: Cause;
    readonly closure?: string;
  },
): HoldingChange {
  const { remindAtMs: _remind, letterDeadlineMs: _letter, tooLate: _late, ...made } = given;
  const gone = { state: 'revoked', settledAtMs: made.offeredAtMs, unopened: true } as const;
  const offer: OfferRecord = { ...made, ...gone, cause, ...of };
  const { entry: id, slot } = offer;
  // The record of lottery/v1 has no other word for a slot that is closed.
  const isSaid = type === 'revoked' || algorithm === 'lottery/v1';
  const after = algorithm === 'lottery/v1' ? entry.value : withDebt(entry.value, number);
  return {
    offerBefore: '',
    offer,
    entry: { raw: entry.raw, before: entry.value, after },
    place: 'keep',
    ...(type === 'closed' ? { closes: cause } : {}),
    message: offerMessage('revoked', offer),
    events: isSaid ? [{ type: 'revoked', entry: id, slot, cause }] : [],
  };
}

/** By post everything takes longer, and a reminder would come too late. */
function termsFor({ letter }: EntryRecord, given: NewOffer) {
  const { remindAtMs, letterDeadlineMs, tooLate: _late, ...offer } = given;
  return letter && letterDeadlineMs !== undefined
    ? { offer: { ...offer, deadlineMs: letterDeadlineMs }, remindAtMs: undefined }
    : { offer, remindAtMs };
}

function opened({ entry, slot, via, deadlineMs }: OfferRecord) {
  const type = via === 'refill' ? 'refilled' : 'offered';
  return { type, entry, slot, until: recordInstant(deadlineMs) } as const;
}
