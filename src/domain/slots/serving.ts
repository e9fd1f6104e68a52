import type { Prefecture, Site } from '../prefectures/prefecture.ts';
import type { SlotRecord } from './slot.ts';

/** What says where and until when request types are served. */
export type Offered = Pick<Prefecture, 'sites' | 'requestTypes'>;

/** The date of a slot at its desk. Pure. */
export function dayOf({ start }: Pick<SlotRecord, 'start'>): string {
  return start.slice(0, 10);
}

/** Whether a site is closed on a day, a date at its desk. Pure. */
export function isClosedOn({ closedFrom }: Pick<Site, 'closedFrom'>, day: string): boolean {
  return closedFrom !== undefined && day >= closedFrom;
}

/**
 * The request types that a slot serves by a configuration: those that its site serves, if that is open
 * on its day. A slot may have been planned under another configuration. Pure.
 */
export function servedTypes({ sites, requestTypes }: Offered) {
  const siteById = new Map(sites.map((site) => [site.id, site]));
  const sitesByType = new Map(requestTypes.map(({ id, sites: serving }) => [id, new Set(serving)]));
  return (slot: Pick<SlotRecord, 'site' | 'start' | 'requestTypes'>): string[] => {
    const site = siteById.get(slot.site);
    if (!site || isClosedOn(site, dayOf(slot))) return [];
    return slot.requestTypes.filter((type) => sitesByType.get(type)?.has(slot.site));
  };
}
