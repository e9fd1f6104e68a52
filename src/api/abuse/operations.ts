import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { AbuseQuery, AbuseReport } from './schemas.ts';

const tag = 'Abuse';
const access = { agent: 'readAbuse', audit: 'read' } as const;

export const readAbuseReport = operation({
  id: 'readAbuseReport',
  method: 'get',
  path: '/abuse-report',
  tag,
  summary: 'What stands out among those who joined',
  description:
    'Counts by pseudonym: bursts of an address block, a mail domain from few blocks, joins in the ' +
    'same second, codes that came back at once, shared telephones, offers declined often, many ' +
    'entries by one helper. Each says why it is listed. Nothing follows from it by itself.',
  access,
  query: AbuseQuery,
  answers: { 200: { description: 'The report.', schema: AbuseReport } },
});

export const readAbuseEvidence = operation({
  id: 'readAbuseEvidence',
  method: 'get',
  path: '/abuse-report/evidence',
  tag,
  summary: 'The same with every signal behind it, chained and signed',
  description:
    'Lines whose hashes are chained, the last one signed: to go with a complaint. ' +
    '`npm run verify -- --evidence FILE --keys KEYS` checks it without a network.',
  access,
  query: AbuseQuery,
  answers: {
    200: {
      description: 'The evidence.',
      schema: z.string(),
      type: 'application/x-ndjson',
    },
  },
});
