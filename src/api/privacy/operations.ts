import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { Identifier } from '../http/schemas.ts';
import { DisclosureReason, EntryExport, Erased, ErasureReason } from './schemas.ts';

const params = z.strictObject({ entryId: Identifier });
const exported = { description: 'All that is kept about the person.', schema: EntryExport };
const erased = { description: 'Erased, now or before.', schema: Erased };

export const exportEntry = operation({
  id: 'exportEntry',
  method: 'get',
  path: '/entries/{entryId}/export',
  tag: 'Applicants',
  summary: 'Everything that is kept about the person',
  description: 'Name, document and contact opened, the entry, its draws and offers, as one JSON.',
  access: 'entry',
  params,
  answers: { 200: exported },
  refusals: ['entry_not_found'],
});

export const eraseEntry = operation({
  id: 'eraseEntry',
  method: 'post',
  path: '/entries/{entryId}/erasure',
  tag: 'Applicants',
  summary: 'Leave, and have everything personal erased',
  description:
    'For good. An open offer is declined, an appointment given up, and the place goes on as ' +
    'always. The id stays in published records, and nothing leads from it to the person. ' +
    'Repeating it changes nothing.',
  access: 'entry',
  params,
  answers: { 200: erased },
  refusals: ['entry_not_found'],
});

export const discloseEntry = operation({
  id: 'discloseEntry',
  method: 'post',
  path: '/entries/{entryId}/disclosure',
  tag: 'Entries',
  summary: 'Everything that is kept about a person, for a request of access',
  description: 'Opens what is sealed: check first who asks.',
  access: { agent: 'disclosePeople' },
  params,
  body: DisclosureReason,
  answers: { 200: exported },
  refusals: ['entry_not_found'],
});

export const eraseByAgent = operation({
  id: 'eraseByAgent',
  method: 'post',
  path: '/entries/{entryId}/agent-erasure',
  tag: 'Entries',
  summary: 'Erase everything personal of an entry',
  description: 'As `eraseEntry` does, for people who cannot. Repeating it changes nothing.',
  access: { agent: 'erasePeople' },
  params,
  body: ErasureReason,
  answers: { 200: erased },
  refusals: ['entry_not_found'],
});
