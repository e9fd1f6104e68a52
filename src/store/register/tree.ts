import { hashLeaf } from '../../base/merkle.ts';
import type { Hex256 } from '../../base/types.ts';
import { consistencyPath, inclusionPath, type LeafRange } from '../../transparency/proof.ts';
import {
  edgeTiles,
  extendTiles,
  rangeRoot,
  TILE_WIDTH,
  type Tiles,
  tilesOf,
} from '../../transparency/tiles.ts';
import { keysOf } from '../core/keys.ts';
import { nodeSha256 } from '../core/node-sha256.ts';
import type { Connection } from '../core/redis.ts';

// The Merkle tree over the leaves of a register. Whole tiles are stored; the last, unfinished tile
// of leaves is made from the leaves themselves, so that nothing is written for a single leaf.

/** Root of the first `size` leaves. Costs a handful of tiles, whatever the size. */
export async function rootOf(redis: Connection, prefecture: string, size: number): Promise<Hex256> {
  const [root = ''] = await rootsOf(redis, prefecture, [{ from: 0, until: size }]);
  return root;
}

/**
 * The RFC 9162 §2.1.3 proof that leaf `index` lies in the tree of `size` leaves.
 *
 * @throws RangeError if there is no such leaf.
 */
export function proveInclusion(
  redis: Connection,
  prefecture: string,
  index: number,
  size: number,
): Promise<Hex256[]> {
  return rootsOf(redis, prefecture, inclusionPath(index, size));
}

/**
 * The RFC 9162 §2.1.4 proof that the tree of `size` leaves continues that of the first `first`.
 *
 * @throws RangeError unless `first` is 1 to `size`.
 */
export function proveConsistency(
  redis: Connection,
  prefecture: string,
  first: number,
  size: number,
): Promise<Hex256[]> {
  return rootsOf(redis, prefecture, consistencyPath(first, size));
}

/** The tiles to store when whole tiles of `leaves` follow the first `hashed` leaves. */
export async function grownTiles(
  redis: Connection,
  prefecture: string,
  hashed: number,
  leaves: readonly string[],
): Promise<Map<string, string>> {
  const edge = await readTiles(redis, prefecture, edgeTiles(hashed));
  const hashes = leaves.map((leaf) => hashLeaf(leaf, nodeSha256));
  return extendTiles(edge, hashed, hashes, nodeSha256);
}

/** Whether a stored tile of level 0 is that of its leaves. */
export async function isTileTrue(
  redis: Connection,
  prefecture: string,
  index: number,
): Promise<boolean> {
  const { registerTiles } = keysOf(prefecture);
  const stored = await redis.hgetBuffer(registerTiles, `0/${index}`);
  return stored?.toString('hex') === (await leafTile(redis, prefecture, index));
}

async function rootsOf(
  redis: Connection,
  prefecture: string,
  ranges: readonly LeafRange[],
): Promise<Hex256[]> {
  const tiles = await readTiles(redis, prefecture, tilesOf(ranges));
  return ranges.map((range) => rangeRoot(range, tiles, nodeSha256));
}

async function readTiles(
  redis: Connection,
  prefecture: string,
  names: readonly string[],
): Promise<Tiles> {
  if (names.length === 0) return new Map();
  const stored = await redis.hmgetBuffer(keysOf(prefecture).registerTiles, ...names);
  const tiles = new Map<string, string>();
  for (const [at, name] of names.entries()) {
    const [level, index = ''] = name.split('/');
    const text = stored[at]?.toString('hex');
    if (text !== undefined) tiles.set(name, text);
    else if (level === '0') tiles.set(name, await leafTile(redis, prefecture, Number(index)));
  }
  return tiles;
}

async function leafTile(redis: Connection, prefecture: string, index: number): Promise<string> {
  const from = index * TILE_WIDTH;
  const { registerLeaves } = keysOf(prefecture);
  const leaves = await redis.lrange(registerLeaves, from, from + TILE_WIDTH - 1);
  return leaves.map((leaf) => hashLeaf(leaf, nodeSha256)).join('');
}
