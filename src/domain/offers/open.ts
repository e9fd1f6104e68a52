import type { EntryRecord } from '../entries/entry.ts';
import { isInPool } from '../entries/pool.ts';
import { nextEntryState } from '../entries/state.ts';
import type { Stored } from '../values.ts';
import { type HoldingChange, offerMessage } from './change.ts';
import type { NewOffer, OfferRecord } from './offer.ts';

/** An entry and its offer of a draw, where they exist. */
interface Holdings {
  readonly entry: Stored<EntryRecord> | undefined;
  readonly offer: Stored<OfferRecord> | undefined;
}

/** The change that makes an offer; undefined if the entry does not wait for it any more. */
export function decideOpening(
  given: NewOffer,
  { entry, offer: made }: Holdings,
  drawNumber: number,
): HoldingChange | undefined {
  // This draw is the latest one.
  if (!entry || made || !isInPool(entry.value, drawNumber)) return undefined;
  const { offer, remindAtMs } = termsFor(entry.value, given);
  return {
    offerBefore: '',
    offer,
    entry: {
      raw: entry.raw,
      before: entry.value,
      after: {
        ...entry.value,
        state: nextEntryState(entry.value.state, 'offer'),
        held: { draw: offer.draw, slot: offer.slot },
      },
    },
    place: 'take',
    deadline: offer.deadlineMs,
    ...(remindAtMs === undefined ? {} : { reminder: remindAtMs }),
    message: offerMessage('offer', offer),
    events: offer.via === 'refill' ? [refilled(offer)] : [],
  };
}

/** By post everything takes longer, and a reminder would come too late. */
function termsFor({ letter }: EntryRecord, given: NewOffer) {
  const { remindAtMs, letterDeadlineMs, ...offer } = given;
  return letter && letterDeadlineMs !== undefined
    ? { offer: { ...offer, deadlineMs: letterDeadlineMs }, remindAtMs: undefined }
    : { offer, remindAtMs };
}

function refilled({ entry, slot }: OfferRecord) {
  return { type: 'refilled', entry, slot } as const;
}
