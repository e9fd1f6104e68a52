import { setImmediate } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Hex256 } from '../../base/types.ts';
import {
  countLeaf,
  noCounts,
  type RegisterCounts,
  type RegisterLeaf,
} from '../../domain/register/leaf.ts';
import type { Signer } from '../../identity/keys/signer.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import { nodeSha256 } from '../../store/core/node-sha256.ts';
import { type Queues, wakeWitness } from '../../store/core/queues.ts';
import { leavesPerRead, type SignedHead } from '../../store/register/store.ts';
import type { Store } from '../../store/store.ts';
import {
  checkpointBody,
  noteKeyId,
  noteText,
  originOf,
  parseCheckpoint,
} from '../../transparency/checkpoint.ts';
import { TILE_WIDTH } from '../../transparency/tiles.ts';
import type { Witness } from './witnesses.ts';

export interface RegisterDeps {
  readonly store: Pick<Store, 'register'>;
  readonly queues: Pick<Queues, 'witnesses'>;
  readonly clock: () => number;
  readonly logger: Pick<Logger, 'error'>;
  readonly metrics: Pick<Metrics, 'registerHeads' | 'registerRefusals'>;
  /** Signs the heads of registers. */
  readonly signer: Signer;
  /** What the names of registers begin with. */
  readonly registerOrigin: string;
  readonly witnesses: readonly Pick<Witness, 'id'>[];
}

/** Leaves that one head adds at most: then its counts are kept, and the next one follows. */
const leavesPerHead = 32 * leavesPerRead;
/** Heads that one job adds at most: the periodic sweep calls again. */
const headsPerJob = 1000;

/**
 * Hashes and signs what was appended to a prefecture's register, then has its witnesses told. Safe
 * to repeat after a crash at any line, and in several processes at once: whoever is second changes
 * nothing. A tree that does not fit its newest head is never signed: that is counted, for people
 * to look at.
 */
export async function signRegister(deps: RegisterDeps, prefecture: string): Promise<void> {
  for (let head = 0; head < headsPerJob; head += 1) {
    const grown = await addHead(deps, prefecture);
    if (grown === 'refused') return;
    if (grown === 'complete') break;
    await setImmediate();
  }
  const size = (await deps.store.register.head(prefecture))?.size ?? 0;
  for (const { id } of deps.witnesses) {
    if ((await deps.store.register.accepted(prefecture, id)) === size) continue;
    await wakeWitness(deps.queues, prefecture, id);
  }
}

async function addHead(
  deps: RegisterDeps,
  prefecture: string,
): Promise<'grown' | 'complete' | 'refused'> {
  const { store, clock, metrics } = deps;
  const before = await store.register.head(prefecture);
  const from = before?.size ?? 0;
  const total = await store.register.size(prefecture);
  if (total === from) return 'complete';
  const size = Math.min(total, from + leavesPerHead);
  if (total > from) await hashLeaves(deps, prefecture, size);
  const misfit = await findMisfit(deps, prefecture, before, total);
  if (misfit !== undefined) return refuse(deps, prefecture, misfit);

  const counts = await countLeaves(deps, prefecture, from, size);
  if (!counts) return 'grown'; // Another process has signed meanwhile: look again.
  const root = await store.register.root(prefecture, size);
  const checkpoint = signedCheckpoint(deps, prefecture, size, root);
  const head = { size, root, signedAtMs: clock(), checkpoint };
  const word = await store.register.storeHead(prefecture, from, head, counts);
  if (word === 'done') metrics.registerHeads.inc();
  return 'grown';
}

/** Hashes whole tiles of leaves, as far as `size` goes. */
async function hashLeaves(
  { store: { register } }: RegisterDeps,
  prefecture: string,
  size: number,
): Promise<void> {
  const whole = size - (size % TILE_WIDTH);
  // Each turn adds a tile at least, or another process did.
  for (let tile = 0; tile * TILE_WIDTH <= whole; tile += 1) {
    const hashed = await register.hashed(prefecture);
    if (hashed >= whole) return;
    const leaves = await register.leaves(prefecture, hashed, whole);
    await register.growTiles(prefecture, hashed, leaves);
    await setImmediate();
  }
}

type Misfit = 'leaves_missing' | 'root_differs' | 'tile_differs' | 'origin_differs';

/**
 * Why the stored tree cannot be what the newest head says; undefined if nothing speaks against it.
 * Besides the head's root one tile is held against its leaves, another one each time.
 */
async function findMisfit(
  { store: { register }, registerOrigin }: RegisterDeps,
  prefecture: string,
  head: SignedHead | undefined,
  total: number,
): Promise<Misfit | undefined> {
  if (head && total < head.size) return 'leaves_missing';
  if (head && (await register.root(prefecture, head.size)) !== head.root) return 'root_differs';
  // Under another name the same history would be two, which nobody compares.
  const name = originOf(registerOrigin, prefecture);
  if (head && parseCheckpoint(head.checkpoint).origin !== name) return 'origin_differs';
  const tiles = (await register.hashed(prefecture)) / TILE_WIDTH;
  if (tiles === 0) return undefined;
  const heads = await register.countHeads(prefecture);
  const isTrue = await register.isTileTrue(prefecture, heads % tiles);
  return isTrue ? undefined : 'tile_differs';
}

function refuse({ metrics, logger }: RegisterDeps, prefecture: string, reason: Misfit): 'refused' {
  metrics.registerRefusals.inc({ reason });
  logger.error({ prefecture, reason }, 'the register does not fit its signed head: not signed');
  return 'refused';
}

/** Counts of the leaves up to `size`; undefined if those up to `from` are no longer the newest. */
async function countLeaves(
  { store: { register } }: RegisterDeps,
  prefecture: string,
  from: number,
  size: number,
): Promise<RegisterCounts | undefined> {
  let counts = (await register.counts(prefecture)) ?? noCounts;
  if (counts.leaves !== from) return undefined;
  while (counts.leaves < size) {
    const leaves = await register.leaves(prefecture, counts.leaves, size);
    if (leaves.length === 0) throw new Error(`the register ends before its ${size} leaves`);
    // We wrote it ourselves (registerLeaf, append-event.lua).
    for (const leaf of leaves) counts = countLeaf(counts, JSON.parse(leaf) as RegisterLeaf);
    await setImmediate();
  }
  return counts;
}

function signedCheckpoint(
  { signer, registerOrigin }: { signer: Signer; registerOrigin: string },
  prefecture: string,
  size: number,
  root: Hex256,
): string {
  const name = originOf(registerOrigin, prefecture);
  const body = checkpointBody({ origin: name, size, root });
  const signature = signer.sign(Buffer.from(body));
  const keyId = noteKeyId({ name, publicKey: signer.current.publicKey }, nodeSha256);
  return noteText(body, [{ name, keyId, signature }]);
}
