import type { IRouter } from 'express';
import { parseRules } from '../../allocator/record/parse.ts';
import type { Rules } from '../../allocator/types.ts';
import { DomainError } from '../../base/errors.ts';
import { isLiveEntry } from '../../domain/entries/state.ts';
import type { Prefecture, RequestType, Site } from '../../domain/prefectures/prefecture.ts';
import type { RouteDeps } from '../http/deps.ts';
import { mount } from '../http/legacy-mount.ts';
import { putRequestTypes, putRules, putSettings, putSites } from './operations.ts';

/** What a prefecture offers, and by which rules. */
export function mountConfiguration(router: IRouter, deps: RouteDeps): void {
  const update = updater(deps);

  mount(router, deps, putSettings, async ({ res, prefecture, body, agent }) => {
    const changed = await update(prefecture.id, agent(), 'settings', (before) => ({
      ...before,
      settings: body,
    }));
    res.json(changed.settings);
  });

  mount(router, deps, putSites, async ({ res, prefecture, body, agent }) => {
    const { sites } = await update(prefecture.id, agent(), 'sites', (before) => {
      checkSitesOf(before.requestTypes, body.sites);
      return { ...before, sites: body.sites };
    });
    res.json({ sites });
  });

  mount(router, deps, putRequestTypes, async ({ res, prefecture, body, agent }) => {
    const counts = await deps.store.entries.counts(prefecture.id);
    const live = counts.filter(({ state, entries }) => entries > 0 && isLiveEntry(state));
    const { requestTypes } = await update(prefecture.id, agent(), 'request types', (before) => {
      checkSitesOf(body.requestTypes, before.sites);
      const kept = new Set(body.requestTypes.map(({ id }) => id));
      refuseDropped(
        kept,
        live.map(({ requestType }) => requestType),
        'people wait for',
      );
      refuseDropped(kept, Object.keys(before.rules.quotas ?? {}), 'a quota names');
      return { ...before, requestTypes: body.requestTypes };
    });
    res.json({ requestTypes });
  });
}

/** The rules of the draws to come. */
export function mountRules(router: IRouter, deps: RouteDeps): void {
  const update = updater(deps);

  mount(router, deps, putRules, async ({ res, prefecture, body, agent }) => {
    const rules = parseRules(body, 'rules');
    const changed = await update(prefecture.id, agent(), 'rules', (before) => {
      checkQuotas(rules, before.requestTypes);
      return { ...before, rules };
    });
    res.json(changed.rules);
  });
}

function updater({ store, prefectures, waker, clock, logger }: RouteDeps) {
  return async (
    id: string,
    agent: string,
    part: string,
    change: (prefecture: Prefecture) => Prefecture,
  ): Promise<Prefecture> => {
    const changed = await store.prefectures.update(id, change, clock());
    prefectures.put(changed);
    waker.soon('register', id);
    logger.info({ prefecture: id, agent, part }, 'configuration changed');
    return changed;
  };
}

function checkSitesOf(requestTypes: readonly RequestType[], sites: readonly Site[]): void {
  const known = new Set(sites.map(({ id }) => id));
  for (const { id, sites: serving } of requestTypes) {
    const unknown = serving.find((site) => !known.has(site));
    if (unknown !== undefined) {
      throw new DomainError('site_unknown', `${id} is served at ${unknown}, which is no site`);
    }
  }
}

function refuseDropped(kept: ReadonlySet<string>, used: readonly string[], why: string): void {
  const dropped = used.find((id) => !kept.has(id));
  if (dropped === undefined) return;
  throw new DomainError('request_type_in_use', `${why} ${dropped}: it cannot be left out`);
}

function checkQuotas({ quotas = {} }: Rules, requestTypes: readonly RequestType[]): void {
  const known = new Set(requestTypes.map(({ id }) => id));
  const unknown = Object.keys(quotas).find((id) => !known.has(id));
  if (unknown === undefined) return;
  const member = `rules.quotas.${unknown}`;
  throw new DomainError('request_type_unknown', `there is no request type ${unknown}`, member);
}
