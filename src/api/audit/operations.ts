import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { AuditExport, AuditPage, AuditView } from './schemas.ts';

const tag = 'Audit';
const access = { agent: 'readAudit' } as const;

export const readAuditLog = operation({
  id: 'readAuditLog',
  method: 'get',
  path: '/audit-log',
  tag,
  summary: 'What agents did, the oldest first',
  access,
  query: AuditPage,
  answers: { 200: { description: 'A page of lines.', schema: AuditView } },
});

export const exportAuditLog = operation({
  id: 'exportAuditLog',
  method: 'get',
  path: '/audit-log.ndjson',
  tag,
  summary: 'The audit log as it is stored',
  description: 'One line a line. `npm run audit -- check` finds the first that was changed.',
  access,
  query: AuditExport,
  answers: {
    200: {
      description: 'All lines, the one of this export the last.',
      schema: z.string(),
      type: 'application/x-ndjson',
    },
  },
});

export const exportAuditTable = operation({
  id: 'exportAuditTable',
  method: 'get',
  path: '/audit-log.csv',
  tag,
  summary: 'The audit log for a spreadsheet',
  description:
    'No cell is taken for a formula: where one could be, an apostrophe is put before it.',
  access,
  query: AuditExport,
  answers: {
    200: { description: 'A header and all lines.', schema: z.string(), type: 'text/csv' },
  },
});

export const endSession = operation({
  id: 'endSession',
  method: 'delete',
  path: '/session',
  tag,
  summary: 'Sign out',
  description: 'Ends the session whose token is sent. Does nothing to keys.',
  access: { agent: 'signOut', audit: 'read' },
  answers: { 204: { description: 'The token is refused from now on.' } },
});
