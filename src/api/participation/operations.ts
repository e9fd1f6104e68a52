import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { Identifier } from '../http/schemas.ts';
import { DiagnosisView, ExplanationView, ParticipationList, ParticipationPage } from './schemas.ts';

const tag = 'Applicants';

export const listParticipations = operation({
  id: 'listParticipations',
  method: 'get',
  path: '/entries/{entryId}/draws',
  tag,
  summary: 'The draws that an entry took part in',
  description:
    'Those that froze while it was on the waitlist, the latest first, with rank and outcome. Draws ' +
    'frozen by a version that kept no list of them are not told.',
  access: { agent: 'readEntries', orEntry: true },
  params: z.strictObject({ entryId: Identifier }),
  query: ParticipationPage,
  answers: { 200: { description: 'A page of draws.', schema: ParticipationList } },
  refusals: ['entry_not_found'],
});

export const explainDraw = operation({
  id: 'explainDraw',
  method: 'get',
  path: '/entries/{entryId}/draws/{drawId}',
  tag,
  summary: 'One draw, explained for one entry',
  description:
    'Inclusion proof against the published manifest, tickets, rank, last rank served, why it was not ' +
    'drawn, with rules, parameters and data, in French and English.',
  access: { agent: 'readEntries', orEntry: true },
  params: z.strictObject({ entryId: Identifier, drawId: Identifier }),
  answers: { 200: { description: 'The explanation.', schema: ExplanationView } },
  refusals: [
    'entry_not_found',
    'draw_not_found',
    'record_unavailable',
    'index_unavailable',
    'participation_not_found',
  ],
});

export const diagnoseEntry = operation({
  id: 'diagnoseEntry',
  method: 'get',
  path: '/entries/{entryId}/diagnosis',
  tag,
  summary: 'Why nothing has happened to an entry',
  description:
    'Computed from its state and from the draws, not guessed. The main cause comes first.',
  access: { agent: 'readEntries', orEntry: true },
  params: z.strictObject({ entryId: Identifier }),
  answers: { 200: { description: 'What was found.', schema: DiagnosisView } },
  refusals: ['entry_not_found'],
});
