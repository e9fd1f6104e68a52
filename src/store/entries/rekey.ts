import { z } from 'zod';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { isLiveEntry } from '../../domain/entries/state.ts';
import type { Stored } from '../../domain/values.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { Script, WriteWord } from '../core/script.ts';
import { encodeEntry } from './codec.ts';
import { heldKeys, keysOfEntry } from './keys.ts';

/** Keyed hashes of a person: one identity for each document, in the order they were given. */
export interface EntryKeys {
  readonly identities: readonly string[];
  readonly clues: readonly string[];
}

const rekeyScript = new Script(
  'entries/rekey-entry.lua',
  {
    keys: ['entries identities counts freezing before clues suspensions', 'different'],
    args: ['id old new held taken ownClues renamed[]'],
    members: ['from to'],
  },
  z.enum([...WriteWord.options, 'taken']),
);

/**
 * Gives an entry keys made by another key of the keyring, unless it changed since it was read. What
 * is stored by identity goes along. Atomic. `taken`: another live entry has one of the new keys.
 */
export function rekeyEntry(
  redis: Connection,
  prefecture: string,
  { raw, value }: Stored<EntryRecord>,
  { identities, clues }: EntryKeys,
): Promise<WriteWord | 'taken'> {
  const keys = keysOf(prefecture);
  const { identity: _one, otherIdentities: _others, clues: _clues, ...rest } = value;
  const [identity = '', ...otherIdentities] = identities;
  const after: EntryRecord = {
    ...rest,
    identity,
    ...(otherIdentities.length > 0 ? { otherIdentities } : {}),
    ...(clues.length > 0 ? { clues } : {}),
  };
  const live = isLiveEntry(value.state);
  const former = keysOfEntry(value).identities;
  if (former.length !== identities.length) throw new Error(`entry ${value.id}: other documents`);
  return rekeyScript.run(
    redis,
    {
      entries: keys.entries,
      identities: keys.identities,
      counts: keys.counts,
      freezing: keys.freezing,
      before: keys.before,
      clues: keys.clues,
      suspensions: keys.suspensions,
      different: keys.different,
    },
    {
      id: value.id,
      old: raw,
      new: encodeEntry(after),
      held: live ? heldKeys(value) : '',
      taken: live ? identities.join(' ') : '',
      ownClues: live ? clues.join(' ') : '',
      renamed: former.map((from, at) => ({ from, to: identities[at] ?? '' })),
    },
  );
}
