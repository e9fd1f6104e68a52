import { DomainError } from '../../base/errors.ts';
import type { AbsenceState } from '../../domain/absences/rule.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { partyChanged, peopleOf, whenToPart } from '../../domain/entries/party.ts';
import { waitsFrom } from '../../domain/entries/pool.ts';
import { isLiveEntry } from '../../domain/entries/state.ts';
import { messageId } from '../../domain/messages/id.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { newEntryId } from '../../identity/keys/ids.ts';
import type { Vault } from '../../identity/keys/vault.ts';
import { personContext } from '../../identity/person/context.ts';
import { partKeys } from '../../identity/person/identity-key.ts';
import type { Person } from '../../identity/person/person.ts';
import { pagesByCursor } from '../../store/core/pages.ts';
import { keysOfEntry } from '../../store/entries/keys.ts';
import type { Split } from '../../store/entries/people.ts';
import type { Store } from '../../store/store.ts';
import type { UseCaseDeps } from '../deps.ts';
import { checkMember, openPeople, partyOf, withoutMember } from './party-people.ts';

interface Deps {
  readonly store: Pick<Store, 'entries'>;
  readonly vault: Pick<Vault, 'open' | 'seal'>;
}

/** What became of the wish to go on alone. */
export interface Parting {
  /** The party as it is now. */
  readonly entry: EntryRecord;
  /** The new entry; undefined: it is made when the draw is over. */
  readonly alone: EntryRecord | undefined;
}

/**
 * Lets somebody leave a party and go on alone, with its missed draws and the same contact. While a draw
 * may still offer the party a place, it is noted, and done when that draw is over. `people` as for
 * `removeMember`; a wish that is noted already may be repeated.
 *
 * @throws DomainError `entry_not_found`, `entry_settled`, `entry_frozen`, `party_changed`,
 *   `member_not_found`, `document_refused`
 */
export async function partFromParty(
  deps: Deps & Pick<UseCaseDeps, 'waker'>,
  prefecture: Prefecture,
  entryId: string,
  wish: { readonly member: number; readonly people: number; readonly nowMs: number },
): Promise<Parting> {
  const { member, people, nowMs } = wish;
  const { entries } = deps.store;
  const when = { isLater: false };
  const split = await entries.split(
    prefecture.id,
    entryId,
    (entry, moment) => {
      checkMember(entry, member, people);
      when.isLater = whenToPart(entry, moment) === 'later';
      needDocument(openPeople(deps, prefecture.id, entry), member);
      const { drawNumber } = moment;
      if (when.isLater) return undefined;
      return splitOf(deps, prefecture.id, { entry, member, drawNumber, nowMs });
    },
    nowMs,
  );
  const { waker } = deps;
  waker.soon('dispatch', prefecture.id);
  waker.soon('register', prefecture.id);
  if (split) return { entry: split.rest, alone: split.alone };
  const noted = await entries.changePeople(prefecture.id, entryId, (entry, moment) => {
    checkMember(entry, member, people);
    whenToPart(entry, moment);
    if (entry.parting === member) return { entry, messages: [] };
    if (entry.parting !== undefined) throw partyChanged('somebody else leaves this party first');
    return { entry: { ...entry, parting: member }, messages: [] };
  });
  if (noted.outcome === 'taken') throw new Error('nobody came in, and somebody was there');
  return { entry: noted.entry, alone: undefined };
}

/** A child who is known by name alone cannot wait alone. */
function needDocument({ others = [] }: Person, member: number): void {
  if (others[member - 1]?.document !== undefined) return;
  throw new DomainError(
    'document_refused',
    'who has no document can be in a party only: enter them anew, with a document',
    'member',
  );
}

interface Parted {
  readonly entry: EntryRecord;
  readonly member: number;
  readonly drawNumber: number;
  readonly nowMs: number;
}

function splitOf({ vault }: Pick<Deps, 'vault'>, prefecture: string, parted: Parted): Split {
  const { entry, member, drawNumber, nowMs } = parted;
  const { parting: _done, ...party } = entry;
  const before = openPeople({ vault }, prefecture, entry);
  const { leaving, staying } = partKeys(before, keysOfEntry(entry), member);
  const rest = withoutMember(before, member);
  const person = personAlone(before, member);
  const alone = aloneOf(entry, { id: newEntryId(), drawNumber, nowMs });
  return {
    rest: {
      ...partyOf(party, rest, staying),
      parted: drawNumber,
      partySinceMs: nowMs,
      sealed: vault.seal(rest, personContext(prefecture, entry.id)),
    },
    alone: {
      ...partyOf(alone, person, leaving),
      sealed: vault.seal(person, personContext(prefecture, alone.id)),
    },
    messages: [messageId('party', entry.id, nowMs), messageId('welcome', alone.id, 1)],
  };
}

/**
 * The entry of who goes on alone. It is new, so that a draw that was held is not of it; what it keeps
 * is written member by member, so that nothing that comes later is kept by itself.
 */
function aloneOf(
  entry: EntryRecord,
  { id, drawNumber, nowMs }: { id: string; drawNumber: number; nowMs: number },
): EntryRecord {
  const { requestType, missed, language, origin, accepts, absence, letter, documentCheck } = entry;
  return {
    ...{ id, state: 'waiting', requestType, missed, language, origin, identity: '', sealed: '' },
    ...{ joinedAtMs: nowMs, waitingSinceMs: nowMs, since: waitsFrom(entry, drawNumber) },
    ...(accepts ? { accepts } : {}),
    // An appeal is of the entry it was written for.
    ...(absence ? { absence: { ...absence, state: statedAs(absence.state) } } : {}),
    ...(letter ? { letter } : {}),
    ...(documentCheck ? { documentCheck } : {}),
  };
}

function statedAs(state: AbsenceState): AbsenceState {
  return state === 'appealed' ? 'standing' : state;
}

function personAlone({ others = [], ...first }: Person, member: number): Person {
  const { email, phone, webhook, postal } = first;
  const { document, ...own } = others[member - 1] ?? { name: '' };
  if (document === undefined) throw new Error('nobody leaves alone');
  return {
    ...{ ...own, document },
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone }),
    ...(webhook === undefined ? {} : { webhook }),
    ...(postal === undefined ? {} : { postal }),
  };
}

/**
 * Does what was noted, now that a draw is over and its misses are counted: before the next freeze. Who
 * has an offer or appointment of it goes on alone later. Safe to repeat. Answers how many it made.
 */
export async function settlePartings(
  deps: Deps,
  prefecture: string,
  nowMs: number,
): Promise<number> {
  const { entries } = deps.store;
  let made = 0;
  for await (const { ids } of pagesByCursor('partings', (cursor) =>
    entries.partings(prefecture, cursor),
  )) {
    for (const id of ids) if (await settle(deps, prefecture, id, nowMs)) made += 1;
  }
  return made;
}

async function settle(deps: Deps, prefecture: string, id: string, nowMs: number): Promise<boolean> {
  const { entries } = deps.store;
  const split = await entries.split(
    prefecture,
    id,
    (entry, { drawNumber, isActive }) => {
      if (isActive) return undefined;
      const { state, parting: member } = entry;
      if (state !== 'waiting' || member === undefined || member >= peopleOf(entry))
        return undefined;
      return splitOf(deps, prefecture, { entry, member, drawNumber, nowMs });
    },
    nowMs,
  );
  if (split) return true;
  const entry = await entries.get(prefecture, id);
  if (!entry || !isLiveEntry(entry.state)) await entries.forgetParting(prefecture, id);
  return false;
}
