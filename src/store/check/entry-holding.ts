import type { EntryRecord } from '../../domain/entries/entry.ts';
import { offerId } from '../../domain/offers/id.ts';
import type { OfferRecord } from '../../domain/offers/offer.ts';
import { decodeOffer } from '../offers/codec.ts';
import type { Judge } from './items.ts';
import { text } from './read.ts';

/** Who holds an offer or an appointment: the offer says the same, and its deadline is kept. */
export const holding: Judge<EntryRecord> = {
  name: 'offers held',
  needs({ id, held }, { keys }) {
    if (!held) return [];
    const deadline = ['zscore', keys.deadlines, offerId(held.draw, id)] as const;
    return [['hget', keys.drawOffers(held.draw), id], deadline];
  },
  judge(entry, replies) {
    const { id, state, held } = entry;
    const holds = state === 'offered' || state === 'booked' || state === 'served';
    if (!held) return holds ? [`is ${state} and holds nothing`] : [];
    if (!holds) return [`is ${state} and holds a place`];
    const raw = text(replies[0]);
    if (raw === null) return [`is ${state} by an offer of ${held.draw} that is not there`];
    const offer = decodeQuietly(held.draw, id, raw);
    if (!offer) return []; // said of the offer itself
    const faults = fits(entry, offer) ? [] : [`is ${state} and its offer is ${stateOf(offer)}`];
    if (offer.slot !== held.slot) faults.push('holds another slot than its offer');
    if (state === 'offered' && text(replies[1]) === null)
      faults.push('is offered without a deadline');
    return faults;
  },
};

function fits({ state }: EntryRecord, { state: offer, appointment }: OfferRecord): boolean {
  if (state === 'offered') return offer === 'pending';
  return appointment === (state === 'booked' ? 'booked' : 'attended');
}

function stateOf({ state, appointment }: OfferRecord): string {
  return appointment ?? state;
}

function decodeQuietly(draw: string, entry: string, raw: string): OfferRecord | undefined {
  try {
    return decodeOffer(draw, entry, raw);
  } catch {
    return undefined;
  }
}
