import { z } from 'zod';
import { enterFile, enterAtDesk as enterOne } from '../../usecases/entries/desk.ts';
import { needProof } from '../../usecases/entries/proof.ts';
import { rejectEntry as reject } from '../../usecases/entries/reject.ts';
import { findByDocument } from '../../usecases/entries/search.ts';
import { withdrawFor } from '../../usecases/offers/proxy.ts';
import { route } from '../http/route.ts';
import { Identifier, Page } from '../http/schemas.ts';
import { deskEntriesOfCsv } from './desk-lines.ts';
import {
  DeskEntry,
  DeskResults,
  DeskWithdrawal,
  EntryList,
  EntrySearch,
  EntryState,
  Rejected,
  Rejection,
} from './schemas.ts';
import { entrySummary } from './view.ts';

// Entries as agents make, see and end them. They see no personal data.

const tag = 'Entries';

export const enterAtDesk = route({
  id: 'enterAtDesk',
  post: '/desk-entries',
  tag,
  summary: 'Enter people who came to the desk, called or wrote',
  description:
    'Identity was checked by the agent: the entries wait at once, with the same chances as any ' +
    'other. If one line of a file is invalid none is taken; a person who is entered already is ' +
    'reported as a duplicate, so a file can be sent again.',
  access: { agent: 'enterAtDesk' },
  body: DeskEntry,
  csv: {
    description:
      'Up to 5,000 people on paper. Lists are parted by |. Two columns may follow: `postal`, the ' +
      'lines of an address, and `party`, a reference that the lines of one party have in common. The ' +
      'first of them carries contact, language and wishes for all; a child without a document has ' +
      'name and birth date.',
    example:
      'requestType,name,documentKind,documentCountry,documentNumber,birthDate,nationality,email,' +
      'phone,language,sites,notBefore,notAfter,days,from,until\n' +
      'RENEWAL,Ada Exemple,passport,GBR,EX0000001,,,ada@example.org,,en,nanterre,,,,,\n',
  },
  answers: { 200: { description: 'What became of each.', schema: DeskResults } },
  refusals: [
    'contact_exhausted',
    'document_unknown',
    'entries_invalid',
    'member_repeated',
    'party_too_large',
    'request_type_unknown',
    'site_unknown',
    'document_refused',
  ],
  async run({ prefecture, body, csv, nowMs, agent, note }, deps) {
    const by = { nowMs, by: agent() };
    const done =
      csv === undefined
        ? await enterOne(deps, prefecture, body, by)
        : await enterFile(deps, prefecture, await deskEntriesOfCsv(prefecture, csv, nowMs), by);
    note(done.results.flatMap(({ outcome, id }) => (outcome === 'joined' && id ? [id] : [])));
    return { status: 200, body: done };
  },
});

export const listEntries = route({
  id: 'listEntries',
  get: '/entries',
  tag,
  summary: 'Entries, in no order, without personal data',
  access: { agent: 'readEntries' },
  query: z.strictObject({
    ...Page.shape,
    state: EntryState.optional(),
    requestType: Identifier.optional(),
    id: Identifier.optional().meta({ description: 'Only this one, if it exists.' }),
  }),
  answers: { 200: { description: 'A page of entries.', schema: EntryList } },
  refusals: ['input_malformed'],
  async run({ prefecture, query, note }, { store }) {
    const { id, limit, cursor: from, state, requestType } = query;
    if (id !== undefined) {
      const entry = await store.entries.get(prefecture.id, id);
      // Only an id of ours: what else stands there may be anything, and the log is for ever.
      if (entry) note([entry.id]);
      return { status: 200, body: { entries: entry ? [entrySummary(entry)] : [], cursor: null } };
    }
    const { entries, cursor = null } = await store.entries.list(prefecture.id, {
      limit,
      ...(from === undefined ? {} : { cursor: from }),
      ...(state === undefined ? {} : { state }),
      ...(requestType === undefined ? {} : { requestType }),
    });
    return { status: 200, body: { entries: entries.map(entrySummary), cursor } };
  },
});

export const searchEntries = route({
  id: 'searchEntries',
  post: '/entry-search',
  tag,
  summary: 'Find the live entries of a person by document',
  description: 'A body, not a query: document numbers do not belong into addresses and logs.',
  access: { agent: 'searchEntries', audit: 'read' },
  body: EntrySearch,
  answers: { 200: { description: 'At most one for each request type.', schema: EntryList } },
  refusals: ['request_type_unknown'],
  async run({ prefecture, body, note }, deps) {
    const entries = await findByDocument(deps, prefecture, body);
    note(entries.map(({ id }) => id));
    return { status: 200, body: { entries: entries.map(entrySummary), cursor: null } };
  },
});

export const withdrawAtDesk = route({
  id: 'withdrawAtDesk',
  post: '/entries/{entryId}/desk-withdrawal',
  tag,
  summary: 'Leave the waitlist for a person who asks for it',
  description:
    'It needs their document or call code, and they are told at once. A place that the entry holds is ' +
    'free only after `undoMinutes`, unless they undo it. Repeating it changes nothing.',
  access: { agent: 'answerForPeople' },
  params: z.strictObject({ entryId: Identifier }),
  body: DeskWithdrawal,
  answers: { 202: { description: 'It has left, or will.' } },
  refusals: [
    ...(['appointment_not_found', 'appointment_settled', 'entry_not_found'] as const),
    ...(['entry_settled', 'offer_not_found', 'offer_settled', 'proof_wrong'] as const),
  ],
  async run({ prefecture, params: { entryId }, body: { proof }, nowMs }, deps) {
    await needProof(deps, prefecture.id, entryId, proof);
    await withdrawFor(deps, prefecture, entryId, { by: 'staff', nowMs });
    return { status: 202 };
  },
});

export const rejectEntry = route({
  id: 'rejectEntry',
  post: '/entries/{entryId}/rejection',
  tag,
  summary: 'Take an entry off the waitlist',
  description: 'Its person is told why, and how to contest it.',
  access: { agent: 'rejectEntries' },
  params: z.strictObject({ entryId: Identifier }),
  body: Rejection,
  answers: { 200: { description: 'The entry is rejected.', schema: Rejected } },
  refusals: ['entry_not_found', 'entry_settled'],
  async run({ prefecture, params: { entryId }, body: { reason }, nowMs, agent }, deps) {
    const rejecting = { agent: agent(), reason, nowMs };
    const { id, state } = await reject(deps, prefecture.id, entryId, rejecting);
    return { status: 200, body: { id, state } };
  },
});
