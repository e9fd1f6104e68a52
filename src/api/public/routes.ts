import type { IRouter } from 'express';
import type { DrawRecord, RequestTypeStatistics } from '../../domain/draws/draw.ts';
import { typeStatistics } from '../../domain/draws/statistics.ts';
import type { Overviews } from '../../usecases/public/overview.ts';
import { chanceOf, strengthView } from '../draws/view.ts';
import { publicFor, sendCacheable } from '../http/cacheable.ts';
import type { RouteDeps } from '../http/deps.ts';
import { mount } from '../http/legacy-mount.ts';
import { instant, instantOrNull } from '../http/schemas.ts';
import {
  listRequestTypes,
  listSites,
  readPrefecture,
  readRules,
  readStatistics,
} from './operations.ts';

/** Configuration changes seldom, and nobody is hurt by reading it a minute late. */
const CONFIGURATION = publicFor(60);
const FRESH = publicFor(10);

/** What everyone may know of a prefecture. */
export function mountPublic(router: IRouter, deps: RouteDeps, overviews: Overviews): void {
  mount(router, deps, readPrefecture, async ({ req, res, prefecture }) => {
    const { nextDrawAtMs } = await overviews.of(prefecture.id);
    const { id, settings, sites, requestTypes, paused } = prefecture;
    const view = {
      id,
      settings,
      sites,
      requestTypes,
      paused: paused ? { reason: paused.reason, since: instant(paused.sinceMs) } : null,
      nextDrawAt: instantOrNull(nextDrawAtMs),
    };
    sendCacheable(req, res, JSON.stringify(view), FRESH);
  });

  mount(router, deps, listRequestTypes, ({ req, res, prefecture: { requestTypes } }) =>
    sendCacheable(req, res, JSON.stringify({ requestTypes }), CONFIGURATION),
  );

  mount(router, deps, listSites, ({ req, res, prefecture: { sites } }) =>
    sendCacheable(req, res, JSON.stringify({ sites }), CONFIGURATION),
  );

  mount(router, deps, readRules, ({ req, res, prefecture: { rules } }) =>
    sendCacheable(req, res, JSON.stringify(rules), CONFIGURATION),
  );
}

/** Who waits, and what the chances were. */
export function mountStatistics(router: IRouter, deps: RouteDeps, overviews: Overviews): void {
  mount(router, deps, readStatistics, async ({ req, res, prefecture }) => {
    const overview = await overviews.of(prefecture.id);
    const { lastDraw, asOfMs, nextDrawAtMs } = overview;
    const { attended, unchecked, no_show: noShow, refused } = overview.desk;
    const view = {
      asOf: instant(asOfMs),
      nextDrawAt: instantOrNull(nextDrawAtMs),
      desk: { attended, unchecked, noShow, refused },
      requestTypes: prefecture.requestTypes.map(({ id }) => {
        const row = typeStatistics(lastDraw, id);
        const waiting = overview.waiting(id);
        const last = lastDraw && row ? lastDrawView(lastDraw, row) : null;
        return { requestType: id, waiting, lastDraw: last };
      }),
      latestDraws: {
        published: overview.publishedDraws,
        weaker: overview.weakerDraws,
        void: overview.voidDraws,
        repeated: overview.repeatedDraws,
      },
    };
    sendCacheable(req, res, JSON.stringify(view), FRESH);
  });
}

function lastDrawView(draw: DrawRecord, row: RequestTypeStatistics) {
  return { draw: draw.id, ...row, chance: chanceOf(row), entropy: strengthView(draw) };
}
