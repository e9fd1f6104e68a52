import type { IRouter } from 'express';
import { needEntry } from '../../usecases/entries/hands.ts';
import { lookBack, needExplained } from '../../usecases/participation/look-back.ts';
import type { Overviews } from '../../usecases/public/overview.ts';
import type { RouteDeps } from '../http/deps.ts';
import { mount } from '../http/legacy-mount.ts';
import { diagnoseEntry, explainDraw, listParticipations } from './operations.ts';
import { diagnosisView, explanationView, participationView } from './view.ts';

/** What draws did for one entry, and why: for its person, and for agents. */
export function mountParticipation(router: IRouter, deps: RouteDeps, overviews: Overviews): void {
  const { store } = deps;

  mount(router, deps, listParticipations, async ({ res, prefecture, params, query }) => {
    const entry = await needEntry(deps, prefecture.id, params.entryId);
    const { limit, cursor: from } = query;
    const page = { limit, ...(from === undefined ? {} : { cursor: from }) };
    const found = await store.draws.participations(prefecture.id, entry, page);
    const { participations, cursor = null } = found;
    res.setHeader('Cache-Control', 'no-store');
    res.json({ draws: participations.map(participationView), cursor });
  });

  mount(router, deps, explainDraw, async ({ res, prefecture, params }) => {
    await needEntry(deps, prefecture.id, params.entryId);
    const explained = await needExplained(deps, prefecture, params.drawId, params.entryId);
    res.setHeader('Cache-Control', 'no-store');
    res.json(explanationView(explained));
  });

  mount(router, deps, diagnoseEntry, async ({ res, prefecture, params }) => {
    const entry = await needEntry(deps, prefecture.id, params.entryId);
    const overview = await overviews.of(prefecture.id);
    const found = await lookBack(deps, prefecture, entry, overview);
    res.setHeader('Cache-Control', 'no-store');
    res.json(diagnosisView(entry.id, found));
  });
}
