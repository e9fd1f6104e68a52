import type { Rules } from '../../allocator/types.ts';
import { isLiveEntry } from '../../domain/entries/state.ts';
import { checkKept, checkQuotas, checkSitesOf } from '../../domain/prefectures/checks.ts';
import type { Prefecture, RequestType, Site } from '../../domain/prefectures/prefecture.ts';
import type { Settings } from '../../domain/prefectures/settings.ts';
import type { UseCaseDeps } from '../deps.ts';

type Deps = Pick<UseCaseDeps, 'store' | 'prefectures' | 'waker' | 'clock' | 'logger'>;

/** Sets how draws and offers run. */
export async function setSettings(
  deps: Deps,
  prefecture: string,
  settings: Settings,
  agent: string,
): Promise<Settings> {
  const change = (before: Prefecture) => ({ ...before, settings });
  return (await update(deps, prefecture, agent, 'settings', change)).settings;
}

/** @throws DomainError `site_unknown` */
export async function setSites(
  deps: Deps,
  prefecture: string,
  sites: readonly Site[],
  agent: string,
): Promise<readonly Site[]> {
  const changed = await update(deps, prefecture, agent, 'sites', (before) => {
    checkSitesOf(before.requestTypes, sites);
    return { ...before, sites };
  });
  return changed.sites;
}

/**
 * Sets what people can ask for. What people wait for, or a quota names, stays.
 *
 * @throws DomainError `site_unknown`, `request_type_in_use`
 */
export async function setRequestTypes(
  deps: Deps,
  prefecture: string,
  requestTypes: readonly RequestType[],
  agent: string,
): Promise<readonly RequestType[]> {
  const counts = await deps.store.entries.counts(prefecture);
  const live = counts.filter(({ state, entries }) => entries > 0 && isLiveEntry(state));
  const awaited = live.map(({ requestType }) => requestType);
  const changed = await update(deps, prefecture, agent, 'request types', (before) => {
    checkSitesOf(requestTypes, before.sites);
    checkKept(requestTypes, awaited, before.rules);
    return { ...before, requestTypes };
  });
  return changed.requestTypes;
}

/**
 * Sets the rules of the draws to come. One that is frozen keeps its own.
 *
 * @throws DomainError `request_type_unknown`
 */
export async function setRules(
  deps: Deps,
  prefecture: string,
  rules: Rules,
  agent: string,
): Promise<Rules> {
  const changed = await update(deps, prefecture, agent, 'rules', (before) => {
    checkQuotas(rules, before.requestTypes);
    return { ...before, rules };
  });
  return changed.rules;
}

async function update(
  { store, prefectures, waker, clock, logger }: Deps,
  id: string,
  agent: string,
  part: string,
  change: (prefecture: Prefecture) => Prefecture,
): Promise<Prefecture> {
  const changed = await store.prefectures.update(id, change, clock());
  prefectures.put(changed);
  waker.soon('register', id);
  logger.info({ prefecture: id, agent, part }, 'configuration changed');
  return changed;
}
