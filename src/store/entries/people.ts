import { z } from 'zod';
import { recordInstant } from '../../base/instants.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { PartyMoment } from '../../domain/entries/party.ts';
import type { MessageId } from '../../domain/messages/id.ts';
import { registerLeaf } from '../../domain/register/leaf.ts';
import { type Keys, keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { retryOnConflict } from '../core/retry.ts';
import { Script, WriteWord } from '../core/script.ts';
import { countField, encodeEntry } from './codec.ts';
import { keysOfEntry } from './keys.ts';
import { readEntry } from './write.ts';

/** What a party becomes. */
export interface PeopleChange {
  readonly entry: EntryRecord;
  readonly messages: readonly MessageId[];
  /** Identities of who comes in under former keys: they must be free as well. */
  readonly formerIdentities?: readonly string[];
  /** When to ask the registry about documents again. */
  readonly checkAtMs?: number;
}

export type PeopleOutcome =
  | { readonly outcome: 'done'; readonly entry: EntryRecord }
  /** Other live entries have some of the identities: these, and the first of them. */
  | {
      readonly outcome: 'taken';
      readonly entries: readonly string[];
      readonly identity: string;
    };

/** Two entries of one. */
export interface Split {
  /** The party without who leaves it. */
  readonly rest: EntryRecord;
  /** Who goes on alone. */
  readonly alone: EntryRecord;
  readonly messages: readonly MessageId[];
}

const changeScript = new Script(
  'entries/change-people.lua',
  {
    keys: ['entries identities counts mailDue freezing before drawNumber clues toCheck partings'],
    args: ['id old new number freed taken former ownClues checkAtMs parting messages[]'],
  },
  z.tuple([z.enum([...WriteWord.options, 'taken']), z.string(), z.string()]),
);

const splitScript = new Script(
  'entries/split-entry.lua',
  {
    keys: [
      'entries identities counts mailDue freezing before drawNumber clues toCheck partings',
      'register',
    ],
    args: ['id old new number freed to entry count taken ownClues checkAtMs leaf messages[]'],
  },
  WriteWord,
);

/** Entries of which somebody goes on alone, read at once. */
const partingsPerPage = 100;

/**
 * Changes who an entry stands for, in one atomic step: its identities and clues with it. `decide` may
 * be called again and must be pure but for sealing; what it answers as it was is not written.
 *
 * @throws DomainError `entry_not_found`, or what `decide` throws
 */
export function changePeople(
  redis: Connection,
  prefecture: string,
  id: string,
  decide: (entry: EntryRecord, moment: PartyMoment) => PeopleChange,
): Promise<PeopleOutcome> {
  const keys = keysOf(prefecture);
  return retryOnConflict(`the people of entry ${id}`, async () => {
    const { raw, entry, moment } = await readMoment(redis, prefecture, id);
    const { entry: after, messages, formerIdentities = [], checkAtMs } = decide(entry, moment);
    if (after === entry) return { outcome: 'done' as const, entry };
    const [own, next] = [keysOfEntry(entry), keysOfEntry(after)];
    const [outcome, ids, identity] = await changeScript.run(redis, namesOf(keys), {
      id,
      old: raw,
      new: encodeEntry(after),
      number: moment.drawNumber,
      freed: freedOf(own, next),
      taken: without(next.identities, own.identities).join(' '),
      former: formerIdentities.join(' '),
      ownClues: without(next.clues, own.clues).join(' '),
      checkAtMs: checkAtMs ?? '',
      parting: after.parting === undefined ? '' : '1',
      messages,
    });
    if (outcome === 'conflict') return outcome;
    if (outcome === 'taken') return { outcome, entries: ids.split(' '), identity };
    return { outcome, entry: after };
  });
}

/**
 * Makes two entries of one, in one atomic step with the leaf of the register that says how many draws
 * are carried over. `undefined` from `decide`: nothing is done. `decide` as above.
 *
 * @throws DomainError `entry_not_found`, or what `decide` throws
 */
export function splitEntry(
  redis: Connection,
  prefecture: string,
  id: string,
  decide: (entry: EntryRecord, moment: PartyMoment) => Split | undefined,
  nowMs: number,
): Promise<Split | undefined> {
  const keys = keysOf(prefecture);
  return retryOnConflict(`the parting of entry ${id}`, async () => {
    const { raw, entry, moment } = await readMoment(redis, prefecture, id);
    const split = decide(entry, moment);
    if (!split) return undefined;
    const { rest, alone, messages } = split;
    const [own, next, theirs] = [entry, rest, alone].map(keysOfEntry);
    if (!own || !next || !theirs) throw new Error('three entries have three sets of keys');
    const outcome = await splitScript.run(
      redis,
      { ...namesOf(keys), register: keys.registerLeaves },
      {
        id,
        old: raw,
        new: encodeEntry(rest),
        number: moment.drawNumber,
        freed: freedOf(own, next),
        to: alone.id,
        entry: encodeEntry(alone),
        count: countField(alone.state, alone.requestType),
        taken: theirs.identities.join(' '),
        ownClues: theirs.clues.join(' '),
        checkAtMs: alone.documentCheck === 'due' ? nowMs : '',
        leaf: carriedLeaf(split, nowMs),
        messages,
      },
    );
    return outcome === 'done' ? split : outcome;
  });
}

/** Who has missed nothing carries nothing. */
function carriedLeaf({ rest, alone }: Split, nowMs: number): string {
  const { missed, id: to } = alone;
  if (missed === 0) return '';
  return registerLeaf({ at: recordInstant(nowMs), kind: 'carried', from: rest.id, missed, to });
}

/** Some entries of which somebody goes on alone, or did: forget them by `changePeople`. */
export async function readPartings(
  redis: Connection,
  prefecture: string,
  cursor = '0',
): Promise<{ ids: string[]; cursor?: string }> {
  const { partings } = keysOf(prefecture);
  const [next, ids] = await redis.sscan(partings, cursor, 'COUNT', partingsPerPage);
  return { ids, ...(next === '0' ? {} : { cursor: next }) };
}

async function readMoment(redis: Connection, prefecture: string, id: string) {
  const { activeDraw, reserves } = keysOf(prefecture);
  const [active, inUse] = await Promise.all([redis.get(activeDraw), redis.hgetall(reserves)]);
  // After them: a freeze that begins meanwhile raises the number, and what is decided conflicts.
  const { raw, entry, drawNumber } = await readEntry(redis, prefecture, id);
  const isDrawing = active !== null;
  const isActive = isDrawing || inUse[entry.requestType] !== undefined;
  const last = inUse[entry.requestType];
  const numbered =
    last === undefined ? null : await redis.hget(keysOf(prefecture).draw(last), 'number');
  const lastNumber = numbered === null ? {} : { lastNumber: Number(numbered) };
  const moment = { drawNumber, ...lastNumber, isActive, isDrawing };
  return { raw, entry, moment };
}

function namesOf(keys: Keys) {
  const { entries, identities, counts, mailDue, freezing, before, drawNumber, clues } = keys;
  const { toCheck, partings } = keys;
  return {
    ...{ entries, identities, counts, mailDue, freezing, before, drawNumber, clues },
    ...{ toCheck, partings },
  };
}

type Held = ReturnType<typeof keysOfEntry>;

function freedOf(own: Held, next: Held): string {
  const identities = without(own.identities, next.identities);
  return `${identities.join(' ')}|${without(own.clues, next.clues).join(' ')}`;
}

function without(keys: readonly string[], others: readonly string[]): string[] {
  return keys.filter((key) => !others.includes(key));
}
