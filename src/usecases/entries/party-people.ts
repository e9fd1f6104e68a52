import { DomainError } from '../../base/errors.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { checkResize, partyChanged, partyMember, peopleOf } from '../../domain/entries/party.ts';
import { messageId } from '../../domain/messages/id.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { Vault } from '../../identity/keys/vault.ts';
import { personContext } from '../../identity/person/context.ts';
import { partKeys } from '../../identity/person/identity-key.ts';
import type { Person } from '../../identity/person/person.ts';
import { keysOfEntry } from '../../store/entries/keys.ts';
import type { UseCaseDeps } from '../deps.ts';

/** A change of a party, and by whom: the person is told of what others change. */
export interface PartyChange {
  readonly prefecture: Prefecture;
  readonly entryId: string;
  readonly isOwn: boolean;
  readonly nowMs: number;
}

/** What is sealed of the people of an entry. */
export function openPeople(
  { vault }: { readonly vault: Pick<Vault, 'open'> },
  prefecture: string,
  { id, sealed }: EntryRecord,
): Person {
  if (sealed === '') throw new DomainError('entry_settled', 'this entry was erased');
  return vault.open(sealed, personContext(prefecture, id));
}

/**
 * Takes somebody out of a party: `member` 1 is the second person. `people` is how many there are, as
 * the caller knows it, so that a repeat takes nobody else out.
 *
 * @throws DomainError `entry_not_found`, `entry_settled`, `entry_frozen`, `party_changed`,
 *   `member_not_found`
 */
export async function removeMember(
  deps: Pick<UseCaseDeps, 'store' | 'vault' | 'waker'>,
  { prefecture, entryId, isOwn, nowMs }: PartyChange,
  { member, people }: { readonly member: number; readonly people: number },
): Promise<EntryRecord> {
  const changed = await deps.store.entries.changePeople(prefecture.id, entryId, (entry, moment) => {
    checkResize(entry, moment);
    checkMember(entry, member, people);
    const before = openPeople(deps, prefecture.id, entry);
    const { staying } = partKeys(before, keysOfEntry(entry), member);
    const person = withoutMember(before, member);
    return {
      entry: {
        ...partyOf(entry, person, staying),
        resized: moment.drawNumber,
        partySinceMs: nowMs,
        sealed: deps.vault.seal(person, personContext(prefecture.id, entry.id)),
      },
      messages: tellOf(entry, isOwn, nowMs),
    };
  });
  deps.waker.soon('dispatch', prefecture.id);
  if (changed.outcome === 'taken') throw new Error('nobody came in, and somebody was there');
  return changed.entry;
}

/** @throws DomainError `party_changed`, `member_not_found` */
export function checkMember(entry: EntryRecord, member: number, people: number): void {
  const now = peopleOf(entry);
  if (now !== people) throw partyChanged(`this entry stands for ${now} people now, not ${people}`);
  if (member < 1 || member >= now) {
    throw new DomainError('member_not_found', `this entry has no member ${member}`, 'member');
  }
}

/** The people of an entry without one who came along. Pure. */
export function withoutMember({ others = [], ...person }: Person, member: number): Person {
  const rest = others.filter((_, at) => at !== member - 1);
  return { ...person, ...(rest.length > 0 ? { others: rest } : {}) };
}

/** An entry of these people, with these keys; its seal is still to be made. Pure. */
export function partyOf(
  entry: EntryRecord,
  { others = [] }: Person,
  {
    identities,
    clues,
  }: { readonly identities: readonly string[]; readonly clues: readonly string[] },
): EntryRecord {
  const { party: _party, otherIdentities: _others, clues: _clues, ...rest } = entry;
  const [identity = '', ...otherIdentities] = identities;
  return {
    ...rest,
    ...partyMember(1 + others.length),
    identity,
    ...(otherIdentities.length > 0 ? { otherIdentities } : {}),
    ...(clues.length > 0 ? { clues } : {}),
  };
}

/** Whoever did not do it is told; there is no contact that is proven before the code. */
export function tellOf({ id, state }: EntryRecord, isOwn: boolean, nowMs: number) {
  return isOwn || state === 'unverified' ? [] : [messageId('party', id, nowMs)];
}
