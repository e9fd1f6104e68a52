import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { Identifier, Page } from '../http/schemas.ts';
import {
  PriorityDecision,
  PriorityList,
  PriorityProposal,
  PriorityState,
  PriorityView,
} from './schemas.ts';

const tag = 'Priority';
const params = z.strictObject({ entryId: Identifier });
const path = '/entries/{entryId}/priority';

export const proposePriority = operation({
  id: 'proposePriority',
  method: 'post',
  path,
  tag,
  summary: 'Propose an entry for the priority track',
  description:
    'Another agent must approve it. At most `priorityMax` places of a draw go to the track, and ' +
    'how many are on it, by ground, is public at each draw.',
  access: { agent: 'proposePriority' },
  params,
  body: PriorityProposal,
  answers: { 200: { description: 'The proposal.', schema: PriorityView } },
  refusals: ['entry_not_found', 'entry_settled', 'priority_settled'],
});

export const decidePriority = operation({
  id: 'decidePriority',
  method: 'post',
  path: `${path}/decision`,
  tag,
  summary: 'Approve or refuse a priority, or end it early',
  description: 'Never approved by the agent who proposed it. Repeating a decision changes nothing.',
  access: { agent: 'decidePriority' },
  params,
  body: PriorityDecision,
  answers: { 200: { description: 'The priority.', schema: PriorityView } },
  refusals: [
    'approver_same',
    'entry_not_found',
    'entry_settled',
    'priority_not_found',
    'priority_settled',
  ],
});

export const listPriorities = operation({
  id: 'listPriorities',
  method: 'get',
  path: '/priorities',
  tag,
  summary: 'Priorities proposed, approved, refused and ended, in no order',
  access: { agent: 'readEntries' },
  query: z.strictObject({ ...Page.shape, state: PriorityState.optional() }),
  answers: { 200: { description: 'A page of priorities.', schema: PriorityList } },
});
