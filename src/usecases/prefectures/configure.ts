import type { Rules } from '../../allocator/types.ts';
import { DomainError } from '../../base/errors.ts';
import { isLiveEntry } from '../../domain/entries/state.ts';
import { checkKept, checkQuotas, checkSitesOf } from '../../domain/prefectures/checks.ts';
import { type InTheWay, refuseInTheWay } from '../../domain/prefectures/in-the-way.ts';
import type { Prefecture, RequestType, Site } from '../../domain/prefectures/prefecture.ts';
import type { Settings } from '../../domain/prefectures/settings.ts';
import { retryOnConflict } from '../../store/core/retry.ts';
import type { UseCaseDeps } from '../deps.ts';
import { findInTheWay } from './survey.ts';

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

/** A change of what is offered, and what it leaves behind. */
export interface OfferedChange {
  /** As it is now, or would be. */
  readonly prefecture: Prefecture;
  readonly inTheWay: readonly InTheWay[];
}

/** Who changes what is offered; or whether it is only looked at. */
export interface OfferedBy {
  readonly agent: string;
  readonly isDryRun?: boolean;
}

/**
 * Sets the sites. One that slots or people are left at cannot go, nor close while people come.
 *
 * @throws DomainError `site_unknown`, `site_in_use`
 */
export function setSites(
  deps: Deps,
  prefecture: string,
  sites: readonly Site[],
  by: OfferedBy,
): Promise<OfferedChange> {
  return setOffered(deps, prefecture, 'sites', by, (before) => {
    checkSitesOf(before.requestTypes, sites);
    return { ...before, sites };
  });
}

/**
 * Sets what people can ask for, and where. What people wait for, or a draw to come or a quota names, stays,
 * and so does a site of a type that slots or people are left at.
 *
 * @throws DomainError `site_unknown`, `request_type_in_use`, `site_in_use`
 */
export async function setRequestTypes(
  deps: Deps,
  prefecture: string,
  requestTypes: readonly RequestType[],
  by: OfferedBy,
): Promise<OfferedChange> {
  const change = (before: Prefecture) => {
    checkSitesOf(requestTypes, before.sites);
    checkKept(requestTypes, {}, before.rules);
    return { ...before, requestTypes };
  };
  const counts = await deps.store.entries.counts(prefecture);
  const live = counts.filter(({ state, entries }) => entries > 0 && isLiveEntry(state));
  const awaited = live.map(({ requestType }) => requestType);
  // Also those whose appointment has begun, and is not settled.
  const drawn = await typesToBeDrawn(deps, prefecture);
  const guard = ({ rules }: Prefecture) => checkKept(requestTypes, { awaited, drawn }, rules);
  return setOffered(deps, prefecture, 'request types', by, change, guard);
}

/** Request types that schedules, and draws that are planned, name. */
async function typesToBeDrawn({ store }: Deps, prefecture: string): Promise<string[]> {
  const schedules = await store.schedules.list(prefecture);
  const draws = await store.draws.unfinished(prefecture, Number.MAX_SAFE_INTEGER);
  const planned = draws.filter(({ state }) => state === 'scheduled');
  return [...schedules, ...planned].flatMap(({ requestTypes = [] }) => requestTypes);
}

/**
 * Looks at what a change would leave behind, then makes it, if what is offered is still what it was
 * looked at with. Slots that are imported in between stay out of draws (ADR 0055).
 */
function setOffered(
  deps: Deps,
  id: string,
  part: string,
  { agent, isDryRun = false }: OfferedBy,
  change: (prefecture: Prefecture) => Prefecture,
  guard: (after: Prefecture) => void = () => undefined,
): Promise<OfferedChange> {
  return retryOnConflict(`what ${id} offers`, async () => {
    const before = await deps.store.prefectures.get(id);
    if (!before) throw new DomainError('prefecture_not_found', 'no such prefecture');
    const after = change(before);
    const inTheWay = await findInTheWay(deps.store, id, { before, after }, deps.clock());
    if (isDryRun) return { prefecture: after, inTheWay };
    refuseInTheWay(inTheWay, after);
    guard(after);
    let isSame = true;
    const changed = await update(deps, id, agent, part, (now) => {
      isSame = offeredText(now) === offeredText(before);
      return isSame ? change(now) : now;
    });
    return isSame ? { prefecture: changed, inTheWay } : 'conflict';
  });
}

function offeredText({ sites, requestTypes }: Prefecture): string {
  return JSON.stringify([sites, requestTypes]);
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
