import type { Entry, RecordEvent, Rules, Slot, Winner } from '../../src/allocator/types.ts';

/** What a draw's public record says, apart from its proofs. */
export interface DrawnRecord {
  readonly rules: Rules;
  readonly slots: readonly Slot[];
  readonly entries: readonly Entry[];
  readonly winners: readonly Winner[];
  readonly events: readonly RecordEvent[];
}

/** Reads a record that the service publishes. `npm run verify` is what checks one. Pure. */
export function readRecord(text: string): DrawnRecord {
  const slots: Slot[] = [];
  const entries: Entry[] = [];
  const winners: Winner[] = [];
  const events: RecordEvent[] = [];
  let rules: Rules = {};
  for (const line of text.split('\n')) {
    if (line === '') continue;
    // The kind of a line says which members it has (lottery/v1 §7).
    const { kind, ...members } = JSON.parse(line) as { kind: string };
    if (kind === 'manifest') rules = (members as unknown as { rules: Rules }).rules; // same
    if (kind === 'slot') slots.push(members as unknown as Slot); // same
    if (kind === 'entry') entries.push(members as unknown as Entry); // same
    if (kind === 'winner') winners.push(members as unknown as Winner); // same
    if (kind === 'event') events.push(members as unknown as RecordEvent); // same
  }
  return { rules, slots, entries, winners, events };
}
