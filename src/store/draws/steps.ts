import { z } from 'zod';
import type { Manifest } from '../../allocator/types.ts';
import { DomainError } from '../../base/errors.ts';
import { recordInstant } from '../../base/instants.ts';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import { reserveTypes } from '../../domain/draws/reserves.ts';
import {
  type DrawEvent,
  type DrawState,
  hasHappened,
  isGivenUp,
  nextDrawState,
} from '../../domain/draws/state.ts';
import { registerLeaf, strengthMember } from '../../domain/register/leaf.ts';
import type {
  ChannelCounts,
  PartyCounts,
  PriorityCounts,
} from '../../domain/register/pool-counts.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { readRedisClock } from '../core/redis-clock.ts';
import { retryOnConflict } from '../core/retry.ts';
import { Script, WriteWord } from '../core/script.ts';
import { encodeDraw } from './codec.ts';
import { needDraw, readTypes } from './read.ts';
import { type StagedParts, stageParts } from './record-parts.ts';

/** `unstaged`: what was to be published is not there, or not whole. */
export const StagedWord = z.enum([...WriteWord.options, 'unstaged']);

/** Which freeze is under way, with its number and its instant. */
export const Freezing = z.tuple([z.string().nullable(), z.coerce.number(), z.coerce.number()]);

const beginFreezeScript = new Script(
  'draws/begin-freeze.lua',
  {
    keys: [
      'draw freezing paused activeDraw closingDraw importLock drawNumber',
      'places drawPlaces prefecture reserves',
    ],
    args: ['drawId playedMs types[]'],
  },
  z.union([
    z.tuple([z.literal('done'), z.coerce.number(), z.coerce.number()]),
    z.tuple([z.enum(['conflict', 'paused', 'busy', 'import_pending', 'in_use'])]),
  ]),
);
const publishManifestScript = new Script(
  'draws/publish-manifest.lua',
  {
    keys: ['draw freezing before staged input register frozenDraws'],
    args: ['drawId json parts manifest latestMs algorithm number leaves[]'],
  },
  z.enum([...StagedWord.options, 'not_freezing', 'late']),
);
const publishDrawScript = new Script(
  'draws/publish-draw.lua',
  { keys: ['draw activeDraw reserves unfinishedDraws'], args: ['drawId json served[]'] },
  WriteWord,
);

/** Which draw of which prefecture. */
export interface DrawPlace {
  readonly redis: Connection;
  readonly prefecture: string;
  readonly drawId: string;
}

/** What a freeze publishes. Each part is gzipped, at most 1 MiB. */
export interface FrozenInput {
  readonly priority: PriorityCounts;
  readonly channels: ChannelCounts;
  /** Void draws that it comes after (domain/draws/after-void.ts). */
  readonly afterVoid?: readonly string[];
  /** Absent: everybody comes alone. */
  readonly parties?: PartyCounts | undefined;
  /** From the first slot to the last entry. */
  readonly parts: Iterable<Buffer>;
  /**
   * Makes the manifest at the last moment, `nowMs` by the clock of Redis; once more if it was not
   * published in time.
   */
  tie(nowMs: number): TiedManifest;
}

export interface TiedManifest {
  readonly manifest: Manifest;
  readonly manifestHash: string;
  /** The line of the record, gzipped. */
  readonly line: Buffer;
  /** Published later than this it is refused. Absent: it keeps. */
  readonly withinMs?: number;
}

/** Manifests made for one publication that came too late, before the job fails and is retried. */
const MOST_TIES = 10;

export type FreezeOutcome =
  | { readonly outcome: 'freezing'; readonly number: number; readonly frozenAtMs: number }
  | { readonly outcome: 'import_pending' | 'busy' | 'paused' | 'in_use' };

type Write = (
  next: DrawRecord,
  state: DrawState,
) => Promise<{ readonly word: string; readonly draw: DrawRecord }>;

/**
 * Takes a draw one step on. A repeat changes nothing and answers the draw as it is. States only go
 * forward, so a lost race is settled by reading again, a few times at most.
 */
export function step(place: DrawPlace, event: DrawEvent, write: Write): Promise<DrawRecord> {
  return retryOnConflict(`draw ${place.drawId}`, () => tryStep(place, event, write));
}

/** One attempt at a step. `conflict`: somebody else was faster, so look again. */
export async function tryStep(
  place: DrawPlace,
  event: DrawEvent,
  write: Write,
): Promise<DrawRecord | 'conflict'> {
  const draw = await needDraw(place.redis, place.prefecture, place.drawId);
  if (hasHappened(event, draw.state)) return draw;
  const written = await write({ ...draw, state: nextDrawState(draw.state, event) }, draw.state);
  if (written.word === 'done') return written.draw;
  if (written.word !== 'conflict' && written.word !== 'late') {
    throw new Error(`cannot ${event} draw ${draw.id}: ${written.word}`);
  }
  return 'conflict';
}

