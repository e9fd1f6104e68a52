import { DomainError } from '../../base/errors.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { waitsFrom } from '../../domain/entries/pool.ts';
import { isLiveEntry } from '../../domain/entries/state.ts';
import type { MessageId } from '../../domain/messages/id.ts';
import { type Keys, keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { retryOnConflict } from '../core/retry.ts';
import { Script, WriteWord } from '../core/script.ts';
import { countField, decodeEntry, encodeEntry } from './codec.ts';
import { heldKeys } from './keys.ts';

export interface EntryChange {
  readonly entry: EntryRecord;
  readonly messages?: readonly MessageId[];
}

const changeScript = new Script(
  'entries/change-entry.lua',
  {
    keys: ['entries identities counts mailDue freezing before drawNumber', 'clues'],
    args: ['id old new number from to held messages[]'],
  },
  WriteWord,
);

/** An entry and the number of draws, as one attempt of a compare-and-set reads them. */
export async function readEntry(
  redis: Connection,
  prefecture: string,
  id: string,
): Promise<{ raw: string; entry: EntryRecord; drawNumber: number }> {
  const keys = keysOf(prefecture);
  const [raw, number] = await Promise.all([
    redis.hget(keys.entries, id),
    redis.get(keys.drawNumber),
  ]);
  if (raw === null) throw new DomainError('entry_not_found', `no entry ${id}`);
  return { raw, entry: decodeEntry(id, raw), drawNumber: Number(number ?? 0) };
}

/**
 * Replaces an entry by what `decide` makes of it; for what needs no draw, offer or place. Calls
 * `decide` again if another writer was faster, so it must be pure. An entry that begins to wait
 * gets the number of the latest draw, or keeps that of the last one it sits out.
 *
 * @throws DomainError `entry_not_found`, or what `decide` throws
 */
export async function changeEntry(
  redis: Connection,
  prefecture: string,
  id: string,
  decide: (entry: EntryRecord, context: { readonly drawNumber: number }) => EntryChange,
): Promise<EntryRecord> {
  const names = changeKeys(keysOf(prefecture));
  return retryOnConflict(`entry ${id}`, async () => {
    const { raw, entry, drawNumber } = await readEntry(redis, prefecture, id);
    const { entry: decided, messages = [] } = decide(entry, { drawNumber });
    const begins = decided.state === 'waiting' && entry.state !== 'waiting';
    const after = begins ? { ...decided, since: waitsFrom(decided, drawNumber) } : decided;
    checkChange(entry, after);
    const encoded = encodeEntry(after);
    if (encoded === raw && messages.length === 0) return entry;
    const outcome = await changeScript.run(redis, names, {
      id,
      old: raw,
      new: encoded,
      number: drawNumber,
      from: countField(entry.state, entry.requestType),
      to: countField(after.state, after.requestType),
      held: isLiveEntry(after.state) ? '' : heldKeys(entry),
      messages,
    });
    return outcome === 'done' ? after : outcome;
  });
}

function changeKeys(keys: Keys) {
  const { entries, identities, counts, mailDue, freezing, before, drawNumber, clues } = keys;
  return { entries, identities, counts, mailDue, freezing, before, drawNumber, clues };
}

/** Refuses what would leave an identity, a place or a record behind. Such a caller has a bug. */
function checkChange(before: EntryRecord, after: EntryRecord): void {
  const same = (['id', 'requestType'] as const).every((member) => before[member] === after[member]);
  if (!same || heldKeys(before) !== heldKeys(after)) {
    throw new Error(`entry ${before.id}: id, request type, identities and clues never change`);
  }
  if (before.state !== after.state && before.state !== 'unverified') {
    throw new Error(`entry ${before.id}: ${before.state} → ${after.state} needs leave or an offer`);
  }
}
