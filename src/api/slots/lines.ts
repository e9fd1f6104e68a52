import { isRealDate, localInstant } from '../../domain/local-time.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { slotFaults } from '../../domain/slots/faults.ts';
import { type PlanSpan, spanFaults } from '../../domain/slots/replace.ts';
import type { SlotRecord } from '../../domain/slots/slot.ts';
import { slotOf } from '../../usecases/slots/import.ts';
import { type CsvLine, listCell, readCsv } from '../http/csv.ts';
import { faultsOf, type LineError, RequestError } from '../http/request-error.ts';
import { SlotInput } from './schemas.ts';

const COLUMNS = ['id', 'site', 'date', 'time', 'places', 'requestTypes'];
/** Columns that are called otherwise than the member they become. */
const columnOf: Readonly<Record<string, string>> = { capacity: 'places', start: 'date' };
const MOST_SLOTS = 50_000;
/** Lines checked before other requests have their turn. */
const LINES_AT_ONCE = 1000;

interface Line {
  readonly line: number;
  /** What would be sent as JSON, or what is wrong before it can be. */
  readonly slot: unknown;
  readonly errors: readonly LineError[];
}

/** What slots are checked against. */
interface Checks {
  readonly prefecture: Prefecture;
  readonly nowMs: number;
  /** Days and sites that they must be of; absent: any. */
  readonly span?: PlanSpan;
}

/** Reads slots from CSV. @throws RequestError `slots_invalid` */
export async function slotsOfCsv(checks: Checks, text: string): Promise<SlotRecord[]> {
  const shape = { columns: COLUMNS, mostLines: MOST_SLOTS, code: 'slots_invalid' } as const;
  const startOf = localStarts(checks.prefecture.settings.timeZone);
  const lines = (await readCsv(text, shape)).map((line) => lineOfCsv(line, startOf));
  return checkLines(checks, lines, (member) => columnOf[member] ?? member);
}

/** Reads slots from JSON. Lines are items, from 1. @throws RequestError `slots_invalid` */
export function slotsOfJson(checks: Checks, items: readonly unknown[]): Promise<SlotRecord[]> {
  const lines = items.map((slot, index) => ({ line: index + 1, slot, errors: [] }));
  return checkLines(checks, lines);
}

function lineOfCsv({ line, cells }: CsvLine, startOf: ReturnType<typeof localStarts>): Line {
  const start = startOf(cells.date ?? '', cells.time ?? '');
  if (start.error !== undefined) {
    return {
      line,
      slot: undefined,
      errors: [{ line, member: start.member, message: start.error }],
    };
  }
  const places = cells.places ?? '';
  const slot = {
    ...(cells.id ? { id: cells.id } : {}),
    site: cells.site,
    start: start.text,
    capacity: /^\d{1,4}$/.test(places) ? Number(places) : places,
    requestTypes: listCell(cells.requestTypes),
  };
  return { line, slot, errors: [] };
}

type LocalStart =
  | { readonly text: string; readonly error?: undefined }
  | { readonly error: string; readonly member: 'date' | 'time' };

/** Turns local times into instants with their offset. Most lines share theirs with others. */
function localStarts(zone: string): (date: string, time: string) => LocalStart {
  const known = new Map<string, LocalStart>();
  return (date, time) => {
    const key = `${date}T${time}`;
    const start = known.get(key) ?? localStart(date, time, zone);
    known.set(key, start);
    return start;
  };
}

function localStart(date: string, time: string, zone: string): LocalStart {
  if (!isRealDate(date)) return { member: 'date', error: 'must be a date, YYYY-MM-DD' };
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return { member: 'time', error: 'must be HH:MM' };
  const text = localInstant(date, time, zone);
  if (text !== undefined) return { text };
  return { member: 'time', error: 'does not exist on this day: the clocks go forward' };
}

async function checkLines(
  checks: Checks,
  lines: readonly Line[],
  nameOf = (member: string) => member,
): Promise<SlotRecord[]> {
  const check = slotCheck(checks);
  const slots: SlotRecord[] = [];
  const errors: LineError[] = [];
  const lineById = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    if (index % LINES_AT_ONCE === 0) await new Promise(setImmediate);
    const found = line.errors.length > 0 ? line.errors : check(line);
    if (!('id' in found)) {
      errors.push(...found.map((error) => ({ ...error, member: nameOf(error.member) })));
      continue;
    }
    const before = lineById.get(found.id);
    if (before === undefined) lineById.set(found.id, line.line);
    else errors.push({ line: line.line, member: 'id', message: `is that of line ${before} too` });
    slots.push(found);
  }
  if (errors.length === 0) return slots;
  const [first] = errors;
  const where = `line ${first?.line}${first?.member ? `, ${first.member}` : ''}`;
  throw new RequestError('slots_invalid', `${where}: ${first?.message}`, errors);
}

/** Checks the form of a slot, and whether the prefecture can have it. */
function slotCheck({ prefecture, nowMs, span }: Checks) {
  const faultsHere = slotFaults(prefecture, nowMs);
  const faultsIn = (slot: SlotInput) => [
    ...faultsHere(slot),
    ...(span ? spanFaults(slot, span) : []),
  ];
  return ({ line, slot }: Line): SlotRecord | LineError[] => {
    const parsed = SlotInput.safeParse(slot);
    const faults = parsed.success ? faultsIn(parsed.data) : faultsOf(parsed.error);
    if (parsed.success && faults.length === 0) return slotOf(parsed.data);
    return faults.map((fault) => ({ line, ...fault }));
  };
}
