import { StatisticsView } from '../draws/schemas.ts';
import { publicFor } from '../http/cacheable.ts';
import { route } from '../http/route.ts';
import { PrefectureView, RequestTypes, Rules, Sites } from '../prefectures/schemas.ts';
import { prefectureView, statisticsView } from './view.ts';

// What everyone may know of a prefecture.

const tag = 'Public';
const access = 'public';
const unchanged = { description: 'Unchanged since the ETag that was sent.' };
/** Configuration changes seldom, and nobody is hurt by reading it a minute late. */
const CONFIGURATION = { control: publicFor(60) };
const FRESH = { control: publicFor(10) };

export const readPrefecture = route({
  id: 'readPrefecture',
  get: '',
  tag,
  summary: 'What a prefecture offers, and how',
  access,
  answers: { 200: { description: 'The prefecture.', schema: PrefectureView }, 304: unchanged },
  async run({ prefecture }, { overviews }) {
    const overview = await overviews.of(prefecture.id);
    return { status: 200, body: prefectureView(prefecture, overview), cache: FRESH };
  },
});

export const listRequestTypes = route({
  id: 'listRequestTypes',
  get: '/request-types',
  tag,
  summary: 'Request types',
  access,
  answers: { 200: { description: 'All request types.', schema: RequestTypes }, 304: unchanged },
  async run({ prefecture: { requestTypes } }) {
    return { status: 200, body: { requestTypes }, cache: CONFIGURATION };
  },
});

export const listSites = route({
  id: 'listSites',
  get: '/sites',
  tag,
  summary: 'Sites',
  access,
  answers: { 200: { description: 'All sites.', schema: Sites }, 304: unchanged },
  async run({ prefecture: { sites } }) {
    return { status: 200, body: { sites }, cache: CONFIGURATION };
  },
});

export const readRules = route({
  id: 'readRules',
  get: '/rules',
  tag,
  summary: 'Rules of the next draw',
  access,
  answers: { 200: { description: 'The rules.', schema: Rules }, 304: unchanged },
  async run({ prefecture: { rules } }) {
    return { status: 200, body: rules, cache: CONFIGURATION };
  },
});

export const readStatistics = route({
  id: 'readStatistics',
  get: '/statistics',
  tag,
  summary: 'Who waits, and what the chances were',
  access,
  answers: { 200: { description: 'By request type.', schema: StatisticsView }, 304: unchanged },
  async run({ prefecture }, { overviews }) {
    const overview = await overviews.of(prefecture.id);
    return { status: 200, body: statisticsView(prefecture, overview), cache: FRESH };
  },
});
