import type { IRouter, Response } from 'express';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { needEntry } from '../../usecases/entries/hands.ts';
import type { RouteDeps } from '../http/deps.ts';
import { mount } from '../http/legacy-mount.ts';
import { instant } from '../http/schemas.ts';
import { exportOf } from './export.ts';
import { discloseEntry, eraseByAgent, eraseEntry, exportEntry } from './operations.ts';

/** The right of access: everything that is kept about a person. */
export function mountExport(router: IRouter, deps: RouteDeps): void {
  const send = async (res: Response, prefecture: Prefecture, entryId: string, nowMs: number) => {
    const entry = await needEntry(deps, prefecture.id, entryId);
    res.setHeader('Cache-Control', 'no-store');
    res.setHeader('Content-Disposition', `attachment; filename="${entry.id}.json"`);
    res.json(await exportOf(deps, prefecture, entry, nowMs));
  };

  mount(router, deps, exportEntry, ({ res, prefecture, params, nowMs }) =>
    send(res, prefecture, params.entryId, nowMs),
  );

  mount(router, deps, discloseEntry, ({ res, prefecture, params, body, nowMs, agent }) => {
    const { entryId } = params;
    const of = { prefecture: prefecture.id, agent: agent(), entry: entryId, reason: body.reason };
    deps.logger.info(of, 'entry disclosed');
    return send(res, prefecture, entryId, nowMs);
  });
}

/** The right of erasure: by the person, or by an agent for people who cannot. */
export function mountErasure(router: IRouter, deps: RouteDeps): void {
  const { store, waker, logger } = deps;

  const erase = async ({ id: prefecture }: Prefecture, entryId: string, nowMs: number) => {
    const before = await needEntry(deps, prefecture, entryId);
    // Again: the first time stands.
    const concerns = (entry: EntryRecord) => entry.state !== 'erased';
    const after = await store.entries.leave(prefecture, entryId, 'erase', nowMs, { concerns });
    // A place it held is free now.
    if (before.held) waker.soon('offers', prefecture);
    waker.soon('register', prefecture);
    const erasedAt = instant(after.endedAtMs ?? after.joinedAtMs);
    return { id: after.id, state: 'erased', erasedAt };
  };

  mount(router, deps, eraseEntry, async ({ res, prefecture, params, nowMs }) => {
    res.setHeader('Cache-Control', 'no-store');
    res.json(await erase(prefecture, params.entryId, nowMs));
  });

  mount(router, deps, eraseByAgent, async ({ res, prefecture, params, body, nowMs, agent }) => {
    const erased = await erase(prefecture, params.entryId, nowMs);
    const { reason } = body;
    const of = { prefecture: prefecture.id, agent: agent(), entry: erased.id, reason };
    logger.info(of, 'entry erased');
    res.json(erased);
  });
}
