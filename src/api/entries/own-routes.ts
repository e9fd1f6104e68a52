import type { IRouter } from 'express';
import { DomainError } from '../../base/errors.ts';
import { needEntry, withdrawEntry } from '../../usecases/entries/hands.ts';
import { signReceipt } from '../../usecases/entries/receipt.ts';
import type { Overviews } from '../../usecases/public/overview.ts';
import type { RouteDeps } from '../http/deps.ts';
import { mount } from '../http/legacy-mount.ts';
import { checkSites, requestTypeOf } from './application.ts';
import { changeAvailability, readEntry, readReceipt, withdraw } from './operations.ts';
import { mayChangeAvailability } from './view.ts';
import { viewOf } from './view-entry.ts';

/** An entry in the hands of its person. */
export function mountEntry(router: IRouter, deps: RouteDeps, overviews: Overviews): void {
  const { store } = deps;

  mount(router, deps, readEntry, async ({ res, prefecture, params }) => {
    const entry = await needEntry(deps, prefecture.id, params.entryId);
    res.setHeader('Cache-Control', 'no-store');
    res.json(await viewOf(deps, overviews, prefecture, entry));
  });

  mount(router, deps, changeAvailability, async ({ res, prefecture, params, body, nowMs }) => {
    const changed = await store.entries.change(prefecture.id, params.entryId, (entry) => {
      if (!mayChangeAvailability(entry)) {
        throw new DomainError('entry_settled', `this entry is ${entry.state}`);
      }
      const { accepts: _before, ...others } = entry;
      const rest = { ...others, acceptsSinceMs: nowMs };
      if (body.accepts === null) return { entry: rest };
      checkSites(requestTypeOf(prefecture, entry.requestType), body.accepts);
      return { entry: { ...rest, accepts: body.accepts } };
    });
    res.setHeader('Cache-Control', 'no-store');
    const receipt = signReceipt(deps.signer, prefecture.id, changed);
    res.json({ ...(await viewOf(deps, overviews, prefecture, changed)), receipt });
  });

  mount(router, deps, readReceipt, async ({ res, prefecture, params }) => {
    const entry = await needEntry(deps, prefecture.id, params.entryId);
    res.setHeader('Cache-Control', 'no-store');
    res.type('application/jwt').end(signReceipt(deps.signer, prefecture.id, entry));
  });

  mount(router, deps, withdraw, async ({ res, prefecture, params, nowMs }) => {
    await withdrawEntry(deps, prefecture, params.entryId, nowMs);
    res.status(204).end();
  });
}
