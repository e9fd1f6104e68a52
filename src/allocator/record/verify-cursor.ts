import { Difference, Incomplete } from './verdict.ts';
import type { RecordLine } from './verify-line.ts';

/** A conversation: it asks for a line, gets the next one, or undefined after the last. */
export type Reading<T> = Generator<undefined, T, RecordLine | undefined>;

/** The line that is looked at now, and its number. */
export interface Cursor {
  line: RecordLine | undefined;
  number: number;
}

type LineOf<K extends RecordLine['kind']> = Extract<RecordLine, { kind: K }>;

const voidEarly = 'the draw was declared void before it had a result: there is nothing to verify';
const ended = 'record ends before its outcome';

/** Goes to the next line. */
export function* advance(cursor: Cursor): Reading<void> {
  cursor.line = yield;
  cursor.number++;
}

/** The line at the cursor if it is of this kind. */
export function at<K extends RecordLine['kind']>(cursor: Cursor, kind: K): LineOf<K> | undefined {
  // The kind tells the variant, which a generic parameter cannot tell the compiler.
  return cursor.line?.kind === kind ? (cursor.line as LineOf<K>) : undefined;
}

/** The line at the cursor, which must be of this kind; goes to the next. @throws Difference, Incomplete */
export function* take<K extends RecordLine['kind']>(cursor: Cursor, kind: K): Reading<LineOf<K>> {
  const line = at(cursor, kind);
  if (!line) throw expected(cursor, `the ${kind}`);
  yield* advance(cursor);
  return line;
}

/** Whether the line at the cursor makes the draw void. */
export function isVoid({ line }: Cursor): boolean {
  return line?.kind === 'event' && line.event.type === 'void';
}

/** The error for a line that may not stand here, or for none. */
export function expected(cursor: Cursor, what: string): Error {
  const { line, number } = cursor;
  if (!line) return new Incomplete(ended);
  if (isVoid(cursor)) return new Difference(number, voidEarly);
  return new Difference(number, `expected ${what}, found a line of kind ${line.kind}`);
}

/** Names what is wrong, if anything is, at a line. @throws Difference */
export function differIf(reason: string | undefined, line: number): void {
  if (reason !== undefined) throw new Difference(line, reason);
}
