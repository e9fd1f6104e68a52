import { parseEntry, parseManifest, parseSlot } from '../../allocator/record/parse.ts';
import type { Entry, Manifest, Slot, Winner } from '../../allocator/types.ts';
import type { Seat } from '../../domain/offers/offer.ts';
import { unpackLines } from './parts.ts';

export interface RecordHead {
  readonly manifest: Manifest;
  readonly slots: Slot[];
  readonly entries: Entry[];
  /** By part: the number of the first entry that is in it or after it. */
  readonly firstEntries: number[];
}

/** Reads the record's lines from the manifest to the last entry. */
export function readHead(parts: readonly Uint8Array[]): RecordHead {
  let manifest: Manifest | undefined;
  const slots: Slot[] = [];
  const entries: Entry[] = [];
  const firstEntries: number[] = [];
  const read = (line: string) => {
    const { kind, ...value } = JSON.parse(line) as { kind?: unknown }; // every line is an object
    // The manifest stands ahead of all others: it says by which definition they are read.
    if (kind === 'manifest') manifest = parseManifest(value);
    else if (kind === 'slot') slots.push(parseSlot(value, `slots[${slots.length}]`));
    else if (kind === 'entry') {
      entries.push(parseEntry(value, `entries[${entries.length}]`, manifest?.algorithm));
    }
  };
  for (const part of parts) {
    firstEntries.push(entries.length);
    for (const line of unpackLines([part])) read(line);
  }
  if (!manifest) throw new Error('a record begins with its manifest');
  return { manifest, slots, entries, firstEntries };
}

/** Reads the winners, in rank order, from the record's lines after the last entry. */
export function readWinners(parts: readonly Uint8Array[]): Winner[] {
  const winners: Winner[] = [];
  for (const line of unpackLines(parts)) {
    const value = JSON.parse(line) as { kind: string } & Winner; // lines that we wrote ourselves
    if (value.kind === 'winner') winners.push({ entry: value.entry, slot: value.slot });
  }
  return winners;
}

/** Completes pairs of entry and slot with what an offer repeats from them. */
export function seatOf(
  entries: readonly Entry[],
  slots: readonly Slot[],
): (winner: Winner) => Seat {
  // Two small maps: the entries themselves need not stay in memory for it.
  const requestTypes = new Map(entries.map((entry) => [entry.id, entry.requestType]));
  const parties = new Map(
    entries.flatMap(({ id, party }) => (party === undefined ? [] : [[id, party]])),
  );
  const slotById = new Map(slots.map((slot) => [slot.id, slot]));
  return (winner) => {
    const requestType = requestTypes.get(winner.entry);
    const slot = slotById.get(winner.slot);
    if (requestType === undefined || !slot) throw new Error('a winner outside its own record');
    const { start: slotStart, site } = slot;
    const party = parties.get(winner.entry);
    const size = party === undefined ? {} : { party };
    return { entry: winner.entry, requestType, ...size, slot: slot.id, slotStart, site };
  };
}

/** The revealed entropy, 64 hex digits, from the same lines. */
export function readEntropy(parts: readonly Uint8Array[]): string {
  for (const line of unpackLines(parts)) {
    const value = JSON.parse(line);
    if (value.kind === 'entropy') return value.secret ?? value.randomness;
  }
  throw new Error('a result begins with its entropy');
}
