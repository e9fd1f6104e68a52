import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
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

/** Characters of one line, and of one record, which may span lines. Ours have a few hundred. */
const LONGEST_LINE = 8192;
/** Blank lines and line feeds within quotes count as lines of text, too. */
const TEXT_LINES_PER_LINE = 4;
/** Bytes parsed before other requests have their turn: a few milliseconds, whatever they hold. */
const BYTES_AT_ONCE = 16_384;

/**
 * Reads a CSV file with a header line, bit by bit so that other requests are served meanwhile.
 * Every column must be there, in any order, and no other but those that may be left out. What is
 * too long is refused before anything is parsed.
 *
 * @throws RequestError with the line at fault
 */
export async function readCsv(text: string, shape: CsvShape): Promise<CsvLine[]> {
  checkBounds(text, shape);
  const parser = parse({
    bom: true,
    columns: (header: string[]) => checkHeader(header, shape),
    info: true,
    max_record_size: LONGEST_LINE,
    skip_empty_lines: true,
    trim: true,
  });
  const lines: CsvLine[] = [];
  const collect = async (items: AsyncIterable<unknown>) => {
    for await (const item of items) {
      const { record, info } = Parsed.parse(item);
      if (lines.length === shape.mostLines) throw tooManyLines(shape);
      lines.push({ line: info.lines, cells: record });
    }
  };
  try {
    await pipeline(Readable.from(slicesOf(Buffer.from(text))), parser, collect);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? error.lines : 1;
    throw faultyLine(shape, line, messageOf(error));
  }
  if (lines.length === 0) throw new RequestError(shape.code, 'the file has no lines');
  return lines;
}

/** Its own message may quote the file, and people's names with it. Pure. */
function messageOf({ code }: CsvError): string {
  if (code === 'CSV_RECORD_INCONSISTENT_COLUMNS') return columnCount;
  return code === 'CSV_MAX_RECORD_SIZE' ? tooLong : notCsv;
}

function faultyLine({ code }: CsvShape, line: number, message: string): RequestError {
  return new RequestError(code, message, [{ line, member: '', message }]);
}

function tooManyLines({ code, mostLines }: CsvShape): RequestError {
  return new RequestError(code, `a file may have ${mostLines} lines at most`);
}

/** Looks at nothing but where lines end: a long line costs a parser far more than many short ones. */
function checkBounds(text: string, shape: CsvShape): void {
  let [line, start] = [1, 0];
  while (start < text.length) {
    const next = text.indexOf('\n', start);
    const end = next === -1 ? text.length : next;
    if (end - start > LONGEST_LINE) throw faultyLine(shape, line, tooLong);
    if (line > shape.mostLines * TEXT_LINES_PER_LINE) throw tooManyLines(shape);
    line += 1;
    start = end + 1;
  }
}

/** Streams alone never let others run: what they hand on at once they take at once. */
async function* slicesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += BYTES_AT_ONCE) {
    yield bytes.subarray(at, at + BYTES_AT_ONCE);
    await setImmediate();
  }
}

const columnCount = 'must have as many cells as the header';
const notCsv = 'cannot be read as CSV';
const tooLong = `is longer than ${LONGEST_LINE} characters`;

function checkHeader(header: readonly string[], shape: CsvShape): string[] {
  const { columns, optional = [], code } = shape;
  if (header.length > columns.length + optional.length) {
    const message = `must name ${columns.length + optional.length} columns at most`;
    throw faultyLine(shape, 1, message);
  }
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
