import { z } from 'zod';
import { EntryView } from '../entries/schemas.ts';
import { operation } from '../http/operation.ts';
import { Identifier } from '../http/schemas.ts';
import { mandateRefusals } from '../papers/operations.ts';
import {
  HelperAnswer,
  HelperChange,
  HelperEntered,
  HelperEntries,
  HelperEntry,
  HelperKey,
  HelperList,
  HelperView,
  MandateInput,
  MandateView,
  NewHelper,
} from './schemas.ts';

const tag = 'Helpers';
const helperParams = z.strictObject({ helperId: Identifier });
const entryParams = z.strictObject({ entryId: Identifier });

export const createHelper = operation({
  id: 'createHelper',
  method: 'post',
  path: '/helpers',
  tag,
  summary: 'Let an association, a lawyer or a social service act for people',
  description:
    'With a mandate of each, and a cap. How many entries came so is public, by category.',
  access: { agent: 'manageHelpers' },
  body: NewHelper,
  answers: { 201: { description: 'The helper, and its first key.', schema: HelperKey } },
  refusals: ['agents_full', 'helpers_full'],
});

export const addHelperKey = operation({
  id: 'addHelperKey',
  method: 'post',
  path: '/helpers/{helperId}/keys',
  tag,
  summary: 'Make another key for a helper',
  description: 'For each person who works there. Keys are taken away like all others.',
  access: { agent: 'manageHelpers' },
  params: helperParams,
  answers: { 201: { description: 'The key.', schema: HelperKey } },
  refusals: ['agents_full', 'helper_not_found'],
});

export const listHelpers = operation({
  id: 'listHelpers',
  method: 'get',
  path: '/helpers',
  tag,
  summary: 'Helpers, those that were revoked among them',
  access: { agent: 'readHelpers', audit: 'none' },
  answers: { 200: { description: 'By age.', schema: HelperList } },
});

export const changeHelper = operation({
  id: 'changeHelper',
  method: 'patch',
  path: '/helpers/{helperId}',
  tag,
  summary: 'Change the cap of a helper',
  access: { agent: 'manageHelpers' },
  params: helperParams,
  body: HelperChange,
  answers: { 200: { description: 'The helper.', schema: HelperView } },
  refusals: ['helper_not_found'],
});

export const revokeHelper = operation({
  id: 'revokeHelper',
  method: 'delete',
  path: '/helpers/{helperId}',
  tag,
  summary: 'Revoke a helper and its keys',
  description:
    'The people it entered keep their places on the waitlist. Repeating changes nothing.',
  access: { agent: 'manageHelpers' },
  params: helperParams,
  answers: { 200: { description: 'The helper.', schema: HelperView } },
  refusals: ['helper_not_found'],
});

export const enterByMandate = operation({
  id: 'enterByMandate',
  method: 'post',
  path: '/helper-entries',
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
    'request_type_unknown',
    'site_unknown',
  ],
});

export const listHelped = operation({
  id: 'listHelped',
  method: 'get',
  path: '/helper-entries',
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
});

export const readHelped = operation({
  id: 'readHelped',
  method: 'get',
  path: '/helper-entries/{entryId}',
  tag,
  summary: 'See an entry by mandate, as its person does',
  access: { agent: 'helpPeople' },
  params: entryParams,
  answers: { 200: { description: 'The entry.', schema: EntryView } },
  refusals: [...mandateRefusals, 'entry_not_found'],
});

export const answerByMandate = operation({
  id: 'answerByMandate',
  method: 'post',
  path: '/helper-entries/{entryId}/answer',
  tag,
  summary: 'Accept, decline, give up or leave for a person, by mandate',
  access: { agent: 'helpPeople' },
  params: entryParams,
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
  ],
});

export const renewMandate = operation({
  id: 'renewMandate',
  method: 'put',
  path: '/helper-entries/{entryId}/mandate',
  tag,
  summary: 'Go on for a person, by a new mandate of theirs',
  description:
    'By the helper that entered the person, also after the days of the mandate before. Not once it ' +
    'was ended, or given back.',
  access: { agent: 'helpPeople' },
  params: entryParams,
  body: MandateInput,
  answers: { 200: { description: 'The mandate.', schema: MandateView } },
  refusals: [...mandateRefusals, 'entry_not_found', 'entry_settled'],
});

export const returnMandate = operation({
  id: 'returnMandate',
  method: 'delete',
  path: '/helper-entries/{entryId}',
  tag,
  summary: 'Give a mandate back',
  description:
    'The entry stays, and counts for the cap until it is over. Repeating changes nothing.',
  access: { agent: 'helpPeople' },
  params: entryParams,
  answers: { 204: { description: 'The mandate has ended.' } },
  refusals: ['helper_not_found', 'mandate_not_found'],
});

export const readMandate = operation({
  id: 'readMandate',
  method: 'get',
  path: '/entries/{entryId}/mandate',
  tag,
  summary: 'Who may act for an entry',
  access: { agent: 'readEntries', orEntry: true },
  params: entryParams,
  answers: { 200: { description: 'The mandate.', schema: MandateView } },
  refusals: ['mandate_not_found'],
});

export const endMandate = operation({
  id: 'endMandate',
  method: 'delete',
  path: '/entries/{entryId}/mandate',
  tag,
  summary: 'End the mandate of a helper',
  description:
    'By the person, or by an agent for a reason. The entry stays; only if an agent ends the mandate ' +
    'does it no longer count for the cap of the helper.',
  access: { agent: 'endMandates', orEntry: true },
  params: entryParams,
  answers: { 200: { description: 'The mandate.', schema: MandateView } },
  refusals: ['mandate_not_found'],
});
