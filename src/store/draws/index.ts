import { z } from 'zod';
import { isGuaranteed, ticketCount } from '../../allocator/draw/ranking.ts';
import type { Entry, Rules } from '../../allocator/types.ts';
import {
  ENTRY_OUTCOMES,
  type EntryOutcome,
  type Standings,
} from '../../domain/participation/standings.ts';
import { Identifier } from '../../domain/values.ts';
import { nodeSha256 } from '../core/node-sha256.ts';

// The index of a draw: what answers questions about one entry without reading the record. A hash of
// few and small values: rows of about 20 bytes in buckets by a hash of the id, tiles of the Merkle
// tree of entries, and a head that says how to read them.

/** A field of the index, and its value. */
export type IndexField = readonly [name: string, value: Uint8Array];

/** What the index says of one entry. */
export interface IndexRow {
  /** Position among the entries by id: the number of its leaf. */
  readonly leaf: number;
  /** From 1, among all entries. */
  readonly rank: number;
  /** From 1, among those of its request type. */
  readonly rankInType: number;
  /** How many tickets it held. */
  readonly tickets: number;
  /** Number of its request type in the head. */
  readonly type: number;
  readonly outcome: EntryOutcome;
  readonly priority: boolean;
  readonly guaranteed: boolean;
}

const Whole = z.int().min(0);

const Head = z.strictObject({
  v: z.literal(1),
  entries: Whole,
  buckets: Whole,
  salt: Whole,
  /** By part of the record's input: the number of the first entry that is in it or after it. */
  parts: z.array(Whole),
  types: z.array(
    z.strictObject({
      requestType: Identifier,
      entries: Whole,
      lastRank: Whole,
      lastRankInType: Whole,
    }),
  ),
});
export type IndexHead = Readonly<z.infer<typeof Head>>;

export const HEAD_FIELD = 'head';

/** What an index is made from. */
export interface IndexSource {
  /** Sorted by id. */
  readonly entries: readonly Entry[];
  readonly rules: Rules;
  readonly standings: Standings;
  /** By part of the record's input: the number of the first entry that is in it or after it. */
  readonly parts: readonly number[];
  /** Tiles of the entries' Merkle tree, by name, in hex. */
  readonly tiles: ReadonlyMap<string, string>;
}

/** Rows in one bucket, on average: a bucket has about 2.5 kB. */
const rowsPerBucket = 128;

/** Bytes of an id's hash that are kept beside its row. */
const checkBytes = 5;

/** Attempts at hashes that tell all ids of a draw apart. The first fails once in 10,000 draws. */
const mostSalts = 16;

/** The index of a draw. Pure: the same draw has the same index, byte for byte. */
export function packIndex(source: IndexSource): IndexField[] {
  const { entries, standings, parts, tiles } = source;
  const buckets = Math.max(1, Math.ceil(entries.length / rowsPerBucket));
  const names = tellApart(entries, buckets);
  const { salt } = names;
  const types = standings.types.map((type) => ({ ...type }));
  const head: IndexHead = {
    v: 1,
    entries: entries.length,
    buckets,
    salt,
    parts: [...parts],
    types,
  };
  return [
    [HEAD_FIELD, Buffer.from(JSON.stringify(head))],
    ...[...tiles].map(([name, hex]): IndexField => [tileField(name), Buffer.from(hex, 'hex')]),
    ...packRows(source, head, names),
  ];
}

/** Reads a head. Anything unexpected in the store is a bug. */
export function readIndexHead(value: Uint8Array): IndexHead {
  return Head.parse(JSON.parse(Buffer.from(value).toString()));
}

/** The field in which the row of an entry is, if it has one. Pure. */
export function rowField(head: IndexHead, entryId: string): string {
  return bucketField(nameOf(entryId, head).bucket);
}

/** All fields in which there may be rows. Pure. */
export function rowFields({ buckets }: IndexHead): string[] {
  return Array.from({ length: buckets }, (_, bucket) => bucketField(bucket));
}

/** The row of an entry in its bucket; undefined if it was not in the draw. Pure. */
export function findRow(
  head: IndexHead,
  entryId: string,
  bucket: Uint8Array,
): IndexRow | undefined {
  const { check } = nameOf(entryId, head);
  const size = rowBytes(head.entries);
  const rows = Buffer.from(bucket.buffer, bucket.byteOffset, bucket.byteLength);
  if (rows.length % size !== 0) throw new Error('a bucket of the index is torn');
  for (let at = 0; at < rows.length; at += size) {
    if (rows.readUIntBE(at, checkBytes) === check) {
      return unpackRow(rows.subarray(at + checkBytes, at + size), head);
    }
  }
  return undefined;
}

/** The field of a tile, of the name that `merkle-tiles` gives it. Pure. */
export function tileField(name: string): string {
  return `t${name}`;
}

