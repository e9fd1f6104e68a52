import { z } from 'zod';
import { CAUSES } from '../../allocator/types.ts';
import type { Hex256 } from '../../base/types.ts';
import { PRIORITY_GROUNDS } from '../../domain/priorities/state.ts';
import type { RegisterCounts } from '../../domain/register/leaf.ts';
import type { PartyCounts } from '../../domain/register/pool-counts.ts';
import { parseCheckpoint } from '../../transparency/checkpoint.ts';
import { TILE_WIDTH } from '../../transparency/tiles.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { Script, WriteWord } from '../core/script.ts';
import { grownTiles, isTileTrue, proveConsistency, proveInclusion, rootOf } from './tree.ts';

/** A signed head of a register. */
export interface SignedHead {
  readonly size: number;
  readonly root: Hex256;
  readonly signedAtMs: number;
  /** The signed note (c2sp.org/tlog-checkpoint). */
  readonly checkpoint: string;
}

/** Most leaves read, or hashed into tiles, by one command: about a quarter of a megabyte. */
export const leavesPerRead = 8 * TILE_WIDTH;

const storeTilesScript = new Script(
  'register/store-tiles.lua',
  { keys: ['tiles state'], args: ['before after names hashes[]'] },
  WriteWord,
);
const storeHeadScript = new Script(
  'register/store-head.lua',
  { keys: ['heads state register'], args: ['sizeBefore size head counts'] },
  WriteWord,
);
const acceptHeadScript = new Script(
  'register/accept-head.lua',
  { keys: ['witnesses'], args: ['witness size'] },
  WriteWord,
);

const Whole = z.coerce.number().int().min(0);
const HeadText = z.strictObject({ signedAtMs: z.int(), checkpoint: z.string() });
const Count = z.int().min(0);
const ByCause = z.partialRecord(z.enum(CAUSES), Count);
/** Counts of leaves as stored. */
export const CountsText: z.ZodType<RegisterCounts> = z.strictObject({
  leaves: Count,
  scheduled: Count,
  drawn: Count,
  weaker: Count.default(0),
  void: Count,
  superseded: Count.default(0),
  skipped: Count.default(0),
  repeated: Count,
  afterVoid: Count.default(0),
  events: Count,
  ruleChanges: Count,
  // Kept since lottery/v2: counts of earlier versions have none.
  closedSlots: ByCause.default({}),
  revoked: ByCause.default({}),
  priority: z
    .strictObject({
      draw: z.string(),
      // Kept as it is: a copy by zod would drop a request type named `__proto__`.
      counts: z.custom<Record<string, number>>(
        (value) => typeof value === 'object' && value !== null,
      ),
      other: Count,
      grounds: z.partialRecord(z.enum(PRIORITY_GROUNDS), Count).default({}),
      otherGrounds: Count.default(0),
    })
    .nullable(),
  channels: z
    .strictObject({ draw: z.string(), channels: z.record(z.string(), Count), other: Count })
    .nullable()
    .default(null),
  parties: z
    .strictObject({
      draw: z.string(),
      // As above.
      parties: z.custom<PartyCounts['parties']>(
        (value) => typeof value === 'object' && value !== null,
      ),
    })
    .nullable()
    .default(null),
  carried: Count.default(0),
});

/**
 * The public register of each prefecture: leaves, which the scripts of draws append, the Merkle
 * tree over them (RFC 9162), and signed heads.
 */
export class RegisterStore {
  readonly #redis: Connection;

  constructor(redis: Connection) {
    this.#redis = redis;
  }

  /** Leaves so far; those after the newest head are not signed yet. */
  size(prefecture: string): Promise<number> {
    return this.#redis.llen(keysOf(prefecture).registerLeaves);
  }

  /** Leaves `from` to `until`, the latter excluded; at most `leavesPerRead` of them. */
  async leaves(prefecture: string, from: number, until: number): Promise<string[]> {
    const last = Math.min(until, from + leavesPerRead) - 1;
    if (last < from) return [];
    return this.#redis.lrange(keysOf(prefecture).registerLeaves, from, last);
  }

  /** The newest signed head. */
  async head(prefecture: string): Promise<SignedHead | undefined> {
    const [head] = await this.heads(prefecture, -1, 1);
    return head;
  }

