import { z } from 'zod';
import { flaggedEntries, openFlaggedSet } from '../../usecases/flags/open.ts';
import { settleFlaggedSet } from '../../usecases/flags/settle.ts';
import { entrySummary } from '../entries/view.ts';
import { route } from '../http/route.ts';
import { Identifier, Page } from '../http/schemas.ts';
import {
  FlaggedSetDetail,
  FlaggedSetList,
  FlaggedSetView,
  OpenedSet,
  Opening,
  SettlementInput,
} from './schemas.ts';
import { flagView, personView } from './view.ts';

// Sets of entries that may be one person.

const tag = 'Entries';
const params = z.strictObject({ flagId: Identifier });

export const listFlags = route({
  id: 'listFlaggedSets',
  get: '/flagged-sets',
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
  async run({ prefecture, query: { state, limit, cursor: from } }, { store }) {
    const page = { state, limit, ...(from === undefined ? {} : { cursor: from }) };
    const { flags, cursor = null } = await store.flags.list(prefecture.id, page);
    return { status: 200, body: { flaggedSets: flags.map(flagView), cursor } };
  },
});

export const readFlag = route({
  id: 'readFlaggedSet',
  get: '/flagged-sets/{flagId}',
  tag,
  summary: 'One set, and how its entries stand',
  access: { agent: 'readFlags' },
  params,
  answers: { 200: { description: 'The set.', schema: FlaggedSetDetail } },
  refusals: ['flag_not_found'],
  async run({ prefecture, params: { flagId } }, deps) {
    const flag = await deps.store.flags.get(prefecture.id, flagId);
    const entries = await flaggedEntries(deps, prefecture.id, flag);
    return { status: 200, body: { set: flagView(flag), entries: entries.map(entrySummary) } };
  },
});

export const openFlag = route({
  id: 'openFlaggedSet',
  post: '/flagged-sets/{flagId}/opening',
  tag,
  summary: 'See whose entries they are',
  description: 'Names, documents and contacts. The audit log keeps who opened it, and why.',
  access: { agent: 'openFlags', audit: 'read' },
  params,
  body: Opening,
  answers: { 200: { description: 'The people.', schema: OpenedSet } },
  refusals: ['flag_not_found'],
  async run({ prefecture, params: { flagId }, note }, deps) {
    const { set, people } = await openFlaggedSet(deps, prefecture.id, flagId);
    note(people.map(({ entry }) => entry));
    return { status: 200, body: { set: flagView(set), people: people.map(personView) } };
  },
});

export const settleFlag = route({
  id: 'settleFlaggedSet',
  post: '/flagged-sets/{flagId}/settlement',
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
  async run({ prefecture, params: { flagId }, body, nowMs, agent, note }, deps) {
    const settling = { prefecture: prefecture.id, flagId, agent: agent(), nowMs };
    const flag = await settleFlaggedSet(deps, settling, body);
    note(flag.entries);
    return { status: 200, body: flagView(flag) };
  },
});
