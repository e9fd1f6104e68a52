import { z } from 'zod';
import type { Algorithm } from '../../allocator/types.ts';
import { recordInstant } from '../../base/instants.ts';
import { closureField } from '../../domain/closures/closure.ts';
import { countedBy } from '../../domain/draws/acts.ts';
import { type OfDraw, recorded } from '../../domain/draws/recorded.ts';
import type { DrawState } from '../../domain/draws/state.ts';
import { peopleOf } from '../../domain/entries/party.ts';
import { isLiveEntry } from '../../domain/entries/state.ts';
import type { HoldingChange } from '../../domain/offers/change.ts';
import { offerId } from '../../domain/offers/id.ts';
import { encodeSuspension } from '../absences/codec.ts';
import { eventRest } from '../core/event-text.ts';
import { type Keys, keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { Script, WriteWord } from '../core/script.ts';
import { actField } from '../draws/acts.ts';
import { encodeTypes } from '../draws/codec.ts';
import { countField, encodeEntry } from '../entries/codec.ts';
import { heldKeys, keysOfEntry } from '../entries/keys.ts';
import { encodeOffer } from './codec.ts';

const ItemWord = z.enum([...WriteWord.options, 'place_missing', 'slot_closed']);
export type ItemWord = z.infer<typeof ItemWord>;

const changeHoldingsScript = new Script(
  'offers/change-holdings.lua',
  {
    keys: [
      'draw drawNumber paused events offers entries counts freezing',
      'before identities drawPlaces places deadlines reminders mailDue',
      'register index suspensions clues tallies closedSlots drawClosed',
      'closureCounts',
    ],
    args: ['drawId state ended number eventCount whenPaused now changes[]'],
    members: [
      'id offerOld? offerNew entryOld? entryNew? from? to? held?',
      'slot places move closed closing? deadline? reminder? message? events servedField?',
      'served? suspension? suspended? tally? drawCounts? counted? people?',
    ],
  },
  z.union([
    z.tuple([z.literal('done')], ItemWord),
    z.tuple([z.enum(['conflict', 'events_moved', 'paused'])]),
  ]),
);

/** Most changes that one script makes. */
export const changesPerScript = changeHoldingsScript.most;

/** What must still be true of the draw when a change is written. */
export interface ChangeBasis {
  readonly redis: Connection;
  readonly prefecture: string;
  readonly draw: string;
  readonly drawState: DrawState;
  /** The definition that its record follows, and its number. */
  readonly ofDraw: OfDraw;
  /** Request types of the draw whose reserve list has ended: they decide where a freed place goes. */
  readonly drawEnded: readonly string[];
  /** Draws frozen so far: what `since` was set from. */
  readonly drawNumber: number;
  /** Number of event lines; absent for any. */
  readonly events?: number;
  readonly unlessPaused?: boolean;
  readonly nowMs: number;
}

function itemOf(change: HoldingChange, algorithm: Algorithm) {
  const { offer, entry, serves, suspension } = change;
  return {
    id: offer.entry,
    offerOld: change.offerBefore === '' ? undefined : change.offerBefore,
    offerNew: encodeOffer(offer),
    ...(entry && entryMembers(entry)),
    slot: offer.slot,
    places: peopleOf(offer),
    move: change.place,
    closed: change.closes ? 'must' : change.evenIfClosed ? 'may' : 'not',
    closing: closingOf(change, algorithm),
    deadline: change.deadline,
    reminder: change.reminder,
    message: change.message,
    events: change.events.flatMap((event) => recorded(event, algorithm) ?? []).map(eventRest),
    servedField: serves?.field,
    served: serves && `${serves.rank} ${serves.rankInType}`,
    suspension: suspension && encodeSuspension(suspension),
    suspended: suspension && entry && keysOfEntry(entry.before).identities,
    tally: change.tally,
    drawCounts: drawCountsOf(change),
    ...closureFields(change),
  };
}

/** Fields of the draw that count in public what was done by whose hand. */
function drawCountsOf({ events, counts }: HoldingChange): string[] | undefined {
  const counted = [...events.map(countedBy), counts].filter((count) => count !== undefined);
  return counted.length === 0 ? undefined : counted.map(actField);
}

/** What a closure counts: an offer or an appointment, and its people. */
function closureFields({ offer, offerBefore }: HoldingChange) {
  const { closure, appointment } = offer;
  // Of no closure, or counted when it was taken back.
  if (closure === undefined || offerBefore.includes('"closure":')) return {};
  const what = appointment === undefined ? 'offers' : 'appointments';
  return { counted: closureField(closure, what), people: closureField(closure, 'people') };
}

/** The event of a slot that is closed, which the first change of a draw for it writes. */
function closingOf({ closes, offer }: HoldingChange, algorithm: Algorithm): string | undefined {
  const event = closes && recorded({ type: 'closed', slot: offer.slot, cause: closes }, algorithm);
  return event && eventRest(event);
}

function entryMembers({ raw, before, after }: NonNullable<HoldingChange['entry']>) {
  const freesKeys = isLiveEntry(before.state) && !isLiveEntry(after.state);
  return {
    entryOld: raw,
    entryNew: encodeEntry(after),
    from: countField(before.state, before.requestType),
    to: countField(after.state, after.requestType),
    held: freesKeys ? heldKeys(before) : undefined,
  };
}

/**
 * Writes changes of one draw, each whole or not at all. The first word says whether the basis
 * still held; then comes one word for each change. Atomic; at most `changesPerScript` changes.
 */
export function writeChanges(basis: ChangeBasis, changes: readonly HoldingChange[]) {
  return changeHoldingsScript.run(basis.redis, changeKeys(keysOf(basis.prefecture), basis.draw), {
    drawId: basis.draw,
    state: basis.drawState,
    ended: encodeTypes(basis.drawEnded),
    number: basis.drawNumber,
    eventCount: basis.events ?? '',
    whenPaused: basis.unlessPaused ? 'refuse' : '',
    now: recordInstant(basis.nowMs),
    changes: changes.map((change) => itemOf(change, basis.ofDraw.algorithm)),
  });
}

function changeKeys(keys: Keys, draw: string) {
  const { drawNumber, paused, entries, counts, freezing, before, identities, places } = keys;
  const { deadlines, reminders, mailDue, suspensions, clues, tallies, closedSlots } = keys;
  return {
    ...{ drawNumber, paused, entries, counts, freezing, before, identities, places },
    ...{ deadlines, reminders, mailDue, suspensions, clues, tallies, closedSlots },
    drawClosed: keys.drawClosed(draw),
    closureCounts: keys.closureCounts,
    draw: keys.draw(draw),
    events: keys.drawEvents(draw),
    offers: keys.drawOffers(draw),
    drawPlaces: keys.drawPlaces(draw),
    register: keys.registerLeaves,
    index: keys.drawIndex(draw),
  };
}

/** Writes one change: its word, or that of the basis that no longer held: `draw_moved` if it was the draw. */
export async function writeChange(basis: ChangeBasis, change: HoldingChange) {
  const reply = await writeChanges(basis, [change]);
  if (reply[0] === 'conflict') return 'draw_moved';
  if (reply[0] !== 'done') return reply[0];
  const [, word] = reply;
  if (word === undefined)
    throw new Error(`no reply for ${offerId(basis.draw, change.offer.entry)}`);
  return word;
}
