import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { z } from 'zod';
import { entryLeaf } from '../../allocator/record/leaf.ts';
import { parseEntry } from '../../allocator/record/parse.ts';
import type { Entry } from '../../allocator/types.ts';
import { hashLeaf } from '../../base/merkle.ts';
import type { Hex256 } from '../../base/types.ts';
import { type EntryOutcome, isExcluded } from '../../domain/participation/standings.ts';
import { chunks } from '../../domain/values.ts';
import { inclusionPath } from '../../transparency/proof.ts';
import { rangeRoot, TILE_WIDTH, tileName, tilesOf } from '../../transparency/tiles.ts';
import { keysOf } from '../core/keys.ts';
import { nodeSha256 } from '../core/node-sha256.ts';
import type { Connection } from '../core/redis.ts';
import {
  findRow,
  HEAD_FIELD,
  type IndexHead,
  type IndexRow,
  readIndexHead,
  rowField,
  rowFields,
  servedField,
  tileField,
} from './index.ts';

const unzip = promisify(gunzip);

/** Which draw of which prefecture. */
interface Place {
  readonly redis: Connection;
  readonly prefecture: string;
  readonly drawId: string;
}

/** Where an entry stands in a draw that was drawn. Ranks count from 1; 0: nobody. */
export interface Standing {
  /** Position among the entries by id: the number of its leaf in the manifest's tree. */
  readonly leaf: number;
  /** Among all entries of the draw. */
  readonly rank: number;
  /** Among those of its request type. */
  readonly rankInType: number;
  readonly tickets: number;
  readonly priority: boolean;
  /** Ranked ahead of all others, for having missed many draws. */
  readonly guaranteed: boolean;
  /** What the draw itself came to: a place given down the reserve list later is an offer. */
  readonly outcome: EntryOutcome;
  readonly ofType: TypeReach;
}

/** How far the places of a request type went. */
export interface TypeReach {
  readonly requestType: string;
  readonly entries: number;
  readonly lastDrawnRank: number;
  readonly lastDrawnRankInType: number;
  /** The last rank that was ever offered a place, by the draw or down the reserve list. */
  readonly lastServedRank: number;
  readonly lastServedRankInType: number;
}

/** An entry as it was frozen, and the proof that the manifest's root holds it. */
export interface Inclusion {
  readonly entry: Entry;
  /** What was hashed, to the byte. */
  readonly leaf: string;
  readonly index: number;
  readonly size: number;
  /** RFC 9162 §2.1.3, from the bottom. */
  readonly proof: readonly Hex256[];
}

/** Where an entry stands: `unindexed` for a draw without an index, `absent` if it was not in it. */
export async function readStanding(
  place: Place,
  entryId: string,
): Promise<Standing | 'unindexed' | 'absent'> {
  const head = await readHead(place);
  if (!head) return 'unindexed';
  const row = await readRow(place, head, entryId);
  if (!row) return 'absent';
  const { type, ...standing } = row;
  return { ...standing, ofType: await readReach(place, head, type) };
}

/**
 * Who of a draw could come to none of its slots, as its index says; undefined for a draw without an
 * index. Reads all rows once: about 20 bytes an entry stay in memory meanwhile.
 */
export async function readEligible(
  place: Place,
): Promise<((entry: string) => boolean) | undefined> {
  const head = await readHead(place);
  if (!head) return undefined;
  const rows = new Map<string, Buffer>();
  const { redis, prefecture, drawId } = place;
  const key = keysOf(prefecture).drawIndex(drawId);
  for (const names of chunks(rowFields(head), bucketsAtOnce)) {
    const found = await redis.hmgetBuffer(key, ...names);
    for (const [at, name] of names.entries()) {
      const bucket = found[at];
      if (bucket) rows.set(name, bucket);
    }
  }
  return (entry) => {
    const bucket = rows.get(rowField(head, entry));
    const row = bucket && findRow(head, entry, bucket);
    return row !== undefined && !isExcluded(row.outcome);
  };
}

/** Buckets in one command: about a quarter of a megabyte. */
const bucketsAtOnce = 100;

/** How far down the ranking an offer to this entry reaches; undefined without an index. */
export async function readServed(
  place: Place,
  entryId: string,
): Promise<{ field: string; rank: number; rankInType: number } | undefined> {
  const head = await readHead(place);
  const row = head && (await readRow(place, head, entryId));
  return row && { field: servedField(row.type), rank: row.rank, rankInType: row.rankInType };
}

