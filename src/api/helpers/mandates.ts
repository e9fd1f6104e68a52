import { z } from 'zod';
import { DomainError } from '../../base/errors.ts';
import { needEntry } from '../../usecases/entries/hands.ts';
import { enterByMandate as enter } from '../../usecases/helpers/enter.ts';
import { helpedBy } from '../../usecases/helpers/helped.ts';
import {
  actByMandate,
  endMandate as end,
  entryByMandate,
  giveBack,
  renew,
  standingOf,
  standingOfEntry,
} from '../../usecases/helpers/mandate.ts';
import { EntryView } from '../entries/schemas.ts';
import { viewOf } from '../entries/view-entry.ts';
import { route } from '../http/route.ts';
import { Identifier } from '../http/schemas.ts';
import { mandateRefusals } from './refusals.ts';
import {
  HelperAnswer,
  HelperEntered,
  HelperEntries,
  HelperEntry,
  MandateInput,
  MandateView,
} from './schemas.ts';
import { helpedView, mandateView } from './view.ts';

const tag = 'Helpers';
const params = z.strictObject({ entryId: Identifier });

// What helpers do for people, each by a mandate of the person.

export const enterByMandate = route({
  id: 'enterByMandate',
  post: '/helper-entries',
  tag,
  summary: 'Enter a person by mandate',
  description:
    'The entry waits at once, with the chances of any other. Its token goes to the person, where ' +
    'there is a contact: the helper acts by its mandate, which the person can end.',
  access: { agent: 'helpPeople' },
  body: HelperEntry,
  answers: { 201: { description: 'The entry.', schema: HelperEntered } },
  refusals: [
    'contact_exhausted',
    'document_refused',
    'document_unknown',
    'entry_duplicate',
    'helper_full',
    'helper_not_found',
    'mandate_expired',
    'member_repeated',
    'party_too_large',
    'request_type_unknown',
    'site_unknown',
  ],
  async run({ prefecture, body, nowMs, agent, note }, deps) {
    const entered = await enter(deps, prefecture, body, { agent: agent(), nowMs });
    note([entered.id]);
    return { status: 201, body: entered };
  },
});

export const listHelped = route({
  id: 'listHelped',
  get: '/helper-entries',
  tag,
  summary: 'The entries that this helper holds a mandate for',
  access: { agent: 'helpPeople' },
  answers: {
    200: {
      description: 'By id, without those whose mandate was ended; at most the cap.',
      schema: HelperEntries,
    },
  },
  refusals: ['helper_not_found'],
  async run({ prefecture, agent }, deps) {
    const helped = await helpedBy(deps, prefecture.id, agent());
    return { status: 200, body: { entries: helped.map(helpedView) } };
  },
});

export const readHelped = route({
  id: 'readHelped',
  get: '/helper-entries/{entryId}',
  tag,
  summary: 'See an entry by mandate, as its person does',
  access: { agent: 'helpPeople' },
  params,
  answers: { 200: { description: 'The entry.', schema: EntryView } },
  refusals: [...mandateRefusals, 'entry_not_found'],
  async run({ prefecture, params: { entryId }, nowMs, agent }, deps) {
    const by = { entry: entryId, agent: agent(), nowMs };
    const entry = await entryByMandate(deps, prefecture, by);
    return { status: 200, body: await viewOf(deps, deps.overviews, prefecture, entry, nowMs) };
  },
});

export const answerByMandate = route({
  id: 'answerByMandate',
  post: '/helper-entries/{entryId}/answer',
  tag,
  summary: 'Accept, decline, give up or leave for a person, by mandate',
  description:
    'It needs their document or call code, and they are told at once. What frees a place takes effect ' +
    'after `undoMinutes`, unless they undo it; nothing is public before.',
  access: { agent: 'helpPeople' },
  params,
  body: HelperAnswer,
  answers: { 200: { description: 'The entry as it is now.', schema: EntryView } },
  refusals: [
    'appointment_not_found',
    'appointment_settled',
    'entry_not_found',
    'entry_settled',
    'helper_not_found',
    'mandate_expired',
    'mandate_not_found',
    'offer_not_found',
    'offer_settled',
    'proof_wrong',
  ],
  async run({ prefecture, params: { entryId }, body, nowMs, agent }, deps) {
    await actByMandate(deps, prefecture, { entry: entryId, agent: agent(), nowMs }, body);
    const entry = await needEntry(deps, prefecture.id, entryId);
    return { status: 200, body: await viewOf(deps, deps.overviews, prefecture, entry, nowMs) };
  },
});

export const renewMandate = route({
  id: 'renewMandate',
  put: '/helper-entries/{entryId}/mandate',
  tag,
  summary: 'Go on for a person, by a new mandate of theirs',
  description:
    'By the helper that entered the person, also after the days of the mandate before. Not once it ' +
    'was ended, or given back.',
  access: { agent: 'helpPeople' },
  params,
  body: MandateInput,
  answers: { 200: { description: 'The mandate.', schema: MandateView } },
  refusals: [...mandateRefusals, 'entry_not_found', 'entry_settled'],
  async run({ prefecture, params: { entryId }, body, nowMs, agent }, deps) {
    const by = { entry: entryId, agent: agent(), nowMs };
    const renewed = await renew(deps, prefecture, by, body);
    const standing = await standingOf(deps, prefecture, entryId, renewed, nowMs);
    return { status: 200, body: mandateView(standing) };
  },
});

export const returnMandate = route({
  id: 'returnMandate',
  delete: '/helper-entries/{entryId}',
  tag,
  summary: 'Give a mandate back',
  description:
    'The entry stays, and counts for the cap until it is over. Repeating changes nothing.',
  access: { agent: 'helpPeople' },
  params,
  answers: { 204: { description: 'The mandate has ended.' } },
  refusals: ['helper_not_found', 'mandate_not_found'],
  async run({ prefecture, params: { entryId }, nowMs, agent }, deps) {
    await giveBack(deps, prefecture.id, { entry: entryId, agent: agent(), nowMs });
    return { status: 204 };
  },
});

// What a person sees and ends of it, and agents for them.

export const readMandate = route({
  id: 'readMandate',
  get: '/entries/{entryId}/mandate',
  tag,
  summary: 'Who may act for an entry',
  access: { agent: 'readEntries', orEntry: true },
  params,
  answers: { 200: { description: 'The mandate.', schema: MandateView } },
  refusals: ['mandate_not_found'],
  async run({ prefecture, params: { entryId }, nowMs }, deps) {
    const standing = await standingOfEntry(deps, prefecture, entryId, nowMs);
    if (!standing) throw new DomainError('mandate_not_found', 'no helper acts for this entry');
    return { status: 200, body: mandateView(standing) };
  },
});

export const endMandate = route({
  id: 'endMandate',
  delete: '/entries/{entryId}/mandate',
  tag,
  summary: 'End the mandate of a helper',
  description:
    'By the person, or by an agent for a reason. The entry stays; only if an agent ends the mandate ' +
    'does it no longer count for the cap of the helper.',
  access: { agent: 'endMandates', orEntry: true },
  params,
  answers: { 200: { description: 'The mandate.', schema: MandateView } },
  refusals: ['mandate_not_found'],
  async run({ prefecture, params: { entryId }, nowMs, isAgent }, deps) {
    const by = isAgent ? 'agent' : 'person';
    const standing = await end(deps, prefecture, entryId, { by, nowMs });
    return { status: 200, body: mandateView(standing) };
  },
});
