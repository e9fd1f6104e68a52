import { DomainError } from '../../base/errors.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { checkApplication } from '../../usecases/entries/application.ts';
import type { DeskLine } from '../../usecases/entries/desk.ts';
import { type CsvLine, listCell, readCsv } from '../http/csv.ts';
import { type Fault, faultsOf, type LineError, RequestError } from '../http/request-error.ts';
import { DeskEntry } from './schemas.ts';

const COLUMNS = [
  'requestType',
  'name',
  'documentKind',
  'documentCountry',
  'documentNumber',
  'birthDate',
  'nationality',
  'email',
  'phone',
  'language',
  'sites',
  'notBefore',
  'notAfter',
  'days',
  'from',
  'until',
];
/**
 * Lines of a postal address, parted by |: for people with nothing else. A reference that the lines
 * of one party have in common.
 */
const OPTIONAL = ['postal', 'party'];
const MOST_ENTRIES = 5000;
/** Parties checked before other requests have their turn. */
const LINES_AT_ONCE = 100;

/**
 * Reads paper entries from CSV: a line a person, those of a party with the same reference. All are
 * checked before one is taken.
 *
 * @throws RequestError `entries_invalid`
 */
export async function deskEntriesOfCsv(
  prefecture: Prefecture,
  text: string,
  nowMs: number,
): Promise<DeskLine[]> {
  const code = 'entries_invalid';
  const shape = { columns: COLUMNS, optional: OPTIONAL, mostLines: MOST_ENTRIES, code } as const;
  const entries: DeskLine[] = [];
  const errors: LineError[] = [];
  for (const [index, lines] of byParty(await readCsv(text, shape)).entries()) {
    // Each takes a tenth of a millisecond.
    if (index % LINES_AT_ONCE === 0) await new Promise(setImmediate);
    const read = readParty(prefecture, lines, nowMs);
    if ('entry' in read) entries.push(read);
    else errors.push(...read.errors);
  }
  if (errors.length === 0) return entries;
  const [first] = errors;
  const detail = `line ${first?.line}, ${first?.member}: ${first?.message}`;
  throw new RequestError('entries_invalid', detail, errors);
}

/** The lines of one entry: the person, and whoever comes along. */
type PartyLines = readonly [CsvLine, ...CsvLine[]];

/** In the order of their first lines. */
function byParty(lines: readonly CsvLine[]): PartyLines[] {
  const parties = new Map<string, [CsvLine, ...CsvLine[]]>();
  for (const line of lines) {
    const reference = line.cells.party ? `party ${line.cells.party}` : `line ${line.line}`;
    const party = parties.get(reference);
    if (party) party.push(line);
    else parties.set(reference, [line]);
  }
  return [...parties.values()];
}

function readParty(
  prefecture: Prefecture,
  lines: PartyLines,
  nowMs: number,
): DeskLine | { readonly errors: LineError[] } {
  const [{ line }, ...others] = lines;
  const wrong = shapeErrors(lines);
  if (wrong.length > 0) return { errors: wrong };
  const parsed = DeskEntry.safeParse(entryOf(lines));
  if (!parsed.success) {
    return { errors: faultsOf(parsed.error).map((fault) => placed(lines, fault)) };
  }
  const { data: entry } = parsed;
  const errors = applicationErrors(prefecture, entry, nowMs).map((fault) => placed(lines, fault));
  if (errors.length > 0) return { errors };
  return {
    line,
    entry,
    ...(others.length > 0 ? { lines: lines.map((one) => one.line) } : {}),
  };
}

/** What the first line of a party says for all, so that no other line says otherwise. */
const FIRST_ONLY = ['email', 'phone', 'postal', 'language', 'sites'].concat(
  ['notBefore', 'notAfter', 'days', 'from'],
  ['until'],
);

/** What is wrong with how the lines of one party go together. */
function shapeErrors([first, ...others]: PartyLines): LineError[] {
  const { line, cells } = first;
  if (others.length === 0) {
    const message = 'stands on one line only: a party is two people or more';
    return cells.party ? [{ line, member: 'party', message }] : [];
  }
  return others.flatMap((other) => {
    const isSame = other.cells.requestType === cells.requestType;
    const message = `must be that of line ${line}, the first of this party`;
    const given = FIRST_ONLY.filter((name) => other.cells[name]);
    return [
      ...(isSame ? [] : [{ line: other.line, member: 'requestType', message }]),
      ...given.map((member) => {
        return { line: other.line, member, message: `stands on line ${line}, for the whole party` };
      }),
    ];
  });
}

/** A fault of a member, at the line of the person it is of. */
function placed(lines: PartyLines, { member, message }: Fault): LineError {
  const [, index, rest] = /^others\[(\d)\]\.?(.*)$/.exec(member) ?? [];
  const line = index === undefined ? undefined : lines[Number(index) + 1]?.line;
  if (line === undefined) return { line: lines[0].line, member, message };
  return { line, member: rest || 'name', message };
}

/** What the same entry would be as JSON: empty cells are members left out. */
function entryOf([first, ...others]: PartyLines): unknown {
  const { cells } = first;
  const sites = listCell(cells.sites);
  const days = listCell(cells.days);
  const postal = listCell(cells.postal);
  const timed = days.length > 0 || cells.from || cells.until;
  const window = {
    days: days.length > 0 ? days.map(Number) : [1, 2, 3, 4, 5, 6, 7],
    from: cells.from || '00:00',
    until: cells.until || '24:00',
  };
  const accepts = {
    ...(sites.length > 0 ? { sites } : {}),
    ...(timed ? { windows: [window] } : {}),
    ...given(first, 'notBefore'),
    ...given(first, 'notAfter'),
  };
  return {
    requestType: cells.requestType,
    person: { name: cells.name, document: documentOf(first) },
    ...(others.length > 0 ? { others: others.map(memberOf) } : {}),
    contact: {
      ...given(first, 'email'),
      ...given(first, 'phone'),
      ...(postal.length > 0 ? { postal } : {}),
    },
    ...given(first, 'language'),
    ...(Object.keys(accepts).length > 0 ? { accepts } : {}),
    origin: 'paper',
  };
}

function given({ cells }: CsvLine, name: string, cell = name) {
  return cells[cell] ? { [name]: cells[cell] } : {};
}

function documentOf(line: CsvLine) {
  return {
    kind: line.cells.documentKind,
    ...given(line, 'country', 'documentCountry'),
    ...given(line, 'number', 'documentNumber'),
    ...given(line, 'birthDate'),
    ...given(line, 'nationality'),
  };
}

/** Beside a document a birth date is the person's own; without a document it is that of a child. */
function memberOf(line: CsvLine) {
  const { name, documentKind } = line.cells;
  if (documentKind === 'none') return { name, document: documentOf(line) };
  const document = documentOf({ ...line, cells: { ...line.cells, birthDate: '' } });
  const hasDocument = Object.values(document).some((value) => value);
  return { name, ...(hasDocument ? { document } : {}), ...given(line, 'birthDate') };
}

function applicationErrors(prefecture: Prefecture, entry: DeskEntry, nowMs: number): Fault[] {
  try {
    checkApplication(prefecture, entry, nowMs);
    return [];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return [{ member: error.member ?? '', message: error.message }];
  }
}
