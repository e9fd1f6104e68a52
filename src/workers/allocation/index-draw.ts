import { createEntryHasher } from '../../allocator/record/entry-hasher.ts';
import type { Entry, Winner } from '../../allocator/types.ts';
import type { Identifier } from '../../base/types.ts';
import { standingsOf } from '../../domain/participation/standings.ts';
import { nodeSha256 } from '../../store/core/node-sha256.ts';
import { type IndexField, packIndex } from '../../store/draws/index.ts';
import {
  edgeTiles,
  extendTiles,
  rangeRoot,
  TILE_WIDTH,
  tileName,
} from '../../transparency/tiles.ts';
import type { RecordHead } from './record-parts.ts';

/** Leaves hashed before their tiles are made: what is in memory at once. */
const leavesAtOnce = 256 * TILE_WIDTH;

/**
 * The index of a draw that has just been made. Pure: a repeat gives the same.
 *
 * @throws Error if the entries are not those of the manifest: then nothing may be sealed.
 */
export function indexDraw(
  { manifest, entries, slots, firstEntries }: RecordHead,
  { ranking, winners }: { readonly ranking: Identifier[]; readonly winners: Winner[] },
): IndexField[] {
  const { rules } = manifest;
  const tiles = entryTiles(entries);
  const root = rangeRoot({ from: 0, until: entries.length }, tiles, nodeSha256);
  if (root !== manifest.entries.root) throw new Error('the index is not of the manifest');
  const standings = standingsOf({ entries, slots, rules, ranking, winners });
  return packIndex({ entries, rules, standings, parts: firstEntries, tiles });
}

/**
 * The tiles of the entries' tree above the leaves, and the unfinished tile of leaves at its end. The
 * other leaves are not kept: their 32 bytes an entry would be more than all the rest, and they are
 * made from the record, one tile at a time, when somebody asks.
 */
export function entryTiles(entries: readonly Entry[]): Map<string, string> {
  const hashOf = createEntryHasher(nodeSha256.hex);
  const whole = entries.length - (entries.length % TILE_WIDTH);
  const tiles = new Map<string, string>();
  for (let at = 0; at < whole; at += leavesAtOnce) {
    const hashes = entries.slice(at, Math.min(at + leavesAtOnce, whole)).map(hashOf);
    const edge = new Map(edgeTiles(at).map((name) => [name, tiles.get(name) ?? '']));
    for (const [name, tile] of extendTiles(edge, at, hashes, nodeSha256)) {
      if (!name.startsWith('0/')) tiles.set(name, tile);
    }
  }
  const last = entries.slice(whole).map(hashOf);
  if (last.length > 0) tiles.set(tileName(0, whole / TILE_WIDTH), last.join(''));
  return tiles;
}
