import type { Rules } from '../../allocator/types.ts';
import { DomainError } from '../../base/errors.ts';
import type { RequestType, Site } from './prefecture.ts';

/**
 * Refuses request types that are served at a site that there is not. Pure.
 *
 * @throws DomainError `site_unknown`
 */
export function checkSitesOf(requestTypes: readonly RequestType[], sites: readonly Site[]): void {
  const known = new Set(sites.map(({ id }) => id));
  for (const { id, sites: serving } of requestTypes) {
    const unknown = serving.find((site) => !known.has(site));
    if (unknown !== undefined) {
      throw new DomainError('site_unknown', `${id} is served at ${unknown}, which is no site`);
    }
  }
}

/**
 * Refuses to leave out a request type that people wait for, or that a draw to come or a quota names. Pure.
 *
 * @throws DomainError `request_type_in_use`
 */
export function checkKept(
  requestTypes: readonly RequestType[],
  { awaited = [], drawn = [] }: { awaited?: readonly string[]; drawn?: readonly string[] },
  { quotas = {} }: Rules,
): void {
  const kept = new Set(requestTypes.map(({ id }) => id));
  refuseDropped(kept, awaited, 'people wait for');
  refuseDropped(kept, drawn, 'a planned draw or a schedule names');
  refuseDropped(kept, Object.keys(quotas), 'a quota names');
}

function refuseDropped(kept: ReadonlySet<string>, used: readonly string[], why: string): void {
  const dropped = used.find((id) => !kept.has(id));
  if (dropped === undefined) return;
  throw new DomainError('request_type_in_use', `${why} ${dropped}: it cannot be left out`);
}

/**
 * Refuses quotas of request types that there are not. Pure.
 *
 * @throws DomainError `request_type_unknown`
 */
export function checkQuotas({ quotas = {} }: Rules, requestTypes: readonly RequestType[]): void {
  const known = new Set(requestTypes.map(({ id }) => id));
  const unknown = Object.keys(quotas).find((id) => !known.has(id));
  if (unknown === undefined) return;
  const member = `rules.quotas.${unknown}`;
  throw new DomainError('request_type_unknown', `there is no request type ${unknown}`, member);
}
