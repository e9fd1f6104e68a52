import type { RecordEvent } from '../../allocator/types.ts';
import { jcs } from '../../base/jcs.ts';

/**
 * An event as scripts take it: the members that stand before `draw` in a leaf of the register, a
 * `|`, and the others. With `at` ahead of it, and without the bar, it is the RFC 8785 serialisation
 * of a line of the record; no member of an event holds a bar. Pure.
 */
export function eventRest(event: RecordEvent): string {
  const { by, cause, ...after } = { by: undefined, cause: undefined, ...event };
  const before = {
    ...(by === undefined ? {} : { by }),
    ...(cause === undefined ? {} : { cause }),
  };
  const head = jcs(before).slice(1, -1);
  return `${head}${head === '' ? '' : ','}|${jcs({ ...after, kind: 'event' }).slice(1)}`;
}
