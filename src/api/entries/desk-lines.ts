import { DomainError } from '../../base/errors.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { checkApplication } from '../../usecases/entries/application.ts';
import type { DeskLine } from '../../usecases/entries/desk.ts';
import { type CsvLine, listCell, readCsv } from '../http/csv.ts';
import { faultsOf, type LineError, RequestError } from '../http/request-error.ts';
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
/** Lines of a postal address, parted by |: for people with nothing else. */
const OPTIONAL = ['postal'];
const MOST_ENTRIES = 5000;

/**
 * Reads paper entries from CSV. All are checked before one is taken.
 *
 * @throws RequestError `entries_invalid`
 */
export async function deskEntriesOfCsv(prefecture: Prefecture, text: string): Promise<DeskLine[]> {
  const code = 'entries_invalid';
  const shape = { columns: COLUMNS, optional: OPTIONAL, mostLines: MOST_ENTRIES, code } as const;
  const entries: DeskLine[] = [];
  const errors: LineError[] = [];
  for (const line of await readCsv(text, shape)) {
    const parsed = DeskEntry.safeParse(entryOf(line));
    const wrong = parsed.success
      ? applicationErrors(prefecture, parsed.data, line.line)
      : faultsOf(parsed.error).map((fault) => ({ line: line.line, ...fault }));
    if (parsed.success && wrong.length === 0) entries.push({ line: line.line, entry: parsed.data });
    errors.push(...wrong);
  }
  if (errors.length === 0) return entries;
  const [first] = errors;
  const detail = `line ${first?.line}, ${first?.member}: ${first?.message}`;
  throw new RequestError('entries_invalid', detail, errors);
}

/** What the same entry would be as JSON: empty cells are members left out. */
function entryOf({ cells }: CsvLine): unknown {
  const given = (name: string, cell = name) => (cells[cell] ? { [name]: cells[cell] } : {});
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
    ...given('notBefore'),
    ...given('notAfter'),
  };
  return {
    requestType: cells.requestType,
    person: {
      name: cells.name,
      document: {
        kind: cells.documentKind,
        ...given('country', 'documentCountry'),
        ...given('number', 'documentNumber'),
        ...given('birthDate'),
        ...given('nationality'),
      },
    },
    contact: {
      ...given('email'),
      ...given('phone'),
      ...(postal.length > 0 ? { postal } : {}),
    },
    ...given('language'),
    ...(Object.keys(accepts).length > 0 ? { accepts } : {}),
    origin: 'paper',
  };
}

function applicationErrors(prefecture: Prefecture, entry: DeskEntry, line: number): LineError[] {
  try {
    checkApplication(prefecture, entry);
    return [];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return [{ line, member: error.member ?? '', message: error.message }];
  }
}
