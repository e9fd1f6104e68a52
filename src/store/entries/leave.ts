import type { Hand, RecordEvent, Rejection } from '../../allocator/types.ts';
import { recordInstant } from '../../base/instants.ts';
import type { Suspension } from '../../domain/absences/rule.ts';
import { absenceMessage, judgeLeaving } from '../../domain/absences/suspension.ts';
import { countedBy } from '../../domain/draws/acts.ts';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import { recorded } from '../../domain/draws/recorded.ts';
import { takesType } from '../../domain/draws/reserves.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import {
  entryAfterLeaving,
  type LeaveEvent,
  offerAfterLeaving,
} from '../../domain/entries/leave.ts';
import { peopleOf } from '../../domain/entries/party.ts';
import { isInPool } from '../../domain/entries/pool.ts';
import { isLiveEntry } from '../../domain/entries/state.ts';
import type { MessageId } from '../../domain/messages/id.ts';
import { freedPlaceOf } from '../../domain/offers/change.ts';
import { offerId } from '../../domain/offers/id.ts';
import type { OfferRecord } from '../../domain/offers/offer.ts';
import { encodeSuspension } from '../absences/codec.ts';
import { eventRest } from '../core/event-text.ts';
import { type Keys, keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { retryOnConflict } from '../core/retry.ts';
import { Script, WriteWord } from '../core/script.ts';
import { actField } from '../draws/acts.ts';
import { encodeTypes } from '../draws/codec.ts';
import { decodeOfDraw } from '../draws/of-draw.ts';
import { readDraw } from '../draws/read.ts';
import { LetterStore } from '../letters/store.ts';
import { readAbsenceRule } from '../offers/answer.ts';
import { decodeOffer, encodeOffer } from '../offers/codec.ts';
import { readSlotTypes } from '../slots/codec.ts';
import { countField, encodeEntry } from './codec.ts';
import { heldKeys, keysOfEntry } from './keys.ts';
import { readEntry } from './write.ts';

export interface LeaveOptions {
  /** An entry that this says no of, whenever it is read with what it holds, stays as it is. */
  readonly concerns?: (entry: EntryRecord, offer: OfferRecord | undefined) => boolean;
  /** Messages that become due with the leaving. */
  readonly messages?: readonly MessageId[];
  /** When its person asked for it, if that was before; whether it came too late is judged by that. */
  readonly askedAtMs?: number;
  /** By whose hand it is withdrawn, if not by the person's own. */
  readonly by?: Hand;
  /** Why it is rejected; absent: for another reason than those that have a word. */
  readonly rejection?: Rejection;
}

const leaveScript = new Script(
  'entries/leave.lua',
  {
    keys: [
      'entries identities counts freezing before drawNumber activeDraw reserves',
      'freePlaces deadlines reminders draw drawEvents drawPlaces drawOffers',
      'register clues mailDue different suspensions closedSlots gone[]',
    ],
    args: [
      'id old new number active requestType reserve from to held now event',
      'offerId offerOld offerNew slot places drawId state ended freed forgotten suspension',
      'suspended drawCount',
      'messages[]',
    ],
  },
  WriteWord,
);

/**
 * Takes an entry off the waitlist for good: frees its identities, clues and any place it holds, and
 * appends `withdrawn` to the record of the draw concerned. `erase` also wipes what is personal.
 * Who leaves shortly before an appointment may sit out draws, with whatever entry comes next.
 *
 * @throws DomainError `entry_not_found`, `entry_settled`
 */
export async function leaveEntry(
  redis: Connection,
  prefecture: string,
  id: string,
  event: LeaveEvent,
  nowMs: number,
  { concerns = () => true, messages = [], ...how }: LeaveOptions = {},
): Promise<EntryRecord> {
  const keys = keysOf(prefecture);
  return retryOnConflict(`entry ${id}`, async () => {
    const activeId = await redis.get(keys.activeDraw);
    const { raw, entry, drawNumber } = await readEntry(redis, prefecture, id);
    const held = isLiveEntry(entry.state) ? entry.held : undefined;
    const reserveId = await redis.hget(keys.reserves, entry.requestType);
    const read = (of: string | null) => readDrawNamed(redis, prefecture, of);
    const draw = held
      ? await read(held.draw)
      : concernedDraw(entry, drawNumber, await read(activeId), await read(reserveId));
    const offer = held && (await readOffer(redis, prefecture, held.draw, id));
    if (!concerns(entry, offer?.value)) return entry;
    const isOwn = event === 'withdraw' || event === 'erase';
    const suspension =
      offer && isOwn
        ? await judge(redis, prefecture, offer.value, draw, {
            drawNumber,
            nowMs: how.askedAtMs ?? nowMs,
          })
        : undefined;
    const rejection = event === 'reject' ? (how.rejection ?? 'other') : undefined;
    const said = eventOf(id, rejection, how.by);
    const count = countedBy(said);
    const after = entryAfterLeaving(entry, event, nowMs, { suspension, rejection });
    const { identities } = keysOfEntry(entry);

    const slotTypes = held ? await readSlotTypes(redis, prefecture, held.slot) : [];
    const outcome = await leaveScript.run(redis, leaveKeys(keys, draw?.id ?? '', event), {
      id,
      old: raw,
      new: encodeEntry(after),
      number: drawNumber,
      active: activeId ?? '',
      requestType: entry.requestType,
      reserve: reserveId ?? '',
      from: countField(entry.state, entry.requestType),
      to: countField(after.state, after.requestType),
      held: isLiveEntry(entry.state) ? heldKeys(entry) : '',
      now: recordInstant(nowMs),
      event: draw ? lineOf(draw, said) : '',
      offerId: held ? offerId(held.draw, id) : '',
      offerOld: offer?.raw ?? '',
      offerNew: offer ? encodeOffer(offerAfterLeaving(offer.value, nowMs)) : '',
      slot: held?.slot ?? '',
      places: offer ? peopleOf(offer.value) : 0,
      drawId: draw?.id ?? '',
      state: draw?.state ?? '',
      ended: encodeTypes(draw?.ended),
      freed: held && draw ? freedPlaceOf(draw, slotTypes) : '',
      forgotten: event === 'erase' ? identities.join(' ') : '',
      suspension: suspension ? encodeSuspension(suspension) : '',
      suspended: suspension ? identities.join(' ') : '',
      drawCount: draw && count ? actField(count) : '',
      messages: [
        ...messages,
        ...(after.absence && suspension ? [absenceMessage(id, suspension)] : []),
      ],
    });
    if (outcome === 'conflict') return outcome;
    if (event === 'erase') await new LetterStore(redis).removeOf(prefecture, id);
    return after;
  });
}

/** What is said of who leaves: that the office rejected it, or that it went. Pure. */
function eventOf(
  entry: string,
  rejection: Rejection | undefined,
  by: Hand | undefined,
): RecordEvent {
  if (rejection !== undefined) return { type: 'rejected', entry, cause: rejection };
  return { type: 'withdrawn', entry, ...(by === undefined ? {} : { by }) };
}

/** The same as the record of a draw has it. Pure. */
function lineOf({ state, manifest }: DrawRecord, event: RecordEvent): string {
  const { algorithm } = decodeOfDraw(state, manifest?.algorithm, undefined);
  const said = recorded(event, algorithm);
  return said ? eventRest(said) : '';
}

/**
 * The draw whose record says that a waiting entry left: the one under way, or else the one whose reserve
 * list serves its request type, if it was in the pool of either. Never both: the freeze of the one
 * comes after the end of the other. Pure.
 */
function concernedDraw(
  entry: EntryRecord,
  drawNumber: number,
  active: DrawRecord | undefined,
  inUse: DrawRecord | undefined,
): DrawRecord | undefined {
  // The draw under way is the latest; its number is stored with its manifest.
  if (active && takesType(active, entry.requestType) && isInPool(entry, drawNumber)) return active;
  return inUse?.number !== undefined && isInPool(entry, inUse.number) ? inUse : undefined;
}

async function readDrawNamed(redis: Connection, prefecture: string, id: string | null) {
  return id === null ? undefined : readDraw(redis, prefecture, id);
}

function leaveKeys(keys: Keys, draw: string, event: LeaveEvent) {
  const { entries, identities, counts, freezing, before, drawNumber, activeDraw, reserves } = keys;
  const { deadlines, reminders, clues, mailDue, different, suspensions, closedSlots } = keys;
  return {
    ...{ entries, identities, counts, freezing, before, drawNumber, activeDraw, reserves },
    freePlaces: keys.places,
    ...{ deadlines, reminders, clues, mailDue, different, suspensions, closedSlots },
    draw: keys.draw(draw),
    drawEvents: keys.drawEvents(draw),
    drawPlaces: keys.drawPlaces(draw),
    drawOffers: keys.drawOffers(draw),
    register: keys.registerLeaves,
    gone: event === 'erase' ? goneWith(keys) : [],
  };
}

/** Hashes by entry id that hold something personal: what is erased with the entry. */
function goneWith(keys: Keys): string[] {
  return [keys.priorities, keys.appeals, keys.mandates];
}

/** What the rule of the prefecture makes of leaving with this offer; a void draw costs nothing. */
async function judge(
  redis: Connection,
  prefecture: string,
  offer: OfferRecord,
  draw: DrawRecord | undefined,
  at: { readonly drawNumber: number; readonly nowMs: number },
): Promise<Suspension | undefined> {
  if (offer.appointment !== 'booked') return undefined;
  if (draw?.state === 'void') return undefined;
  return judgeLeaving(offer, at, await readAbsenceRule(redis, prefecture));
}

async function readOffer(redis: Connection, prefecture: string, draw: string, entry: string) {
  const raw = await redis.hget(keysOf(prefecture).drawOffers(draw), entry);
  if (raw === null) throw new Error(`entry ${entry} holds an offer of ${draw} that is not there`);
  return { raw, value: decodeOffer(draw, entry, raw) };
}
