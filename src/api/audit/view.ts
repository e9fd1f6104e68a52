import type { AuditLine } from '../../transparency/audit-chain.ts';
import { csvCell } from '../http/csv-cell.ts';

/** The lines as they are stored. */
export async function* asLines(parts: AsyncIterable<readonly string[]>): AsyncGenerator<string> {
  for await (const lines of parts) yield lines.map((line) => `${line}\n`).join('');
}

const columns = [
  ...['seq', 'at', 'kind', 'agent', 'role', 'operation', 'targets', 'reason', 'of', 'status'],
  ...['code', 'ids', 'body', 'previous', 'hash'],
];

/** The lines as cells, for a spreadsheet. */
export async function* asTable(parts: AsyncIterable<readonly string[]>): AsyncGenerator<string> {
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
