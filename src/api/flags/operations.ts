import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { Identifier, Page } from '../http/schemas.ts';
import {
  FlaggedSetDetail,
  FlaggedSetList,
  FlaggedSetView,
  OpenedSet,
  Opening,
  SettlementInput,
} from './schemas.ts';

const tag = 'Entries';
const params = z.strictObject({ flagId: Identifier });

export const listFlags = operation({
  id: 'listFlaggedSets',
  method: 'get',
  path: '/flagged-sets',
  tag,
  summary: 'Entries that may be one person, the oldest first',
  description: 'Ids and kinds of clues, without personal data. Nobody was refused for a clue.',
  access: { agent: 'readFlags' },
  query: z.strictObject({
    ...Page.shape,
    cursor: z.string().min(1).max(80).optional(),
    state: z.enum(['open', 'settled']).default('open'),
  }),
  answers: { 200: { description: 'A page of sets.', schema: FlaggedSetList } },
});

export const readFlag = operation({
  id: 'readFlaggedSet',
  method: 'get',
  path: '/flagged-sets/{flagId}',
  tag,
  summary: 'One set, and how its entries stand',
  access: { agent: 'readFlags' },
  params,
  answers: { 200: { description: 'The set.', schema: FlaggedSetDetail } },
  refusals: ['flag_not_found'],
});

export const openFlag = operation({
  id: 'openFlaggedSet',
  method: 'post',
  path: '/flagged-sets/{flagId}/opening',
  tag,
  summary: 'See whose entries they are',
  description: 'Names, documents and contacts. The audit log keeps who opened it, and why.',
  access: { agent: 'openFlags', audit: 'read' },
  params,
  body: Opening,
  answers: { 200: { description: 'The people.', schema: OpenedSet } },
  refusals: ['flag_not_found'],
});

export const settleFlag = operation({
  id: 'settleFlaggedSet',
  method: 'post',
  path: '/flagged-sets/{flagId}/settlement',
  tag,
  summary: 'Decide whether they are one person',
  description:
    '`same_person`: one entry stays, the others leave the waitlist and their people are told. ' +
    '`different_people`: the first and each of the others are never flagged together again. Of a ' +
    'number that the registry does not know: `document_good` after a look at it, or `document_bad`. ' +
    'Repeating a decision completes it; another one is refused.',
  access: { agent: 'settleFlags' },
  params,
  body: SettlementInput,
  answers: { 200: { description: 'The settled set.', schema: FlaggedSetView } },
  refusals: ['flag_not_found', 'flag_settled', 'input_inconsistent'],
});
