import { DomainError } from '../../base/errors.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { judgeLikeness } from '../../domain/entries/near-duplicates.ts';
import {
  checkResize,
  type PartyMoment,
  partyChanged,
  partyMember,
} from '../../domain/entries/party.ts';
import { localDate } from '../../domain/local-time.ts';
import { personContext } from '../../identity/person/context.ts';
import { repeatedHolder } from '../../identity/person/identity-key.ts';
import { documentsOf } from '../../identity/person/people.ts';
import type { Member } from '../../identity/person/person.ts';
import { keysOfEntry } from '../../store/entries/keys.ts';
import type { PeopleChange } from '../../store/entries/people.ts';
import { suspensionOf } from '../absences/suspension.ts';
import type { UseCaseDeps } from '../deps.ts';
import { anyMakesWay } from './add.ts';
import { requestTypeOf } from './application.ts';
import { needEntry } from './hands.ts';
import { checkOther, partyTooLarge } from './party.ts';
import { openPeople, type PartyChange, tellOf } from './party-people.ts';
import { mustCheckLater } from './person-keys.ts';

type Deps = Pick<
  UseCaseDeps,
  'store' | 'vault' | 'identityKeys' | 'registry' | 'metrics' | 'waker' | 'personLimits'
>;

/**
 * Adds somebody who comes along. Who stands there already is not added again, so it may be repeated.
 *
 * @throws DomainError `entry_not_found`, `entry_settled`, `entry_frozen`, `party_changed`,
 *   `party_too_large`, `document_refused`, `document_unknown`, `entry_duplicate`
 */
export async function addMember(
  deps: Deps,
  change: PartyChange,
  member: Member,
): Promise<EntryRecord> {
  const { prefecture, entryId, nowMs } = change;
  const { store, waker } = deps;
  const checkLater = await mustCheckMember(deps, member).catch(asBody);
  const sitsOutUntil = await sitsOut(deps, change, member);
  const decide = (entry: EntryRecord, moment: PartyMoment) =>
    withMember(deps, change, { entry, moment, member, checkLater, sitsOutUntil });
  let outcome = await store.entries.changePeople(prefecture.id, entryId, decide);
  if (outcome.outcome === 'taken') {
    const { entries, identity } = outcome;
    await deps.personLimits.attempt(prefecture.id, identity);
    if (await anyMakesWay(store, prefecture.id, entries, nowMs)) {
      outcome = await store.entries.changePeople(prefecture.id, entryId, decide);
    }
  }
  if (outcome.outcome === 'taken') {
    throw new DomainError(
      'entry_duplicate',
      'a person has one entry for a request type, alone or with others, and there is one for this ' +
        'person: it must end first. If it is not theirs, show the document at the desk',
    );
  }
  await flagAlike(deps, prefecture.id, outcome.entry, nowMs);
  waker.soon('dispatch', prefecture.id);
  return outcome.entry;
}

async function mustCheckMember(deps: Deps, member: Member): Promise<boolean> {
  const { document, ...rest } = member;
  return document === undefined ? false : mustCheckLater(deps, { person: { ...rest, document } });
}

/** The member is the whole body of the request. */
function asBody(error: unknown): never {
  if (!(error instanceof DomainError)) throw error;
  throw new DomainError(error.code, error.message, error.member?.replace(/^person\./, ''));
}

interface Adding {
  readonly entry: EntryRecord;
  readonly moment: PartyMoment;
  readonly member: Member;
  readonly checkLater: boolean;
  /** Number of the last draw that the member sits out; 0: none. */
  readonly sitsOutUntil: number;
}

