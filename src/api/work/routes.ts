import type { IRouter } from 'express';
import type { RouteDeps } from '../http/deps.ts';
import { mount } from '../http/legacy-mount.ts';
import { readChallenge } from './operations.ts';

/** The work that is asked for before joining. */
export function mountWork(router: IRouter, deps: RouteDeps): void {
  const { desk } = deps.work;
  mount(router, deps, readChallenge, async ({ req, res, prefecture, query, nowMs }) => {
    res.setHeader('Cache-Control', 'no-store');
    const tries = await deps.proofOfWork.tries(req.ip ?? '', nowMs);
    if (tries === 0) {
      res.status(204).end();
      return;
    }
    const { purpose } = query;
    res.json(await desk.challenge({ prefecture: prefecture.id, purpose, nowMs }, tries));
  });
}
