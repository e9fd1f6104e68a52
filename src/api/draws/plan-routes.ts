import type { IRouter } from 'express';
import type { Overviews } from '../../usecases/public/overview.ts';
import {
  listSchedules,
  putSchedule,
  removeSchedule,
  scheduleDraw,
  voidDraw,
} from '../agents/operations.ts';
import type { RouteDeps } from '../http/deps.ts';
import { mount } from '../http/legacy-mount.ts';
import { drawView } from './view.ts';

/** Draws as agents plan them, one by one, and declare them void. */
export function mountDrawPlans(router: IRouter, deps: RouteDeps, overviews: Overviews): void {
  const { store, scheduler, waker, metrics, logger } = deps;

  mount(router, deps, scheduleDraw, async ({ res, prefecture, body, nowMs, agent, note }) => {
    const { replaces } = body;
    const atMs = body.at === undefined ? undefined : Date.parse(body.at);
    const draw =
      replaces === undefined
        ? await scheduler.scheduleOnce(prefecture.id, atMs ?? nowMs, agent())
        : await scheduler.repeat(prefecture.id, { replaces, atMs }, agent());
    note([draw.id]);
    if (draw.atMs <= nowMs) waker.soon('draws', prefecture.id);
    waker.soon('register', prefecture.id);
    overviews.forget(prefecture.id);
    logger.info({ prefecture: prefecture.id, agent: agent(), draw: draw.id }, 'draw planned');
    res.status(201).json(drawView(draw));
  });

  mount(router, deps, voidDraw, async ({ res, prefecture, params, body, nowMs, agent }) => {
    const before = await store.draws.get(prefecture.id, params.drawId);
    const { reason } = body;
    const by = { reason, agent: agent() };
    const draw = await store.draws.void(prefecture.id, params.drawId, by, nowMs);
    if (before?.state !== 'void') metrics.draws.inc({ outcome: 'void' });
    waker.soon('draws', prefecture.id);
    waker.soon('dispatch', prefecture.id);
    waker.soon('register', prefecture.id);
    overviews.forget(prefecture.id);
    logger.warn({ prefecture: prefecture.id, agent: agent(), draw: draw.id }, 'draw declared void');
    res.json(drawView(draw));
  });
}

/** Draws that come again and again. */
export function mountSchedules(router: IRouter, deps: RouteDeps, overviews: Overviews): void {
  const { store, scheduler, waker, logger } = deps;

  mount(router, deps, listSchedules, async ({ res, prefecture }) => {
    res.json({ schedules: await store.schedules.list(prefecture.id) });
  });

  mount(router, deps, putSchedule, async ({ res, prefecture, params, body, agent, note }) => {
    const { name } = params;
    const { pattern } = body;
    const draw = await scheduler.upsert(prefecture.id, name, pattern, agent());
    note([draw.id]);
    waker.soon('register', prefecture.id);
    overviews.forget(prefecture.id);
    logger.info({ prefecture: prefecture.id, agent: agent(), schedule: name }, 'schedule set');
    res.json({ name, pattern, agent: agent(), nextDraw: drawView(draw) });
  });

  mount(router, deps, removeSchedule, async ({ res, prefecture, params, agent }) => {
    await scheduler.remove(prefecture.id, params.name, agent());
    waker.soon('register', prefecture.id);
    overviews.forget(prefecture.id);
    const schedule = params.name;
    logger.info({ prefecture: prefecture.id, agent: agent(), schedule }, 'schedule removed');
    res.status(204).end();
  });
}