/** What somebody sits out they do not get round by coming along with others. */
async function sitsOut(
  { store, identityKeys }: Pick<Deps, 'store' | 'identityKeys'>,
  { prefecture, entryId }: PartyChange,
  member: Member,
): Promise<number> {
  const { requestType } = await needEntry({ store }, prefecture.id, entryId);
  const { name, birthDate = '' } = member;
  const documents = documentsOf(member);
  const identities =
    documents.length > 0
      ? documents.flatMap((one) => identityKeys.allKeysOf(prefecture.id, requestType, one, name))
      : identityKeys.childKeysOf(prefecture.id, requestType, { name, birthDate });
  const suspension = await suspensionOf(store, prefecture, identities);
  return suspension?.untilDraw ?? 0;
}

function withMember(
  { vault, identityKeys }: Pick<Deps, 'vault' | 'identityKeys'>,
  { prefecture, nowMs, isOwn }: PartyChange,
  { entry, moment, member, checkLater, sitsOutUntil }: Adding,
): PeopleChange {
  const requestType = requestTypeOf(prefecture, entry.requestType);
  const before = openPeople({ vault }, prefecture.id, entry);
  const others = [...(before.others ?? []), member];
  const person = { ...before, others };
  if (repeatedHolder(person) === others.length) return { entry, messages: [] };
  checkResize(entry, moment);
  // An entry that does not wait yet will wait from the later draw on.
  if (entry.state === 'waiting' && sitsOutUntil > moment.drawNumber) {
    throw partyChanged('this person sits out draws: they can come along once these are over');
  }
  if (1 + others.length > requestType.partyMax) throw partyTooLarge(requestType);
  const onDay = localDate(nowMs, prefecture.settings.timeZone);
  checkOther(requestType, member, { path: '', onDay });
  const keys = identityKeys.keysOf(prefecture.id, entry.requestType, person);
  const isNew = keys.holders.map((holder) => holder === others.length);
  const added = keys.identities.filter((_, at) => isNew[at]);
  const former = keys.formerIdentities.filter((_, at) => isNew[at % isNew.length]);
  const own = keysOfEntry(entry);
  return {
    entry: {
      ...entry,
      ...partyMember(1 + others.length),
      resized: moment.drawNumber,
      partySinceMs: nowMs,
      otherIdentities: [...own.identities.slice(1), ...added],
      ...cluesMember(own.clues, keys.clues),
      sealed: vault.seal(person, personContext(prefecture.id, entry.id)),
      ...(checkLater ? { documentCheck: 'due' as const } : {}),
    },
    formerIdentities: former,
    ...(checkLater ? { checkAtMs: nowMs } : {}),
    messages: tellOf(entry, isOwn, nowMs),
  };
}

/** The name of who is new makes the last clue, unless somebody has the same one already. */
function cluesMember(own: readonly string[], all: readonly string[]) {
  const clues = all.length > own.length ? [...own, ...all.slice(own.length)] : own;
  return clues.length > 0 ? { clues } : {};
}

/** Whoever has the name and birth date of somebody of another entry is looked at by an agent. */
async function flagAlike(
  { store, metrics }: Pick<Deps, 'store' | 'metrics'>,
  prefecture: string,
  entry: EntryRecord,
  nowMs: number,
): Promise<void> {
  const names = keysOfEntry(entry).clues.filter((clue) => clue.startsWith('n'));
  const found = await Promise.all(names.map((clue) => store.entries.findByClue(prefecture, clue)));
  const ids = [...new Set(found.flat())].filter((id) => id !== entry.id);
  const others = await store.entries.getMany(prefecture, ids);
  const near = others.flatMap((other) => {
    if (!other) return [];
    const { id, requestType } = other.value;
    const { identities } = keysOfEntry(other.value);
    return [{ id, requestType, identities, clues: ['name'] as const }];
  });
  const alike = { different: new Set<string>(), entriesPerContact: undefined };
  const judged = judgeLikeness(entry.requestType, near, alike);
  if (judged.outcome !== 'like') return;
  for (const other of judged.entries) {
    const raised = await store.flags.raise(prefecture, [entry.id, other], 'name', nowMs);
    if (raised === 'raised') metrics.flags.inc({ outcome: 'raised' });
  }
}