  /** Signed heads from number `from` on, the oldest is 0. */
  async heads(prefecture: string, from: number, limit: number): Promise<SignedHead[]> {
    const last = from < 0 ? -1 : from + limit - 1;
    const texts = await this.#redis.lrange(keysOf(prefecture).registerHeads, from, last);
    return texts.map(decodeHead);
  }

  countHeads(prefecture: string): Promise<number> {
    return this.#redis.llen(keysOf(prefecture).registerHeads);
  }

  /** What the leaves under the newest head tell; undefined without one. */
  async counts(prefecture: string): Promise<RegisterCounts | undefined> {
    const text = await this.#redis.hget(keysOf(prefecture).registerState, 'counts');
    return text === null ? undefined : CountsText.parse(JSON.parse(text));
  }

  /** Leaves in tiles: a multiple of 256. */
  async hashed(prefecture: string): Promise<number> {
    return Whole.parse((await this.#redis.hget(keysOf(prefecture).registerState, 'hashed')) ?? 0);
  }

  /**
   * Hashes the leaves that follow the first `hashed` into tiles, at most `leavesPerRead`. Safe to
   * repeat. `conflict`: another process was faster.
   *
   * @throws Error unless these leaves fill tiles.
   */
  async growTiles(
    prefecture: string,
    hashed: number,
    leaves: readonly string[],
  ): Promise<WriteWord> {
    const keys = keysOf(prefecture);
    const tiles = await grownTiles(this.#redis, prefecture, hashed, leaves);
    return storeTilesScript.run(
      this.#redis,
      { tiles: keys.registerTiles, state: keys.registerState },
      {
        before: hashed,
        after: hashed + leaves.length,
        names: [...tiles.keys()].join(' '),
        hashes: [...tiles.values()].map((text) => Buffer.from(text, 'hex')),
      },
    );
  }

  /** Keeps a head, if it is larger than the newest, which was `before`; counts go with it. */
  storeHead(
    prefecture: string,
    before: number,
    { size, signedAtMs, checkpoint }: SignedHead,
    counts: RegisterCounts,
  ): Promise<WriteWord> {
    const keys = keysOf(prefecture);
    return storeHeadScript.run(
      this.#redis,
      { heads: keys.registerHeads, state: keys.registerState, register: keys.registerLeaves },
      {
        sizeBefore: before,
        size,
        head: JSON.stringify({ signedAtMs, checkpoint }),
        counts: JSON.stringify(counts),
      },
    );
  }

  /** Root of the first `size` leaves, which must be hashed or fit in one tile more. */
  root(prefecture: string, size: number): Promise<Hex256> {
    return rootOf(this.#redis, prefecture, size);
  }

  /** Whether the stored hashes of one whole tile are those of its leaves. */
  isTileTrue(prefecture: string, index: number): Promise<boolean> {
    return isTileTrue(this.#redis, prefecture, index);
  }

  /** Proves that leaf `index` lies in the tree of `size` leaves (RFC 9162 §2.1.3). */
  inclusion(prefecture: string, index: number, size: number): Promise<Hex256[]> {
    return proveInclusion(this.#redis, prefecture, index, size);
  }

  /** Proves that the tree of `size` leaves continues that of the first (RFC 9162 §2.1.4). */
  consistency(prefecture: string, first: number, size: number): Promise<Hex256[]> {
    return proveConsistency(this.#redis, prefecture, first, size);
  }

  /** Size of the newest head that a witness has taken; 0 for none. */
  async accepted(prefecture: string, witness: string): Promise<number> {
    const size = await this.#redis.hget(keysOf(prefecture).registerWitnesses, witness);
    return Whole.parse(size ?? 0);
  }

  /** Remembers that a witness has taken the head of this size. */
  async accept(prefecture: string, witness: string, size: number): Promise<void> {
    const { registerWitnesses } = keysOf(prefecture);
    await acceptHeadScript.run(this.#redis, { witnesses: registerWitnesses }, { witness, size });
  }
}

/** Reads a head as stored. Pure. */
export function decodeHead(text: string): SignedHead {
  const { signedAtMs, checkpoint } = HeadText.parse(JSON.parse(text));
  const { size, root } = parseCheckpoint(checkpoint);
  return { size, root, signedAtMs, checkpoint };
}
