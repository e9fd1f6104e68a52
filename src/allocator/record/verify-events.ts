import { DomainError } from '../../base/errors.ts';
import type { Manifest, RecordEvent } from '../types.ts';
import { openReserve, type ReserveInput } from './reserve.ts';
import { Difference, type RecordSummary } from './verdict.ts';
import { advance, at, type Cursor, expected, type Reading } from './verify-cursor.ts';
import type { RecordLine } from './verify-line.ts';

type EventLine = Extract<RecordLine, { kind: 'event' }>;

interface Deps {
  /** `YYYY-MM-DDTHH:MM:SSZ`; events after it are counted. */
  readonly now?: string | undefined;
  readonly observer?: { happened(at: string, event: RecordEvent): void } | undefined;
}

/** What the events of a record come to. */
export type Happened = Pick<RecordSummary, 'events' | 'refills' | 'isVoid' | 'future'>;

type Counts = { -readonly [member in keyof Happened]: Happened[member] };

/**
 * Replays the events of a draw (§7), each of which must be possible where it stands.
 *
 * @throws Difference at the first one that is not.
 */
export function* readEvents(
  cursor: Cursor,
  draw: Omit<ReserveInput, 'algorithm' | 'rules'> & { readonly manifest: Manifest },
  deps: Deps,
): Reading<Happened> {
  const { manifest } = draw;
  const counts: Counts = { events: 0, refills: 0, isVoid: false };
  if (!cursor.line) return counts;
  const { algorithm, rules } = manifest;
  const reserve = openReserve({ ...draw, algorithm, rules });
  let notBefore = manifest.frozenAt;
  while (cursor.line) {
    const line = at(cursor, 'event');
    if (!line) throw expected(cursor, 'an event or the end');
    checkOrder(cursor, line, notBefore);
    notBefore = line.at;
    try {
      reserve.apply(line.event, line.at);
    } catch (error) {
      if (error instanceof DomainError) throw new Difference(cursor.number, error.message);
      throw error;
    }
    take(counts, cursor.number, line, manifest, deps);
    yield* advance(cursor);
  }
  return counts;
}

/**
 * Reads the one line that may follow where a draw of v2 was void before its outcome.
 *
 * @throws Difference at what does not follow.
 */
export function* readVoid(cursor: Cursor, manifest: Manifest, deps: Deps): Reading<Happened> {
  const counts: Counts = { events: 0, refills: 0, isVoid: false };
  const line = at(cursor, 'event');
  if (!line) throw expected(cursor, 'a void');
  checkOrder(cursor, line, manifest.frozenAt);
  take(counts, cursor.number, line, manifest, deps);
  yield* advance(cursor);
  if (cursor.line) throw new Difference(cursor.number, 'nothing may follow a void');
  return counts;
}

function checkOrder({ number }: Cursor, line: EventLine, notBefore: string): void {
  if (line.at < notBefore) throw new Difference(number, `at is before ${notBefore}`);
}

function take(
  counts: Counts,
  number: number,
  line: EventLine,
  { algorithm }: Manifest,
  { now, observer }: Deps,
): void {
  observer?.happened(line.at, line.event);
  counts.events++;
  if (line.event.type === 'refilled') counts.refills++;
  if (line.event.type === 'void') counts.isVoid = true;
  if (now === undefined || line.at <= now || algorithm === 'lottery/v1') return;
  counts.future = { events: (counts.future?.events ?? 0) + 1, line: counts.future?.line ?? number };
}
