import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { IRouter, Response } from 'express';
import type { AuditLine } from '../../transparency/audit-chain.ts';
import { isHungUp } from '../draws/send-record.ts';
import { csvCell } from '../http/csv-cell.ts';
import type { RouteDeps } from '../http/deps.ts';
import { mount } from '../http/legacy-mount.ts';
import { exportAuditLog, exportAuditTable, readAuditLog } from './operations.ts';

/** The audit log, for auditors. Reading it is a line of it. */
export function mountAudit(router: IRouter, deps: RouteDeps): void {
  const { audit } = deps.store;

  mount(router, deps, readAuditLog, async ({ res, prefecture, query: { from, limit }, line }) => {
    // Up to the line of this very request: who reads on to the end comes to it.
    const size = line();
    const until = Math.min(from + limit, size);
    const lines = await audit.lines(prefecture.id, from, until);
    const next = until < size ? until : null;
    res.json({ size, lines: lines.map((text) => JSON.parse(text)), next });
  });

  mount(router, deps, exportAuditLog, async ({ req, res, prefecture, query: { from } }) => {
    res.type('application/x-ndjson');
    if (req.method === 'HEAD') res.end();
    else await send(res, asLines(audit.read(prefecture.id, from)));
  });

  mount(router, deps, exportAuditTable, async ({ req, res, prefecture, query: { from } }) => {
    res.type('text/csv').attachment(`audit-${prefecture.id}.csv`);
    if (req.method === 'HEAD') res.end();
    else await send(res, asTable(audit.read(prefecture.id, from)));
  });
}

/** Reads the next lines only when the last have gone out. */
async function send(res: Response, parts: AsyncIterable<string>): Promise<void> {
  await pipeline(Readable.from(parts, { highWaterMark: 1 }), res).catch((error: unknown) => {
    if (!isHungUp(error)) throw error;
  });
}

async function* asLines(parts: AsyncIterable<readonly string[]>): AsyncGenerator<string> {
  for await (const lines of parts) yield lines.map((line) => `${line}\n`).join('');
}

const columns = [
  ...['seq', 'at', 'kind', 'agent', 'role', 'operation', 'targets', 'reason', 'of', 'status'],
  ...['code', 'ids', 'body', 'previous', 'hash'],
];

async function* asTable(parts: AsyncIterable<readonly string[]>): AsyncGenerator<string> {
  // The mark tells spreadsheets that it is UTF-8.
  yield `\ufeff${columns.join(',')}\r\n`;
  for await (const lines of parts) yield lines.map(row).join('');
}

function row(text: string): string {
  const line = JSON.parse(text) as AuditLine; // we wrote it
  const { seq, at, kind, agent, role, operation, previous, hash } = line;
  const said =
    line.kind === 'outcome'
      ? [undefined, undefined, line.of, line.status, line.code, line.ids?.join(' '), undefined]
      : [list(line.targets), line.reason, undefined, undefined, undefined, undefined, line.body];
  const cells = [seq, at, kind, agent, role, operation, ...said, previous, hash];
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function list(targets: Readonly<Record<string, string>> = {}): string | undefined {
  const pairs = Object.entries(targets).map(([name, value]) => `${name} ${value}`);
  return pairs.length === 0 ? undefined : pairs.join(' ');
}
