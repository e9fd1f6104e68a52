import type { IRouter } from 'express';
import { listEntries, rejectEntry, searchEntries } from '../agents/operations.ts';
import type { RouteDeps } from '../http/deps.ts';
import { mount } from '../http/legacy-mount.ts';
import { requestTypeOf } from './application.ts';
import { entrySummary } from './view.ts';

/** Entries as agents see them: without personal data. */
export function mountEntries(router: IRouter, deps: RouteDeps): void {
  const { store, identityKeys } = deps;

  mount(router, deps, listEntries, async ({ res, prefecture, query, note }) => {
    const { id, limit, cursor: from, state, requestType } = query;
    if (id !== undefined) {
      const entry = await store.entries.get(prefecture.id, id);
      // Only an id of ours: what else stands there may be anything, and the log is for ever.
      if (entry) note([entry.id]);
      res.json({ entries: entry ? [entrySummary(entry)] : [], cursor: null });
      return;
    }
    const { entries, cursor = null } = await store.entries.list(prefecture.id, {
      limit,
      ...(from === undefined ? {} : { cursor: from }),
      ...(state === undefined ? {} : { state }),
      ...(requestType === undefined ? {} : { requestType }),
    });
    res.json({ entries: entries.map(entrySummary), cursor });
  });

  mount(router, deps, searchEntries, async ({ res, prefecture, body, note }) => {
    const { document, name = '', requestType } = body;
    const types =
      requestType === undefined
        ? prefecture.requestTypes
        : [requestTypeOf(prefecture, requestType)];
    const identities = types.flatMap(({ id }) =>
      identityKeys.allKeysOf(prefecture.id, id, document, name),
    );
    const ids = await Promise.all(
      identities.map((identity) => store.entries.findByIdentity(prefecture.id, identity)),
    );
    const found = await store.entries.getMany(
      prefecture.id,
      ids.filter((id) => id !== undefined),
    );
    const entries = found.filter((stored) => stored !== undefined);
    note(entries.map(({ value }) => value.id));
    res.json({ entries: entries.map(({ value }) => entrySummary(value)), cursor: null });
  });
}

/** What agents do to entries and their appointments. */
export function mountDecisions(router: IRouter, deps: RouteDeps): void {
  const { store, waker, logger } = deps;

  mount(router, deps, rejectEntry, async ({ res, prefecture, params, body, nowMs, agent }) => {
    const { id, state } = await store.entries.leave(prefecture.id, params.entryId, 'reject', nowMs);
    const { reason } = body;
    logger.info({ prefecture: prefecture.id, agent: agent(), entry: id, reason }, 'entry rejected');
    // A place it held is free now.
    waker.soon('offers', prefecture.id);
    waker.soon('register', prefecture.id);
    res.json({ id, state });
  });
}