/** The field that holds the last rank of a request type that was offered a place afterwards. Pure. */
export function servedField(type: number): string {
  return `s${type}`;
}

function bucketField(bucket: number): string {
  return `r${bucket}`;
}

function nameOf(entryId: string, { salt, buckets }: Pick<IndexHead, 'salt' | 'buckets'>) {
  const digest = nodeSha256.hex(`${salt}:${entryId}`);
  return {
    bucket: Number.parseInt(digest.slice(0, 8), 16) % buckets,
    check: Number.parseInt(digest.slice(8, 8 + 2 * checkBytes), 16),
  };
}

/** What the ids of a draw are known by, in columns. */
interface Names {
  readonly salt: number;
  readonly buckets: Uint32Array;
  readonly checks: Float64Array;
}

/** Names under which no two entries of one bucket have the same check. */
function tellApart(entries: readonly Entry[], count: number): Names {
  for (let salt = 0; salt < mostSalts; salt++) {
    const buckets = new Uint32Array(entries.length);
    const checks = new Float64Array(entries.length);
    const keys = new Float64Array(entries.length);
    for (const [at, { id }] of entries.entries()) {
      const { bucket, check } = nameOf(id, { salt, buckets: count });
      buckets[at] = bucket;
      checks[at] = check;
      // Below 2^53. Beyond 8,192 buckets two may share a key: then a salt is passed over in vain.
      keys[at] = check * 8192 + (bucket % 8192);
    }
    keys.sort();
    if (keys.every((key, at) => at === 0 || key !== keys[at - 1])) return { salt, buckets, checks };
  }
  throw new Error('no salt tells the entries of a draw apart: is one id there twice?');
}

/** Three bytes count to 16.7 million; larger pools take four. */
function countBytes(entries: number): number {
  return entries < 2 ** 24 ? 3 : 4;
}

/** check, leaf, rank, rank in type, tickets, type, flags. */
function rowBytes(entries: number): number {
  return checkBytes + 3 * countBytes(entries) + 2 + 2 + 1;
}

function packRows(source: IndexSource, head: IndexHead, names: Names): IndexField[] {
  const { entries } = source;
  const size = rowBytes(entries.length);
  const ends = new Uint32Array(head.buckets);
  for (const bucket of names.buckets) ends[bucket] = (ends[bucket] ?? 0) + 1;
  for (let bucket = 1; bucket < head.buckets; bucket++) {
    ends[bucket] = (ends[bucket] ?? 0) + (ends[bucket - 1] ?? 0);
  }
  // One block of bytes for all: the fields are views of it. Buckets are filled from their ends.
  const rows = Buffer.alloc(size * entries.length);
  const starts = ends.slice();
  for (const [leaf, entry] of entries.entries()) {
    const bucket = names.buckets[leaf] ?? 0;
    const at = (starts[bucket] ?? 0) - 1;
    starts[bucket] = at;
    rows.writeUIntBE(names.checks[leaf] ?? 0, at * size, checkBytes);
    packRow(rows, at * size + checkBytes, { ...source, leaf, entry });
  }
  return Array.from(ends, (end, bucket): IndexField => {
    return [bucketField(bucket), rows.subarray((starts[bucket] ?? 0) * size, end * size)];
  }).filter(([, value]) => value.length > 0);
}

function packRow(
  rows: Buffer,
  at: number,
  { leaf, entry, rules, standings }: IndexSource & { leaf: number; entry: Entry },
): void {
  const { ranks, ranksInType, typeOf, outcomes } = standings;
  const width = countBytes(ranks.length);
  const guaranteed = isGuaranteed(entry, rules);
  rows.writeUIntBE(leaf, at, width);
  rows.writeUIntBE(ranks[leaf] ?? 0, at + width, width);
  rows.writeUIntBE(ranksInType[leaf] ?? 0, at + 2 * width, width);
  rows.writeUInt16BE(ticketCount(entry, rules), at + 3 * width);
  rows.writeUInt16BE(typeOf[leaf] ?? 0, at + 3 * width + 2);
  const flags = (outcomes[leaf] ?? 0) | (entry.priority ? 0x40 : 0) | (guaranteed ? 0x80 : 0);
  rows.writeUInt8(flags, at + 3 * width + 4);
}

function unpackRow(row: Buffer, { entries }: IndexHead): IndexRow {
  const width = countBytes(entries);
  const flags = row.readUInt8(3 * width + 4);
  const outcome = ENTRY_OUTCOMES[flags & 0x3f];
  if (outcome === undefined) throw new Error('a row of the index has no known outcome');
  return {
    leaf: row.readUIntBE(0, width),
    rank: row.readUIntBE(width, width),
    rankInType: row.readUIntBE(2 * width, width),
    tickets: row.readUInt16BE(3 * width),
    type: row.readUInt16BE(3 * width + 2),
    outcome,
    priority: (flags & 0x40) !== 0,
    guaranteed: (flags & 0x80) !== 0,
  };
}
