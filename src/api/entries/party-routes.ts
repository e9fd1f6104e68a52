import { z } from 'zod';
import { peopleOf } from '../../domain/entries/party.ts';
import { documentsOf, peopleIn } from '../../identity/person/people.ts';
import { addMember } from '../../usecases/entries/change-party.ts';
import { needEntry } from '../../usecases/entries/hands.ts';
import { openPeople, removeMember } from '../../usecases/entries/party-people.ts';
import { signReceipt } from '../../usecases/entries/receipt.ts';
import { type Parting, partFromParty } from '../../usecases/entries/split-party.ts';
import { entryByMandate } from '../../usecases/helpers/mandate.ts';
import type { ApiDeps } from '../http/deps.ts';
import { route } from '../http/route.ts';
import { Identifier } from '../http/schemas.ts';
import { MemberParams, PartyChanged, PartySplit, PartyView, PeopleQuery } from './party-schemas.ts';
import { MemberInput } from './people-schemas.ts';

// Who comes together: by the person, by agents, and by helpers with a mandate.

const tag = 'Applicants';
const params = z.strictObject({ entryId: Identifier });
const access = { agent: 'answerForPeople', orEntry: true } as const;
const byHelper = { agent: 'helpPeople' } as const;

const addRefusals = [
  'document_refused',
  'document_unknown',
  'entry_duplicate',
  'entry_frozen',
  'entry_not_found',
  'entry_settled',
  'party_changed',
  'party_too_large',
  'request_type_unknown',
] as const;
const removeRefusals = [
  'entry_frozen',
  'entry_not_found',
  'entry_settled',
  'member_not_found',
  'party_changed',
] as const;
const splitRefusals = [...removeRefusals, 'document_refused'] as const;
const mandateRefusals = ['helper_not_found', 'mandate_expired', 'mandate_not_found'] as const;

const changed = { 200: { description: 'The party as it is now.', schema: PartyChanged } } as const;
const parted = { 200: { description: 'The party, and who left it.', schema: PartySplit } } as const;

export const readParty = route({
  id: 'readParty',
  get: '/entries/{entryId}/party',
  tag,
  summary: 'Who comes together with one entry',
  access: 'entry',
  params,
  answers: { 200: { description: 'The people, by name.', schema: PartyView } },
  refusals: ['entry_not_found', 'entry_settled'],
  async run({ prefecture, params: { entryId } }, deps) {
    const entry = await needEntry(deps, prefecture.id, entryId);
    const people = peopleIn(openPeople(deps, prefecture.id, entry));
    const members = people.map(({ name, birthDate = null, ...one }, member) => {
      return { member, name, birthDate, documents: documentsOf(one).map(({ kind }) => kind) };
    });
    const parting = entry.parting ?? null;
    return { status: 200, body: { id: entry.id, people: people.length, members, parting } };
  },
});

export const addPartyMember = route({
  id: 'addPartyMember',
  post: '/entries/{entryId}/party/members',
  tag,
  summary: 'Add somebody who comes along',
  description:
    'While the entry waits and no draw is being held with it. A draw that was held keeps the size it ' +
    'froze. Adding who stands there already changes nothing. The person is told of what agents change.',
  access,
  params,
  body: MemberInput,
  answers: changed,
  refusals: addRefusals,
  async run({ prefecture, params: { entryId }, body, nowMs, isAgent }, deps) {
    const change = { prefecture, entryId, isOwn: !isAgent, nowMs };
    return changedAnswer(deps, prefecture.id, await addMember(deps, change, body));
  },
});

export const removePartyMember = route({
  id: 'removePartyMember',
  delete: '/entries/{entryId}/party/members/{member}',
  tag,
  summary: 'Take somebody out of a party',
  description: 'As for adding. The person whose contact it is leaves with the whole entry only.',
  access,
  params: MemberParams,
  query: PeopleQuery,
  answers: changed,
  refusals: removeRefusals,
  async run({ prefecture, params: { entryId, member }, query, nowMs, isAgent }, deps) {
    const change = { prefecture, entryId, isOwn: !isAgent, nowMs };
    const left = await removeMember(deps, change, { member, people: query.people });
    return changedAnswer(deps, prefecture.id, left);
  },
});

