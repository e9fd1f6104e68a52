import { z } from 'zod';
import type { DrawState } from '../../domain/draws/state.ts';
import { isLiveEntry } from '../../domain/entries/state.ts';
import type { HoldingChange } from '../../domain/offers/change.ts';
import { encodeSitOut } from '../absences/codec.ts';
import { eventRest, instantOf } from '../core/event-text.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { Script } from '../core/script.ts';
import { countField, encodeEntry } from '../entries/codec.ts';
import { heldKeys, keysOfEntry } from '../entries/keys.ts';
import { encodeOffer, offerId } from './codec.ts';

/** Most changes that one script makes. */
export const changesPerScript = 100;

const ItemWord = z.enum(['written', 'offer_changed', 'entry_changed', 'place_missing']);
export type ItemWord = z.infer<typeof ItemWord>;

const changeHoldingsScript = new Script(
  'offers/change-holdings.lua',
  z.union([
    z.tuple([z.literal('checked')], ItemWord),
    z.tuple([z.enum(['draw_moved', 'number_moved', 'events_moved', 'paused'])]),
  ]),
);

/** What must still be true of the draw when a change is written. */
export interface ChangeBasis {
  readonly redis: Connection;
  readonly prefecture: string;
  readonly draw: string;
  readonly drawState: DrawState;
  /** Draws frozen so far: what `since` was set from. */
  readonly drawNumber: number;
  /** Number of event lines; absent for any. */
  readonly events?: number;
  readonly unlessPaused?: boolean;
  readonly nowMs: number;
}

function itemArguments(change: HoldingChange): (string | number)[] {
  const { offer, entry } = change;
  const freesKeys = entry && isLiveEntry(entry.before.state) && !isLiveEntry(entry.after.state);
  return [
    offer.entry,
    change.offerBefore,
    encodeOffer(offer),
    entry?.raw ?? '',
    entry ? encodeEntry(entry.after) : '',
    entry ? countField(entry.before.state, entry.before.requestType) : '',
    entry ? countField(entry.after.state, entry.after.requestType) : '',
    freesKeys ? heldKeys(entry.before) : '',
    offer.slot,
    change.place,
    change.deadline ?? '',
    change.reminder ?? '',
    change.message ?? '',
    change.events.map(eventRest).join('\n'),
    change.serves?.field ?? '',
    change.serves ? `${change.serves.rank} ${change.serves.rankInType}` : '',
    change.sitOut ? encodeSitOut(change.sitOut) : '',
    change.sitOut && entry ? keysOfEntry(entry.before).identities.join(' ') : '',
    change.tally ?? '',
  ];
}

/**
 * Writes changes of one draw, each whole or not at all. The first word says whether the basis
 * still held; then comes one word for each change. Atomic; at most `changesPerScript` changes.
 */
export function writeChanges(basis: ChangeBasis, changes: readonly HoldingChange[]) {
  const keys = keysOf(basis.prefecture);
  return changeHoldingsScript.run(
    basis.redis,
    [
      keys.draw(basis.draw),
      keys.drawNumber,
      keys.paused,
      keys.drawEvents(basis.draw),
      keys.drawOffers(basis.draw),
      keys.entries,
      keys.counts,
      keys.freezing,
      keys.before,
      keys.identities,
      keys.drawPlaces(basis.draw),
      keys.places,
      keys.deadlines,
      keys.reminders,
      keys.mailDue,
      keys.registerLeaves,
      keys.drawIndex(basis.draw),
      keys.sitOuts,
      keys.clues,
      keys.tallies,
    ],
    [
      basis.draw,
      basis.drawState,
      basis.drawNumber,
      basis.events ?? '',
      basis.unlessPaused ? 'unless_paused' : '',
      instantOf(basis.nowMs),
      ...changes.flatMap(itemArguments),
    ],
  );
}

/** Writes one change: its word, or that of the basis that no longer held. */
export async function writeChange(basis: ChangeBasis, change: HoldingChange) {
  const reply = await writeChanges(basis, [change]);
  if (reply[0] !== 'checked') return reply[0];
  const [, word] = reply;
  if (word === undefined)
    throw new Error(`no reply for ${offerId(basis.draw, change.offer.entry)}`);
  return word;
}
