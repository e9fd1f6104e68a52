import { z } from 'zod';
import { DrawList, DrawView, ManifestView, StatisticsView } from '../draws/schemas.ts';
import { operation } from '../http/operation.ts';
import { Identifier, Page } from '../http/schemas.ts';
import { PrefectureView, RequestTypes, Rules, Sites } from '../prefectures/schemas.ts';

const tag = 'Public';
const access = 'public';
const method = 'get';
const params = z.strictObject({ drawId: Identifier });
const unchanged = { description: 'Unchanged since the ETag that was sent.' };

export const readPrefecture = operation({
  id: 'readPrefecture',
  method,
  path: '',
  tag,
  summary: 'What a prefecture offers, and how',
  access,
  answers: { 200: { description: 'The prefecture.', schema: PrefectureView }, 304: unchanged },
});

export const listRequestTypes = operation({
  id: 'listRequestTypes',
  method,
  path: '/request-types',
  tag,
  summary: 'Request types',
  access,
  answers: { 200: { description: 'All request types.', schema: RequestTypes }, 304: unchanged },
});

export const listSites = operation({
  id: 'listSites',
  method,
  path: '/sites',
  tag,
  summary: 'Sites',
  access,
  answers: { 200: { description: 'All sites.', schema: Sites }, 304: unchanged },
});

export const readRules = operation({
  id: 'readRules',
  method,
  path: '/rules',
  tag,
  summary: 'Rules of the next draw',
  access,
  answers: { 200: { description: 'The rules.', schema: Rules }, 304: unchanged },
});

export const readStatistics = operation({
  id: 'readStatistics',
  method,
  path: '/statistics',
  tag,
  summary: 'Who waits, and what the chances were',
  access,
  answers: { 200: { description: 'By request type.', schema: StatisticsView }, 304: unchanged },
});

export const listDraws = operation({
  id: 'listDraws',
  method,
  path: '/draws',
  tag,
  summary: 'Draws, planned, past and void',
  access,
  query: Page,
  answers: { 200: { description: 'The latest planned first.', schema: DrawList }, 304: unchanged },
});

export const readDraw = operation({
  id: 'readDraw',
  method,
  path: '/draws/{drawId}',
  tag,
  summary: 'One draw',
  access,
  params,
  answers: { 200: { description: 'The draw.', schema: DrawView }, 304: unchanged },
  refusals: ['draw_not_found'],
});

export const readManifest = operation({
  id: 'readManifest',
  method,
  path: '/draws/{drawId}/manifest',
  tag,
  summary: 'What a draw was fixed to before its randomness was known',
  description: 'The RFC 8785 text whose SHA-256 is the manifest hash. It never changes.',
  access,
  params,
  answers: { 200: { description: 'The manifest.', schema: ManifestView }, 304: unchanged },
  refusals: ['draw_not_found', 'manifest_unavailable'],
});

export const readRecord = operation({
  id: 'readRecord',
  method,
  path: '/draws/{drawId}/record',
  tag,
  summary: 'Everything needed to recompute a draw',
  description:
    'One JSON object a line, as lottery/v1 section 7 says, to be checked by anyone. Available once ' +
    'the draw is sealed. With `part=result` it ends before the events, and never changes.',
  access,
  params,
  query: z.strictObject({ part: z.enum(['all', 'result']).default('all') }),
  answers: {
    200: { description: 'The record.', schema: z.string(), type: 'application/x-ndjson' },
    304: unchanged,
  },
  refusals: ['draw_not_found', 'record_unavailable'],
});
