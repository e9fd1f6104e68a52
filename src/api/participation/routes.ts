import { z } from 'zod';
import { needEntry } from '../../usecases/entries/hands.ts';
import { lookBack, needExplained } from '../../usecases/participation/look-back.ts';
import { route } from '../http/route.ts';
import { Identifier } from '../http/schemas.ts';
import { DiagnosisView, ExplanationView, ParticipationList, ParticipationPage } from './schemas.ts';
import { diagnosisView, explanationView, participationView } from './view.ts';

// What draws did for one entry, and why: for its person, and for agents.

const tag = 'Applicants';
const access = { agent: 'readEntries', orEntry: true } as const;

export const listParticipations = route({
  id: 'listParticipations',
  get: '/entries/{entryId}/draws',
  tag,
  summary: 'The draws that an entry took part in',
  description:
    'Those that froze while it was on the waitlist, the latest first, with rank and outcome. Draws ' +
    'frozen by a version that kept no list of them are not told.',
  access,
  params: z.strictObject({ entryId: Identifier }),
  query: ParticipationPage,
  answers: { 200: { description: 'A page of draws.', schema: ParticipationList } },
  refusals: ['entry_not_found'],
  async run({ prefecture, params, query }, deps) {
    const entry = await needEntry(deps, prefecture.id, params.entryId);
    const { limit, cursor: from } = query;
    const page = { limit, ...(from === undefined ? {} : { cursor: from }) };
    const found = await deps.store.draws.participations(prefecture.id, entry, page);
    const { participations, cursor = null } = found;
    return { status: 200, body: { draws: participations.map(participationView), cursor } };
  },
});

export const explainDraw = route({
  id: 'explainDraw',
  get: '/entries/{entryId}/draws/{drawId}',
  tag,
  summary: 'One draw, explained for one entry',
  description:
    'Inclusion proof against the published manifest, tickets, rank, last rank served, why it was not ' +
    'drawn, with rules, parameters and data, in every language.',
  access,
  params: z.strictObject({ entryId: Identifier, drawId: Identifier }),
  answers: { 200: { description: 'The explanation.', schema: ExplanationView } },
  refusals: [
    'entry_not_found',
    'draw_not_found',
    'record_unavailable',
    'index_unavailable',
    'participation_not_found',
  ],
  async run({ prefecture, params: { drawId, entryId } }, deps) {
    await needEntry(deps, prefecture.id, entryId);
    const explained = await needExplained(deps, prefecture, drawId, entryId);
    return { status: 200, body: explanationView(explained) };
  },
});

export const diagnoseEntry = route({
  id: 'diagnoseEntry',
  get: '/entries/{entryId}/diagnosis',
  tag,
  summary: 'Why nothing has happened to an entry',
  description:
    'Computed from its state and from the draws, not guessed. The main cause comes first.',
  access,
  params: z.strictObject({ entryId: Identifier }),
  answers: { 200: { description: 'What was found.', schema: DiagnosisView } },
  refusals: ['entry_not_found'],
  async run({ prefecture, params }, deps) {
    const entry = await needEntry(deps, prefecture.id, params.entryId);
    const overview = await deps.overviews.of(prefecture.id);
    const found = await lookBack(deps, prefecture, entry, overview);
    return { status: 200, body: diagnosisView(entry.id, found) };
  },
});
