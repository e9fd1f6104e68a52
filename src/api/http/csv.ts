import { CsvError, parse } from 'csv-parse';
import { z } from 'zod';
import type { ErrorCode } from '../../base/errors.ts';
import { RequestError } from './request-error.ts';

/** One line of a CSV file: its cells by column, and its number as an editor counts. */
export interface CsvLine {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

export interface CsvShape {
  readonly columns: readonly string[];
  /** Columns that a file may leave out. */
  readonly optional?: readonly string[];
  readonly mostLines: number;
  /** Code of a file that cannot be read. */
  readonly code: ErrorCode;
}

const Parsed = z.object({
  record: z.record(z.string(), z.string()),
  info: z.object({ lines: z.int() }),
});

/**
 * Reads a CSV file with a header line, bit by bit so that other requests are served meanwhile.
 * Every column must be there, in any order, and no other but those that may be left out.
 *
 * @throws RequestError with the line at fault
 */
export async function readCsv(text: string, shape: CsvShape): Promise<CsvLine[]> {
  const parser = parse(text, {
    bom: true,
    columns: (header: string[]) => checkHeader(header, shape),
    info: true,
    skip_empty_lines: true,
    trim: true,
  });
  const lines: CsvLine[] = [];
  try {
    for await (const item of parser) {
      const { record, info } = Parsed.parse(item);
      if (lines.length === shape.mostLines) {
        throw new RequestError(shape.code, `a file may have ${shape.mostLines} lines at most`);
      }
      lines.push({ line: info.lines, cells: record });
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? error.lines : 1;
    // Its message may quote the file, and people's names with it.
    const message = error.code === 'CSV_RECORD_INCONSISTENT_COLUMNS' ? columnCount : notCsv;
    throw new RequestError(shape.code, message, [{ line, member: '', message }]);
  }
  if (lines.length === 0) throw new RequestError(shape.code, 'the file has no lines');
  return lines;
}

const columnCount = 'must have as many cells as the header';
const notCsv = 'cannot be read as CSV';

function checkHeader(header: readonly string[], shape: CsvShape): string[] {
  const { columns, optional = [], code } = shape;
  const missing = columns.filter((column) => !header.includes(column));
  const strange = header.filter(
    (column, index) =>
      !(columns.includes(column) || optional.includes(column)) || header.indexOf(column) !== index,
  );
  if (missing.length === 0 && strange.length === 0) return [...header];
  const errors = [
    ...missing.map((member) => ({ line: 1, member, message: 'this column is missing' })),
    ...strange.map(() => ({ line: 1, member: '', message: 'a column is not known, or twice' })),
  ];
  throw new RequestError(code, `the columns must be ${columns.join(',')}`, errors);
}

/** The items of a cell like `a|b`; none for an empty cell. Pure. */
export function listCell(cell: string | undefined): string[] {
  return cell ? cell.split('|').map((item) => item.trim()) : [];
}
