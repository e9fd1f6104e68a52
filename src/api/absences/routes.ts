import type { IRouter } from 'express';
import { DomainError } from '../../base/errors.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { appealContext } from '../../identity/person/context.ts';
import { takeAppeal } from '../../usecases/entries/hands.ts';
import type { Overviews } from '../../usecases/public/overview.ts';
import { absenceView } from '../entries/view.ts';
import type { RouteDeps } from '../http/deps.ts';
import { mount } from '../http/legacy-mount.ts';
import { instant } from '../http/schemas.ts';
import { appeal, decideAbsence, listAppeals, readAppeal } from './operations.ts';

/** Appointments missed or given up late: the person's side of it, and what an agent decides. */
export function mountAbsences(router: IRouter, deps: RouteDeps, overviews: Overviews): void {
  const { absences } = deps.store;

  const answer = async (prefecture: string, entry: EntryRecord) => {
    const { drawNumber } = await overviews.of(prefecture);
    return { entry: entry.id, absence: absenceView(entry, drawNumber) };
  };

  mount(router, deps, appeal, async ({ res, prefecture, params, body, nowMs }) => {
    const { id } = prefecture;
    const entry = await takeAppeal(deps, id, params.entryId, body.statement, nowMs);
    res.setHeader('Cache-Control', 'no-store');
    res.json(await answer(id, entry));
  });

  mount(router, deps, listAppeals, async ({ res, prefecture, query }) => {
    const { limit, cursor: from } = query;
    const page = { limit, ...(from === undefined ? {} : { cursor: from }) };
    const { appeals, cursor = null } = await absences.openAppeals(prefecture.id, page);
    res.json({ appeals: appeals.map(({ entry, atMs }) => ({ entry, at: instant(atMs) })), cursor });
  });

  mount(router, deps, readAppeal, async ({ res, prefecture, params }) => {
    const { entryId } = params;
    const found = await absences.appealOf(prefecture.id, entryId);
    if (!found) throw new DomainError('absence_not_found', 'no appeal waits for a decision');
    const statement = deps.vault.openText(found.sealed, appealContext(prefecture.id, entryId));
    res.setHeader('Cache-Control', 'no-store');
    res.json({ entry: entryId, at: instant(found.atMs), statement });
  });

  mount(router, deps, decideAbsence, async ({ res, prefecture, params, body }) => {
    const entry = await absences.decide(prefecture.id, params.entryId, body.decision);
    deps.waker.soon('dispatch', prefecture.id);
    res.json(await answer(prefecture.id, entry));
  });
}
