import { nodeJoiner } from '../base/merkle.ts';
import type { Sha256 } from '../base/sha256.ts';
import type { Hex256 } from '../base/types.ts';
import type { LeafRange } from './proof.ts';

/**
 * A Merkle tree kept in tiles (c2sp.org/tlog-tiles): a tile of level 0 holds the hashes of 256
 * leaves, one of level n the roots of 256 tiles of level n - 1. Any subtree then costs one tile,
 * and any proof as many as the tree is deep.
 */
export const TILE_WIDTH = 256;

/** Levels of a tree that one tile holds. */
const TILE_HEIGHT = 8;
const HEX_DIGITS = 64;

/** Tiles by name, `<level>/<index>`: up to 256 hashes in hex, one after the other. */
export type Tiles = ReadonlyMap<string, string>;

/** A complete subtree: `2 ** height` leaves, the `index`th of its height. */
interface CompleteSubtree {
  readonly height: number;
  readonly index: number;
}

/** The name of a tile. Pure. */
export function tileName(level: number, index: number): string {
  return `${level}/${index}`;
}

/** Names of the tiles from which the roots of these ranges follow, each once. Pure. */
export function tilesOf(ranges: readonly LeafRange[]): string[] {
  const names = ranges.flatMap((range) =>
    completeSubtrees(range).map((tree) => placeOf(tree).name),
  );
  return [...new Set(names)];
}

/**
 * The root of a range of leaves that is a subtree of RFC 9162 §2.1, or a whole tree. Pure.
 *
 * @throws Error if a tile is missing or too short: the tree is not as large as was said.
 */
export function rangeRoot(range: LeafRange, tiles: Tiles, sha256: Sha256): Hex256 {
  const join = nodeJoiner(sha256);
  const roots = completeSubtrees(range).map((tree) => {
    const { name, at, count } = placeOf(tree);
    const hashes = hashesOf(tiles.get(name) ?? '').slice(at, at + count);
    if (hashes.length !== count) throw new Error(`tile ${name} holds too little`);
    return foldPairs(hashes, join);
  });
  if (roots.length === 0) return sha256.hex('');
  return roots.reduceRight((right, left) => join(left, right));
}

/**
 * The tiles that change when whole tiles of leaves are added to a tree of `size` leaves. `edge`
 * holds the unfinished tiles of level 1 and above (`edgeTiles`). Pure.
 *
 * @throws Error unless both numbers of leaves are multiples of 256.
 */
export function extendTiles(
  edge: Tiles,
  size: number,
  leafHashes: readonly Hex256[],
  sha256: Sha256,
): Map<string, string> {
  if (size % TILE_WIDTH !== 0 || leafHashes.length % TILE_WIDTH !== 0) {
    throw new Error('a tree grows by whole tiles');
  }
  const join = nodeJoiner(sha256);
  const changed = new Map<string, string>();
  const add = (level: number, index: number, text: string) => {
    changed.set(tileName(level, index), text);
    if (text.length < TILE_WIDTH * HEX_DIGITS) return;
    const above = Math.floor(index / TILE_WIDTH);
    const name = tileName(level + 1, above);
    const begun = index % TILE_WIDTH === 0 ? '' : (changed.get(name) ?? edge.get(name) ?? '');
    if (begun.length !== (index % TILE_WIDTH) * HEX_DIGITS) throw new Error(`tile ${name} is torn`);
    add(level + 1, above, begun + foldPairs(hashesOf(text), join));
  };
  for (let at = 0; at < leafHashes.length; at += TILE_WIDTH) {
    add(0, (size + at) / TILE_WIDTH, leafHashes.slice(at, at + TILE_WIDTH).join(''));
  }
  return changed;
}

/** Names of the unfinished tiles of level 1 and above in a tree of `size` leaves. Pure. */
export function edgeTiles(size: number): string[] {
  const names: string[] = [];
  let count = Math.floor(size / TILE_WIDTH);
  for (let level = 1; count > 0; level += 1) {
    if (count % TILE_WIDTH !== 0) names.push(tileName(level, Math.floor(count / TILE_WIDTH)));
    count = Math.floor(count / TILE_WIDTH);
  }
  return names;
}

/** The complete subtrees that a range consists of, the largest first. */
function completeSubtrees({ from, until }: LeafRange): CompleteSubtree[] {
  const trees: CompleteSubtree[] = [];
  for (let at = from; at < until; ) {
    const height = Math.floor(Math.log2(until - at));
    trees.push({ height, index: at / 2 ** height });
    at += 2 ** height;
  }
  return trees;
}

/** The tile of a complete subtree: it is the root of `count` of its hashes, from number `at` on. */
function placeOf({ height, index }: CompleteSubtree): { name: string; at: number; count: number } {
  const count = 2 ** (height % TILE_HEIGHT);
  const first = index * count;
  const name = tileName(Math.floor(height / TILE_HEIGHT), Math.floor(first / TILE_WIDTH));
  return { name, at: first % TILE_WIDTH, count };
}

function hashesOf(tile: string): Hex256[] {
  const count = Math.floor(tile.length / HEX_DIGITS);
  return Array.from({ length: count }, (_, at) =>
    tile.slice(at * HEX_DIGITS, (at + 1) * HEX_DIGITS),
  );
}

/** The root of a power of two of hashes. */
function foldPairs(hashes: readonly Hex256[], join: (left: Hex256, right: Hex256) => Hex256) {
  let level = [...hashes];
  while (level.length > 1) {
    level = level.flatMap((left, at) => (at % 2 === 0 ? [join(left, level[at + 1] ?? '')] : []));
  }
  return level[0] ?? '';
}
