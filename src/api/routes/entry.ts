import type { IRouter } from 'express';
import { DomainError } from '../../allocator/errors.ts';
import { offerId } from '../../store/codec-offer.ts';
import type { EntryRecord, Prefecture } from '../../store/types.ts';
import { checkSites, requestTypeOf } from '../application.ts';
import { entryView, mayChangeAvailability } from '../entry-view.ts';
import { mount, type RouteDeps } from '../mount.ts';
import { changeAvailability, readEntry, withdraw } from '../operations/entries.ts';
import type { Overviews } from '../overview.ts';

/** An entry in the hands of its person. */
export function mountEntry(router: IRouter, deps: RouteDeps, overviews: Overviews): void {
  const { store, waker } = deps;

  const view = async (prefecture: Prefecture, entry: EntryRecord) => {
    const { held } = entry;
    const [offer, overview] = await Promise.all([
      held ? store.offers.get(prefecture.id, offerId(held.draw, entry.id)) : undefined,
      overviews.of(prefecture.id),
    ]);
    return entryView(prefecture, entry, offer, overview);
  };

  mount(router, deps, readEntry, async ({ res, prefecture, params }) => {
    const entry = await store.entries.get(prefecture.id, params.entryId);
    if (!entry) throw new DomainError('entry_not_found', 'no such entry');
    res.setHeader('Cache-Control', 'no-store');
    res.json(await view(prefecture, entry));
  });

  mount(router, deps, changeAvailability, async ({ res, prefecture, params, body }) => {
    const changed = await store.entries.change(prefecture.id, params.entryId, (entry) => {
      if (!mayChangeAvailability(entry)) {
        throw new DomainError('entry_settled', `this entry is ${entry.state}`);
      }
      const { accepts: _before, ...rest } = entry;
      if (body.accepts === null) return { entry: rest };
      checkSites(requestTypeOf(prefecture, entry.requestType), body.accepts);
      return { entry: { ...rest, accepts: body.accepts } };
    });
    res.setHeader('Cache-Control', 'no-store');
    res.json(await view(prefecture, changed));
  });

  mount(router, deps, withdraw, async ({ res, prefecture, params, nowMs }) => {
    const entry = await store.entries.get(prefecture.id, params.entryId);
    if (!entry) throw new DomainError('entry_not_found', 'no such entry');
    if (entry.state !== 'withdrawn') {
      await store.entries.leave(prefecture.id, entry.id, 'withdraw', nowMs);
      if (entry.held) waker.soon('offers', prefecture.id);
    }
    res.status(204).end();
  });
}
