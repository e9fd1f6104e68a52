import { jcs } from '../../base/jcs.ts';
import type { Hex256 } from '../../base/types.ts';
import type { Entropy, Entry, Manifest, RecordEvent, Slot, Winner } from '../types.ts';
import { entryLeaf, slotLeaf } from './leaf.ts';
import { sortedById } from './manifest.ts';

/**
 * The first lines of a record (lottery/v1 §7): manifest, slots by id, entries by id. Each is its
 * own RFC 8785 serialisation with its line feed. Lazy: one line in memory at a time.
 *
 * @throws DomainError `input_malformed` if two entries or two slots have the same id.
 */
export function* recordHead(
  manifest: Manifest,
  slots: readonly Slot[],
  entries: readonly Entry[],
): Generator<string, void> {
  yield manifestLine(manifest);
  yield* recordPool(slots, entries);
}

/** The line of a manifest. Pure. */
export function manifestLine(manifest: Manifest): string {
  return line('manifest', manifest);
}

/**
 * The lines between the manifest and the entropy: slots by id, entries by id. Lazy.
 *
 * @throws DomainError `input_malformed` if two entries or two slots have the same id.
 */
export function* recordPool(
  slots: readonly Slot[],
  entries: readonly Entry[],
): Generator<string, void> {
  for (const slot of sortedById(slots, 'slots')) yield slotLine(slot);
  for (const entry of sortedById(entries, 'entries')) yield entryLine(entry);
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

/** The line of a slot. Pure. Right for every slot that parses. */
export function slotLine(slot: Slot): string {
  return insert('"kind":"slot",', slotLeaf(slot), '"requestTypes":');
}

/** The line of an entry. Pure. Right for every entry that parses. */
export function entryLine(entry: Entry): string {
  return insert('"kind":"entry",', entryLeaf(entry), '"missed":');
}

/** No text of a slot or entry holds a quote, so what looks like a member's name is one. */
function insert(member: string, leaf: string, next: string): string {
  const at = leaf.indexOf(next);
  return `${leaf.slice(0, at)}${member}${leaf.slice(at)}\n`;
}

/** `kind` is a member like the others, so it stands where the order of names puts it. */
function line(kind: string, members: object): string {
  return `${jcs({ ...members, kind })}\n`;
}
