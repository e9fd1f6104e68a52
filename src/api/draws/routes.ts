import canonicalize from 'canonicalize';
import { z } from 'zod';
import { DomainError } from '../../base/errors.ts';
import { toldActs } from '../../domain/draws/acts.ts';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import type { Store } from '../../store/store.ts';
import { needDraw, recordOf } from '../../usecases/draws/read.ts';
import { IMMUTABLE, publicFor } from '../http/cacheable.ts';
import { route } from '../http/route.ts';
import { Identifier, Page } from '../http/schemas.ts';
import { DrawInFull, DrawList, ManifestView } from './schemas.ts';
import { drawView, strengthHeader } from './view.ts';

// Draws, for everyone: planned, past and void.

const tag = 'Public';
const access = 'public';
const params = z.strictObject({ drawId: Identifier });
const unchanged = { description: 'Unchanged since the ETag that was sent.' };
const FRESH = { control: publicFor(10) };

export const listDraws = route({
  id: 'listDraws',
  get: '/draws',
  tag,
  summary: 'Draws, planned, past and void',
  access,
  query: Page,
  answers: { 200: { description: 'The latest planned first.', schema: DrawList }, 304: unchanged },
  async run({ prefecture, query: { limit, cursor: from }, nowMs }, { store }) {
    const page = { limit: Math.min(limit, 100), ...(from === undefined ? {} : { cursor: from }) };
    const { draws, cursor = null } = await store.draws.list(prefecture.id, page);
    const found = await Promise.all(draws.map((draw) => inFull(store, prefecture.id, draw, nowMs)));
    return { status: 200, body: { draws: found, cursor }, cache: FRESH };
  },
});

/** A draw, with what was counted of it since. */
async function inFull(
  { draws }: Pick<Store, 'draws'>,
  prefecture: string,
  draw: DrawRecord,
  nowMs: number,
) {
  return { ...drawView(draw, nowMs), acts: toldActs(await draws.acts(prefecture, draw.id)) };
}

export const readDraw = route({
  id: 'readDraw',
  get: '/draws/{drawId}',
  tag,
  summary: 'One draw',
  access,
  params,
  answers: { 200: { description: 'The draw.', schema: DrawInFull }, 304: unchanged },
  refusals: ['draw_not_found'],
  async run({ prefecture, params: { drawId }, nowMs }, deps) {
    const draw = await needDraw(deps, prefecture.id, drawId);
    return {
      status: 200,
      body: await inFull(deps.store, prefecture.id, draw, nowMs),
      cache: FRESH,
    };
  },
});

export const readManifest = route({
  id: 'readManifest',
  get: '/draws/{drawId}/manifest',
  tag,
  summary: 'What a draw was fixed to before its randomness was known',
  description: 'The RFC 8785 text whose SHA-256 is the manifest hash. It never changes.',
  access,
  params,
  answers: {
    // The type is said: its text, not its members, is what the hash is of.
    200: { description: 'The manifest.', schema: ManifestView, type: 'application/json' },
    304: unchanged,
  },
  refusals: ['draw_not_found', 'manifest_unavailable'],
  async run({ prefecture, params: { drawId } }, deps) {
    const draw = await needDraw(deps, prefecture.id, drawId);
    const { manifest } = draw;
    if (!manifest) throw new DomainError('manifest_unavailable', 'the draw is not frozen yet');
    const body = canonicalize(manifest);
    if (body === undefined) throw new Error('a manifest is an object');
    return { status: 200, headers: strengthHeader(draw), body, cache: { control: IMMUTABLE } };
  },
});

export const readRecord = route({
  id: 'readRecord',
  get: '/draws/{drawId}/record',
  tag,
  summary: 'Everything needed to recompute a draw',
  description:
    'One JSON object a line, as section 7 of lottery/v2 (or of v1, for earlier draws) says, to be ' +
    'checked by anyone. Available once the draw is sealed; of a draw that was declared void before, ' +
    'what was frozen. With `part=result` it ends before the events, and never changes.',
  access,
  params,
  query: z.strictObject({ part: z.enum(['all', 'result']).default('all') }),
  answers: {
    200: { description: 'The record.', schema: z.string(), type: 'application/x-ndjson' },
    304: unchanged,
  },
  refusals: ['draw_not_found', 'record_unavailable'],
  async run({ prefecture, params: { drawId }, query: { part } }, deps) {
    const record = await recordOf(deps, prefecture.id, drawId, part);
    const { tag: name, isFinal, parts, packed, pieces } = record;
    const cache = { control: isFinal ? IMMUTABLE : publicFor(10), tag: name };
    const headers = strengthHeader(record.draw);
    return { status: 200, headers, body: parts, cache, gzipped: { body: packed, pieces } };
  },
});
