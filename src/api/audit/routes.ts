import { z } from 'zod';
import { route } from '../http/route.ts';
import { AuditExport, AuditPage, AuditView } from './schemas.ts';
import { asLines, asTable } from './view.ts';

// The audit log, for auditors. Reading it is a line of it.

const tag = 'Audit';
const access = { agent: 'readAudit' } as const;

export const readAuditLog = route({
  id: 'readAuditLog',
  get: '/audit-log',
  tag,
  summary: 'What agents did, the oldest first',
  access,
  query: AuditPage,
  answers: { 200: { description: 'A page of lines.', schema: AuditView } },
  async run({ prefecture, query: { from, limit }, line }, { store }) {
    // Up to the line of this very request: who reads on to the end comes to it.
    const size = line();
    const until = Math.min(from + limit, size);
    const lines = await store.audit.lines(prefecture.id, from, until);
    const next = until < size ? until : null;
    return { status: 200, body: { size, lines: lines.map((text) => JSON.parse(text)), next } };
  },
});

export const exportAuditLog = route({
  id: 'exportAuditLog',
  get: '/audit-log.ndjson',
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
  async run({ prefecture, query: { from } }, { store }) {
    return { status: 200, body: asLines(store.audit.read(prefecture.id, from)) };
  },
});

export const exportAuditTable = route({
  id: 'exportAuditTable',
  get: '/audit-log.csv',
  tag,
  summary: 'The audit log for a spreadsheet',
  description:
    'No cell is taken for a formula: where one could be, an apostrophe is put before it.',
  access,
  query: AuditExport,
  answers: {
    200: { description: 'A header and all lines.', schema: z.string(), type: 'text/csv' },
  },
  async run({ prefecture, query: { from } }, { store }) {
    const headers = { 'Content-Disposition': `attachment; filename=audit-${prefecture.id}.csv` };
    return { status: 200, headers, body: asTable(store.audit.read(prefecture.id, from)) };
  },
});
