import type { Accepts, Entry, TimeWindow } from '../types.ts';

// What `entryLeaf` writes as text is written here as bytes, into one buffer for all entries: a text
// of twenty pieces costs three times as much to put together as its bytes, and leaves them behind.
// A property test holds one against the other. All texts of an entry that parses are ASCII.

/** Bytes that are written one after the other, and written over by the next leaf. */
interface Writer {
  bytes: Uint8Array;
  length: number;
  /** By length: the beginning of `bytes`. Leaves have few lengths, and each view costs time. */
  views: Uint8Array[];
}

const digits = [...'0123456789'];
const firstDay = digits.map((day) => `[${day}`);
const nextDay = digits.map((day) => `,${day}`);

/** More than nearly every leaf has; the buffer grows for the others. */
const firstSize = 4096;

/**
 * The RFC 9162 hash of the leaf of an entry (§2), for many entries: with `sha256.hex` the
 * same as `hashLeaf(entryLeaf(entry))`. Right for every entry that parses.
 */
export function createEntryHasher(hash: (leaf: Uint8Array) => string): (entry: Entry) => string {
  const writer: Writer = { bytes: new Uint8Array(firstSize), length: 0, views: [] };
  return (entry) => {
    // Byte 0 is 0x00 and stays so: it stands before every leaf.
    writer.length = 1;
    writeEntry(writer, entry);
    const { bytes, length, views } = writer;
    const leaf = views[length] ?? bytes.subarray(0, length);
    if (length < firstSize) views[length] = leaf;
    return hash(leaf);
  };
}

function writeEntry(to: Writer, entry: Entry): void {
  const { accepts, id, missed, owed, party, priority, requestType, resting } = entry;
  if (accepts === undefined) {
    put(to, '{"id":"');
  } else {
    put(to, '{"accepts":{');
    writeAccepts(to, accepts);
    put(to, '},"id":"');
  }
  put(to, id);
  put(to, '","missed":');
  put(to, digits[missed] ?? String(missed));
  if (owed) put(to, ',"owed":true');
  if (party !== undefined) {
    put(to, ',"party":');
    put(to, digits[party] ?? String(party));
  }
  put(to, priority ? ',"priority":true,"requestType":"' : ',"requestType":"');
  put(to, requestType);
  put(to, resting ? '","resting":true}' : '"}');
}

function writeAccepts(to: Writer, { notAfter, notBefore, sites, windows }: Accepts): void {
  let comma = '';
  if (notAfter !== undefined) {
    put(to, '"notAfter":"');
    put(to, notAfter);
    put(to, '"');
    comma = ',';
  }
  if (notBefore !== undefined) {
    put(to, comma);
    put(to, '"notBefore":"');
    put(to, notBefore);
    put(to, '"');
    comma = ',';
  }
  if (sites !== undefined) {
    put(to, comma);
    put(to, '"sites":');
    writeSites(to, sites);
    comma = ',';
  }
  if (windows !== undefined) {
    put(to, comma);
    put(to, '"windows":');
    writeWindows(to, windows);
  }
}

function writeSites(to: Writer, sites: readonly string[]): void {
  let before = '["';
  for (const site of sites) {
    put(to, before);
    put(to, site);
    before = '","';
  }
  put(to, sites.length > 0 ? '"]' : '[]');
}

function writeWindows(to: Writer, windows: readonly TimeWindow[]): void {
  let before = '[{"days":';
  for (const { days, from, until } of windows) {
    put(to, before);
    writeDays(to, days);
    put(to, ',"from":"');
    put(to, from);
    put(to, '","until":"');
    put(to, until);
    before = '"},{"days":';
  }
  put(to, windows.length > 0 ? '"}]' : '[]');
}

function writeDays(to: Writer, days: readonly number[]): void {
  for (let index = 0; index < days.length; index++) {
    put(to, (index === 0 ? firstDay : nextDay)[days[index] ?? 0] ?? '');
  }
  put(to, days.length > 0 ? ']' : '[]');
}

function put(to: Writer, text: string): void {
  const end = to.length + text.length;
  if (end > to.bytes.length) grow(to, end);
  const { bytes, length } = to;
  for (let index = 0; index < text.length; index++) bytes[length + index] = text.charCodeAt(index);
  to.length = end;
}

function grow(to: Writer, size: number): void {
  const bytes = new Uint8Array(2 * size);
  bytes.set(to.bytes);
  to.bytes = bytes;
  to.views = [];
}