export const splitParty = route({
  id: 'splitParty',
  post: '/entries/{entryId}/party/members/{member}/split',
  tag,
  summary: 'Let somebody leave a party and go on alone',
  description:
    'With an entry of their own, the same contact, and the missed draws of the party; the public ' +
    'register says how many were carried. While a draw may still offer the party a place it is noted, ' +
    'and done when that draw is over. One between two draws.',
  access,
  params: MemberParams,
  query: PeopleQuery,
  answers: parted,
  refusals: splitRefusals,
  async run({ prefecture, params: { entryId, member }, query, nowMs, note }, deps) {
    const wish = { member, people: query.people, nowMs };
    const found = await partFromParty(deps, prefecture, entryId, wish);
    if (found.alone) note([found.alone.id]);
    const body = splitAnswer(deps, prefecture.id, found);
    const token = (id: string) => deps.tokens.entryToken(prefecture.id, id);
    const alone = body.alone && { ...body.alone, token: token(body.alone.id) };
    return { status: 200, body: { ...body, alone } };
  },
});

export const addHelpedMember = route({
  id: 'addHelpedMember',
  post: '/helper-entries/{entryId}/party/members',
  tag: 'Helpers',
  summary: 'Add somebody who comes along, by mandate',
  access: byHelper,
  params,
  body: MemberInput,
  answers: changed,
  refusals: [...addRefusals, ...mandateRefusals],
  async run({ prefecture, params: { entryId }, body, nowMs, agent }, deps) {
    await entryByMandate(deps, prefecture, { entry: entryId, agent: agent(), nowMs });
    const change = { prefecture, entryId, isOwn: false, nowMs };
    return changedAnswer(deps, prefecture.id, await addMember(deps, change, body));
  },
});

export const removeHelpedMember = route({
  id: 'removeHelpedMember',
  delete: '/helper-entries/{entryId}/party/members/{member}',
  tag: 'Helpers',
  summary: 'Take somebody out of a party, by mandate',
  access: byHelper,
  params: MemberParams,
  query: PeopleQuery,
  answers: changed,
  refusals: [...removeRefusals, ...mandateRefusals],
  async run({ prefecture, params: { entryId, member }, query, nowMs, agent }, deps) {
    await entryByMandate(deps, prefecture, { entry: entryId, agent: agent(), nowMs });
    const change = { prefecture, entryId, isOwn: false, nowMs };
    const left = await removeMember(deps, change, { member, people: query.people });
    return changedAnswer(deps, prefecture.id, left);
  },
});

export const splitHelpedParty = route({
  id: 'splitHelpedParty',
  post: '/helper-entries/{entryId}/party/members/{member}/split',
  tag: 'Helpers',
  summary: 'Let somebody leave a party and go on alone, by mandate',
  description:
    'The mandate stays with the party: who goes on alone acts by the token they are sent.',
  access: byHelper,
  params: MemberParams,
  query: PeopleQuery,
  answers: parted,
  refusals: [...splitRefusals, ...mandateRefusals],
  async run({ prefecture, params: { entryId, member }, query, nowMs, agent, note }, deps) {
    await entryByMandate(deps, prefecture, { entry: entryId, agent: agent(), nowMs });
    const wish = { member, people: query.people, nowMs };
    const found = await partFromParty(deps, prefecture, entryId, wish);
    if (found.alone) note([found.alone.id]);
    return { status: 200, body: splitAnswer(deps, prefecture.id, found) };
  },
});

type Signing = Pick<ApiDeps, 'signer'>;

function changedAnswer({ signer }: Signing, prefecture: string, entry: Parting['entry']) {
  const receipt = signReceipt(signer, prefecture, entry);
  return { status: 200, body: { id: entry.id, people: peopleOf(entry), receipt } } as const;
}

function splitAnswer({ signer }: Signing, prefecture: string, { entry, alone }: Parting) {
  return {
    id: entry.id,
    people: peopleOf(entry),
    alone: alone ? { id: alone.id, receipt: signReceipt(signer, prefecture, alone) } : null,
  };
}
