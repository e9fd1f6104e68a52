import { jcs } from './jcs.ts';
import type { Entropy, Entry, Hex256, Manifest, RecordEvent, Slot, Winner } from './types.ts';

/**
 * The first lines of a record (lottery/v1 §7): manifest, slots by id, entries by id. Each is its
 * own RFC 8785 serialisation with its line feed. Lazy: one line in memory at a time.
 */
export function* recordHead(
  manifest: Manifest,
  slots: readonly Slot[],
  entries: readonly Entry[],
): Generator<string, void> {
  yield line('manifest', manifest);
  for (const slot of byId(slots)) yield line('slot', slot);
  for (const entry of byId(entries)) yield line('entry', entry);
}

/** The lines that follow once the entropy is known. Winners are given in rank order. Lazy. */
export function* recordResult(
  entropy: Entropy,
  winners: readonly Winner[],
  outcomeHash: Hex256,
): Generator<string, void> {
  yield line('entropy', entropy);
  for (const winner of winners) yield line('winner', winner);
  yield line('outcome', { hash: outcomeHash });
}

/** The line of something that happened after the draw. `at` is `YYYY-MM-DDTHH:MM:SSZ`. Pure. */
export function eventLine(at: string, event: RecordEvent): string {
  return line('event', { ...event, at });
}

/** `kind` is a member like the others, so it stands where the order of names puts it. */
function line(kind: string, members: object): string {
  return `${jcs({ ...members, kind })}\n`;
}

function byId<T extends { readonly id: string }>(items: readonly T[]): readonly T[] {
  return items.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