/**
 * Fixes the instant of a draw, by the clock of Redis, and takes every free place for it; those of slots that serve none of its
 * request types go back before its manifest (`returnIdlePlaces`). Atomic; a repeat answers the same
 * number and instant. `in_use`: a reserve list of its types must end first.
 *
 * @param playedMs the instant, where time is played
 * @throws DomainError `draw_not_found`, or `draw_settled` if the draw is void.
 */
export async function beginFreeze(
  place: DrawPlace,
  playedMs: number | undefined,
): Promise<FreezeOutcome> {
  const { redis, prefecture, drawId } = place;
  const keys = keysOf(prefecture);
  const { requestTypes: types = [] } = await needDraw(redis, prefecture, drawId);
  const [outcome, number = 0, frozenAtMs = 0] = await beginFreezeScript.run(
    redis,
    {
      draw: keys.draw(drawId),
      freezing: keys.freezing,
      paused: keys.paused,
      activeDraw: keys.activeDraw,
      closingDraw: keys.closingDraw,
      importLock: keys.importLock,
      drawNumber: keys.drawNumber,
      places: keys.places,
      drawPlaces: keys.drawPlaces(drawId),
      prefecture: keys.prefecture,
      reserves: keys.reserves,
    },
    { drawId, playedMs: playedMs ?? '', types },
  );
  if (outcome === 'done') return { outcome: 'freezing', number, frozenAtMs };
  if (outcome !== 'conflict') return { outcome };
  const draw = await needDraw(redis, prefecture, drawId);
  if (draw.number === undefined || draw.frozenAtMs === undefined || isGivenUp(draw.state)) {
    throw new DomainError('draw_settled', `cannot freeze a draw that is ${draw.state}`);
  }
  return { outcome: 'freezing', number: draw.number, frozenAtMs: draw.frozenAtMs };
}

/**
 * Publishes the manifest: scheduled → frozen, in one flip. Safe to repeat. The manifest is tied to
 * its entropy when all else is in place; Redis itself refuses it once it is too old, by its own
 * clock, so that a stalled connection cannot publish a round that exists already.
 */
export async function publishManifest(
  place: DrawPlace,
  input: FrozenInput,
  nowMs: number,
): Promise<DrawRecord> {
  const { redis, prefecture, drawId } = place;
  const keys = keysOf(prefecture);
  const of = { at: recordInstant(nowMs), draw: drawId };
  const counts = [
    registerLeaf({ ...of, kind: 'priority', ...input.priority }),
    registerLeaf({ ...of, kind: 'channels', ...input.channels }),
    ...(input.parties ? [registerLeaf({ ...of, kind: 'parties', ...input.parties })] : []),
  ];
  let ties = 0;
  let staged: StagedParts | undefined;
  return step(place, 'freeze', async (next) => {
    staged ??= await stageParts(redis, prefecture, drawId, input.parts);
    const [, number, frozenAtMs] = Freezing.parse(
      await redis.hmget(keys.freezing, 'draw', 'number', 'at'),
    );
    if (++ties > MOST_TIES) throw new Error(`draw ${drawId}: no manifest is published in time`);
    const clockMs = await readRedisClock(redis, prefecture);
    const { manifest, manifestHash, line, withinMs } = input.tie(clockMs);
    const latestMs = withinMs === undefined ? 0 : clockMs + withinMs;
    // What was said when it was planned may be answered by now, or more.
    const { afterVoid: _planned, ...rest } = next;
    const said = input.afterVoid?.length ? { afterVoid: input.afterVoid } : {};
    const draw: DrawRecord = { ...rest, ...said, number, frozenAtMs, manifest, manifestHash };
    const told = { ...said, ...strengthMember(manifest.entropy) };
    const leaf = registerLeaf({ ...of, kind: 'manifest', manifest, manifestHash, ...told });
    const word = await publishManifestScript.run(
      redis,
      {
        draw: keys.draw(drawId),
        freezing: keys.freezing,
        before: keys.before,
        staged: staged.key,
        input: keys.drawInput(drawId),
        register: keys.registerLeaves,
        frozenDraws: keys.frozenDraws,
      },
      {
        drawId,
        json: encodeDraw(draw),
        parts: staged.parts,
        manifest: line,
        latestMs,
        algorithm: manifest.algorithm,
        number,
        leaves: [leaf, ...counts],
      },
    );
    return { word, draw };
  });
}

/** Publishes a drawn draw; its reserve list is now the one of its request types. Safe to repeat. */
export function publishDraw(place: DrawPlace, nowMs: number): Promise<DrawRecord> {
  const { redis, prefecture, drawId } = place;
  const keys = keysOf(prefecture);
  return step(place, 'publish', async (next) => {
    const draw: DrawRecord = { ...next, publishedAtMs: nowMs };
    const served = reserveTypes(draw, await readTypes(redis, prefecture));
    const word = await publishDrawScript.run(
      redis,
      {
        draw: keys.draw(drawId),
        activeDraw: keys.activeDraw,
        reserves: keys.reserves,
        unfinishedDraws: keys.unfinishedDraws,
      },
      { drawId, json: encodeDraw(draw), served },
    );
    return { word, draw };
  });
}