/**
 * An entry as it was frozen, with its proof. Reads one or two parts of the record, of 1 MB at most,
 * and a handful of tiles, whatever the size of the draw; undefined for a draw without an index.
 *
 * @throws RangeError if there is no such leaf.
 */
export async function readInclusion(place: Place, index: number): Promise<Inclusion | undefined> {
  const head = await readHead(place);
  if (!head) return undefined;
  const path = inclusionPath(index, head.entries);
  const first = index - (index % TILE_WIDTH);
  const leaves = await readLeaves(place, head, first, Math.min(first + TILE_WIDTH, head.entries));
  const entry = leaves[index - first];
  if (!entry) throw new Error(`draw ${place.drawId} has no line for entry ${index}`);
  const own = tileName(0, first / TILE_WIDTH);
  const names = tilesOf(path).filter((name) => name !== own);
  const tiles = await readTiles(place, names);
  tiles.set(own, leaves.map((each) => hashLeaf(entryLeaf(each), nodeSha256)).join(''));
  const proof = path.map((range) => rangeRoot(range, tiles, nodeSha256));
  return { entry, leaf: entryLeaf(entry), index, size: head.entries, proof };
}

async function readHead({ redis, prefecture, drawId }: Place): Promise<IndexHead | undefined> {
  const value = await redis.hgetBuffer(keysOf(prefecture).drawIndex(drawId), HEAD_FIELD);
  return value ? readIndexHead(value) : undefined;
}

async function readRow(
  { redis, prefecture, drawId }: Place,
  head: IndexHead,
  entryId: string,
): Promise<IndexRow | undefined> {
  const bucket = await redis.hgetBuffer(
    keysOf(prefecture).drawIndex(drawId),
    rowField(head, entryId),
  );
  return bucket ? findRow(head, entryId, bucket) : undefined;
}

const Served = z.tuple([z.coerce.number().int(), z.coerce.number().int()]);

async function readReach(
  { redis, prefecture, drawId }: Place,
  { types }: IndexHead,
  number: number,
): Promise<TypeReach> {
  const type = types[number];
  if (!type) throw new Error(`the index of draw ${drawId} names an unknown request type`);
  const { requestType, entries, lastRank, lastRankInType } = type;
  const served = await redis.hget(keysOf(prefecture).drawIndex(drawId), servedField(number));
  const [later, laterInType] = served === null ? [0, 0] : Served.parse(served.split(' '));
  return {
    requestType,
    entries,
    lastDrawnRank: lastRank,
    lastDrawnRankInType: lastRankInType,
    lastServedRank: Math.max(lastRank, later),
    lastServedRankInType: Math.max(lastRankInType, laterInType),
  };
}

async function readTiles(
  { redis, prefecture, drawId }: Place,
  names: readonly string[],
): Promise<Map<string, string>> {
  const tiles = new Map<string, string>();
  if (names.length === 0) return tiles;
  const key = keysOf(prefecture).drawIndex(drawId);
  const stored = await redis.hmgetBuffer(key, ...names.map(tileField));
  for (const [at, name] of names.entries()) tiles.set(name, stored[at]?.toString('hex') ?? '');
  return tiles;
}

/** Entries number `from` to `until`, the latter excluded, from the record. */
async function readLeaves(
  { redis, prefecture, drawId }: Place,
  { parts }: IndexHead,
  from: number,
  until: number,
): Promise<Entry[]> {
  const key = keysOf(prefecture).drawInput(drawId);
  const found: Entry[] = [];
  const firstPart = Math.max(
    0,
    parts.findLastIndex((first) => first <= from),
  );
  for (let part = firstPart; part < parts.length && (parts[part] ?? 0) < until; part++) {
    const packed = await redis.lindexBuffer(key, part);
    if (!packed) throw new Error(`part ${part} of the record of draw ${drawId} is missing`);
    const lines = entryLines((await unzip(packed)).toString());
    const before = parts[part] ?? 0;
    for (const line of lines.slice(Math.max(0, from - before), until - before)) {
      const { kind: _kind, ...value } = JSON.parse(line);
      // A line that the service wrote itself: members of v2 stand there only in a draw of v2.
      found.push(parseEntry(value, 'entry', 'lottery/v2'));
    }
  }
  return found;
}

/** Lines of entries. No text in a record holds a quote, so what looks like a member is one. */
function entryLines(text: string): string[] {
  return text.split('\n').filter((line) => line.includes('"kind":"entry"'));
}
