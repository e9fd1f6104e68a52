import { Readable } from 'node:stream';
import { z } from 'zod';
import { inquire } from '../../usecases/abuse/inquire.ts';
import { attachment } from '../http/headers.ts';
import { route } from '../http/route.ts';
import { evidenceOf } from './evidence.ts';
import { AbuseQuery, AbuseReport } from './schemas.ts';
import { reportView } from './view.ts';

// What to look at, for supervisors and auditors. Reading it is a line of the audit log.

const tag = 'Abuse';
const access = { agent: 'readAbuse', audit: 'read' } as const;

export const readAbuseReport = route({
  id: 'readAbuseReport',
  get: '/abuse-report',
  tag,
  summary: 'What stands out among those who joined',
  description:
    'Counts by pseudonym: bursts of an address block, a mail domain from few blocks, joins in the ' +
    'same second, codes that came back at once, shared telephones, offers declined often, many ' +
    'entries by one helper. Each says why it is listed. Nothing follows from it by itself.',
  access,
  query: AbuseQuery,
  answers: { 200: { description: 'The report.', schema: AbuseReport } },
  async run({ prefecture, query, nowMs }, deps) {
    const inquiry = await inquire(deps, prefecture.id, query, nowMs);
    return { status: 200, body: reportView(inquiry) };
  },
});

export const readAbuseEvidence = route({
  id: 'readAbuseEvidence',
  get: '/abuse-report/evidence',
  tag,
  summary: 'The same with every signal behind it, chained and signed',
  description:
    'Lines whose hashes are chained, the last one signed: to go with a complaint. ' +
    '`npm run verify -- --evidence FILE --keys KEYS` checks it without a network.',
  access,
  query: AbuseQuery,
  answers: {
    200: { description: 'The evidence.', schema: z.string(), type: 'application/x-ndjson' },
  },
  async run({ prefecture, query, nowMs }, deps) {
    const inquiry = await inquire(deps, prefecture.id, query, nowMs);
    const headers = attachment(`evidence-${prefecture.id}.ndjson`);
    return { status: 200, headers, body: Readable.from(evidenceOf(inquiry, deps.signer)) };
  },
});
