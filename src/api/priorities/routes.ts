import { z } from 'zod';
import {
  decidePriority as decide,
  proposePriority as propose,
} from '../../usecases/priorities/track.ts';
import { route } from '../http/route.ts';
import { Identifier, Page } from '../http/schemas.ts';
import {
  PriorityDecision,
  PriorityList,
  PriorityProposal,
  PriorityState,
  PriorityView,
} from './schemas.ts';
import { priorityView } from './view.ts';

// The priority track: one agent proposes, another approves.

const tag = 'Priority';
const params = z.strictObject({ entryId: Identifier });

export const proposePriority = route({
  id: 'proposePriority',
  post: '/entries/{entryId}/priority',
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
  async run({ prefecture, params: { entryId }, body, nowMs, agent }, deps) {
    const by = { agent: agent(), nowMs };
    const priority = await propose(deps, prefecture.id, entryId, body, by);
    return { status: 200, body: priorityView(entryId, priority) };
  },
});

export const decidePriority = route({
  id: 'decidePriority',
  post: '/entries/{entryId}/priority/decision',
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
  async run({ prefecture, params: { entryId }, body, nowMs, agent }, deps) {
    const { decision, proposedAt } = body;
    const seen = proposedAt === undefined ? {} : { proposedAtMs: Date.parse(proposedAt) };
    const by = { agent: agent(), nowMs, ...seen };
    const priority = await decide(deps, prefecture.id, entryId, decision, by);
    return { status: 200, body: priorityView(entryId, priority) };
  },
});

export const listPriorities = route({
  id: 'listPriorities',
  get: '/priorities',
  tag,
  summary: 'Priorities proposed, approved, refused and ended, in no order',
  access: { agent: 'readEntries' },
  query: z.strictObject({ ...Page.shape, state: PriorityState.optional() }),
  answers: { 200: { description: 'A page of priorities.', schema: PriorityList } },
  refusals: ['input_malformed'],
  async run({ prefecture, query: { limit, cursor, state } }, { store }) {
    const page = await store.priorities.list(prefecture.id, {
      limit,
      ...(cursor === undefined ? {} : { cursor }),
      ...(state === undefined ? {} : { state }),
    });
    const rows = [...page.priorities].map(([entry, priority]) => priorityView(entry, priority));
    return { status: 200, body: { priorities: rows, cursor: page.cursor ?? null } };
  },
});
