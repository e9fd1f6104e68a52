import canonicalize from 'canonicalize';
import type { IRouter } from 'express';
import { DomainError } from '../../base/errors.ts';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import { IMMUTABLE, publicFor, sendCacheable } from '../http/cacheable.ts';
import type { RouteDeps } from '../http/deps.ts';
import { mount } from '../http/legacy-mount.ts';
import { listDraws, readDraw, readManifest, readRecord } from '../public/operations.ts';
import { sendRecord } from './send-record.ts';
import { drawView, sayStrength } from './view.ts';

const FRESH = publicFor(10);

/** Draws, for everyone: planned, past and void. */
export function mountDraws(router: IRouter, deps: RouteDeps): void {
  const { store } = deps;

  const need = async (prefecture: string, id: string): Promise<DrawRecord> => {
    const draw = await store.draws.get(prefecture, id);
    if (!draw) throw new DomainError('draw_not_found', 'no such draw');
    return draw;
  };

  mount(router, deps, listDraws, async ({ req, res, prefecture, query }) => {
    const { limit, cursor: from } = query;
    const page = { limit: Math.min(limit, 100), ...(from === undefined ? {} : { cursor: from }) };
    const { draws, cursor = null } = await store.draws.list(prefecture.id, page);
    sendCacheable(req, res, JSON.stringify({ draws: draws.map(drawView), cursor }), FRESH);
  });

  mount(router, deps, readDraw, async ({ req, res, prefecture, params }) => {
    const draw = await need(prefecture.id, params.drawId);
    sendCacheable(req, res, JSON.stringify(drawView(draw)), FRESH);
  });

  mount(router, deps, readManifest, async ({ req, res, prefecture, params }) => {
    const draw = await need(prefecture.id, params.drawId);
    const { manifest } = draw;
    if (!manifest) throw new DomainError('manifest_unavailable', 'the draw is not frozen yet');
    const text = canonicalize(manifest);
    if (text === undefined) throw new Error('a manifest is an object');
    sayStrength(res, draw);
    sendCacheable(req, res, text, IMMUTABLE);
  });

  mount(router, deps, readRecord, async ({ req, res, prefecture, params, query }) => {
    const draw = await need(prefecture.id, params.drawId);
    // Slots are public once they are drawn, not before: until then there is no record.
    if (draw.outcomeHash === undefined) {
      throw new DomainError('record_unavailable', whyNoRecord(draw));
    }
    sayStrength(res, draw);
    await sendRecord(deps, { req, res, prefecture: prefecture.id, draw, part: query.part });
  });
}

function whyNoRecord({ id, voided, repeatedBy }: DrawRecord): string {
  if (!voided) return 'the draw has no result yet';
  const repeated = repeatedBy === undefined ? '' : `; draw ${repeatedBy} repeats it`;
  return `draw ${id} was declared void before it had a result: there is nothing to check${repeated}`;
}
