import type { RecordEvent } from '../../allocator/types.ts';

/**
 * An event of the record after its `at` member, which the script that appends it puts before.
 * Together they are the RFC 8785 serialisation: members in the order at, entry, kind, slot, type;
 * identifiers need no escapes. Pure.
 */
export function eventRest(event: RecordEvent): string {
  const entry = 'entry' in event ? `"entry":"${event.entry}",` : '';
  const slot = 'slot' in event ? `"slot":"${event.slot}",` : '';
  return `${entry}"kind":"event",${slot}"type":"${event.type}"}`;
}

/** `YYYY-MM-DDTHH:MM:SSZ`, as in the record. Pure. */
export function instantOf(nowMs: number): string {
  return `${new Date(nowMs).toISOString().slice(0, 19)}Z`;
}
