import { offerId, parseOfferId } from '../../domain/offers/id.ts';
import type { OfferRecord } from '../../domain/offers/offer.ts';
import { decodeOffer } from '../offers/codec.ts';
import { itemInvariant, type Judge } from './items.ts';
import { decodeQuietly } from './named-entries.ts';
import { pagesOfDrawIds, text } from './read.ts';
import type { CheckContext, Invariant } from './types.ts';

/** Who has an open offer or an appointment holds it: from the offer to the entry. */
const heldByEntry: Judge<OfferRecord> = {
  name: 'offers held',
  needs: ({ entry }, { keys }) => [['hget', keys.entries, entry]],
  judge({ draw, entry: id, state, appointment }, [reply]) {
    const wanted =
      state === 'pending' ? 'offered' : appointment === 'booked' ? 'booked' : undefined;
    if (!wanted) return [];
    const raw = text(reply);
    if (raw === null) return ['is open and its entry is not there'];
    const entry = decodeQuietly(id, raw);
    if (!entry) return []; // said of the entry itself
    const fits = entry.state === wanted && entry.held?.draw === draw;
    return fits ? [] : [`is ${appointment ?? state} and its entry is ${entry.state}`];
  },
};

/** What waits for an answer ends at its deadline, what another hand gave up when it is due; nothing else. */
const timed: Judge<OfferRecord> = {
  name: 'deadlines',
  needs: ({ draw, entry }, { keys }) => [
    ['zscore', keys.deadlines, offerId(draw, entry)],
    ['zscore', keys.reminders, offerId(draw, entry)],
  ],
  judge({ state, deadlineMs, deferred }, replies) {
    const [deadline = null, reminder = null] = replies.map(text);
    const is = state === 'pending' ? 'open' : state;
    if (deferred) {
      return Number(deadline) === deferred.dueAtMs ? [] : [`is ${is} and what is due is not kept`];
    }
    if (state === 'pending') {
      return Number(deadline) === deadlineMs ? [] : ['is open and its deadline is not kept'];
    }
    if (deadline !== null) return [`is ${state} and has a deadline`];
    return reminder === null ? [] : [`is ${state} and will be reminded of`];
  },
};

export const offers: Invariant = itemInvariant({
  things: 'offers',
  one: 'offer',
  container: 'hash',
  key: ({ keys }, draw) => keys.drawOffers(draw),
  scopes: ({ redis, prefecture }) => pagesOfDrawIds(redis, prefecture),
  decode: ({ scope, id }, raw) => decodeOffer(scope, id, raw),
  judges: [heldByEntry, timed],
});

/** Whatever is to happen to an offer happens to one that is there. */
function timesOf(things: string, key: (context: CheckContext) => string): Invariant {
  return itemInvariant({
    things,
    one: things.replace(/s$/, ''),
    container: 'zset',
    key,
    decode({ id }) {
      const address = parseOfferId(id);
      if (!address) throw new Error('not the id of an offer');
      return address;
    },
    judges: [
      {
        name: things,
        needs: ({ draw, entry }, { keys }) => [['hget', keys.drawOffers(draw), entry]],
        judge: ({ draw, entry }, [reply]) => {
          const raw = text(reply);
          if (raw === null) return ['is of an offer that is not there'];
          return isTimed(draw, entry, raw) ? [] : ['is of an offer that is settled'];
        },
      },
    ],
  });
}

function isTimed(draw: string, entry: string, raw: string): boolean {
  try {
    const { state, deferred } = decodeOffer(draw, entry, raw);
    return state === 'pending' || deferred !== undefined;
  } catch {
    return true; // said of the offer itself
  }
}

export const deadlines = timesOf('deadlines', ({ keys }) => keys.deadlines);
export const reminders = timesOf('reminders', ({ keys }) => keys.reminders);
