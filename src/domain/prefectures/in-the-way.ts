import { DomainError } from '../../base/errors.ts';
import type { EntryRecord } from '../entries/entry.ts';
import { type Offered, servedTypes } from '../slots/serving.ts';
import type { SlotPlaces, SlotRecord } from '../slots/slot.ts';

/** What a change of sites or request types would leave behind, of one site and request type. */
export interface InTheWay {
  /** Null: of people who accept any site. */
  readonly site: string | null;
  readonly requestType: string;
  /** `gone`: the site serves the type no more. `closes`: it does, up to a day. */
  readonly why: 'gone' | 'closes';
  /** Slots to come that somebody could still get, or holds. */
  readonly slots: number;
  /** Their places that nobody holds. */
  readonly places: number;
  readonly offers: number;
  readonly appointments: number;
  /** Entries that no site would be left for. */
  readonly entries: number;
  /** Whether it must be ended before the change. */
  readonly blocks: boolean;
}

type Counts = { -readonly [Name in keyof InTheWay]: InTheWay[Name] };
type Counted = 'slots' | 'places' | 'offers' | 'appointments' | 'entries';

/** Adds up what a change would leave behind. */
export interface Survey {
  /** Whether the change takes anything away. */
  readonly takes: boolean;
  /** Whether it takes a site from a type altogether, so that entries must be looked at. */
  readonly takesSites: boolean;
  /** The request types of a slot that it would serve no more. */
  lostTypes(slot: SlotRecord): readonly string[];
  addSlot(slot: SlotRecord, places: SlotPlaces): void;
  /** Somebody with an offer or an appointment at a slot. */
  addHolder(slot: SlotRecord, requestType: string, state: 'offered' | 'booked'): void;
  /** Somebody who has no place yet. */
  addWaiting(entry: Pick<EntryRecord, 'requestType' | 'accepts'>): void;
  result(): InTheWay[];
}

/** Surveys a change from one configuration to another. Pure but for what it adds up. */
export function surveyChange(before: Offered, after: Offered): Survey {
  const losses = lossesBetween(before, after);
  const rows = new Map<string, Counts>();
  const add = (
    of: Pick<InTheWay, 'site' | 'requestType' | 'why'>,
    counts: Partial<Record<Counted, number>>,
    blocks: boolean,
  ) => {
    const key = JSON.stringify([of.site, of.requestType, of.why]);
    const none = { slots: 0, places: 0, offers: 0, appointments: 0, entries: 0 };
    const row = rows.get(key) ?? { ...of, ...none, blocks: false };
    for (const [name, count] of Object.entries(counts)) {
      row[name as Counted] += count; // its own keys
    }
    row.blocks ||= blocks;
    rows.set(key, row);
  };
  return {
    ...losses,
    addSlot(slot, { free, idle, held }) {
      for (const requestType of losses.lostTypes(slot)) {
        const why = losses.whyOf(slot.site, requestType);
        // Before a site closes the slots after that may still be planned: they are only told.
        const blocks = idle > 0 || (why === 'gone' && free > 0);
        if (free + idle + held === 0) continue;
        add({ site: slot.site, requestType, why }, { slots: 1, places: free + idle }, blocks);
      }
    },
    addHolder(slot, requestType, state) {
      if (!losses.lostTypes({ ...slot, requestTypes: [requestType] }).includes(requestType)) return;
      const why = losses.whyOf(slot.site, requestType);
      const name = state === 'offered' ? 'offers' : 'appointments';
      add({ site: slot.site, requestType, why }, { [name]: 1 }, true);
    },
    addWaiting({ requestType, accepts }) {
      const site = losses.lastSite(requestType, accepts?.sites);
      if (site !== undefined) add({ site, requestType, why: 'gone' }, { entries: 1 }, true);
    },
    result: () => [...rows.values()].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)),
  };
}

function nameOf({ site, requestType, why }: InTheWay): string {
  return `${site ?? ''} ${requestType} ${why}`;
}

function lossesBetween(before: Offered, after: Offered) {
  const [servedBefore, servedAfter] = [servedTypes(before), servedTypes(after)];
  const [sitesBefore, sitesAfter] = [sitesByType(before), sitesByType(after)];
  const removed = missing(before.sites, after.sites);
  const lost = [...sitesBefore].some(([type, sites]) =>
    sites.some((site) => !sitesAfter.get(type)?.includes(site)),
  );
  const closes = after.sites.some(({ id, closedFrom }) => {
    const then = before.sites.find((site) => site.id === id)?.closedFrom;
    return closedFrom !== undefined && (then === undefined || closedFrom < then);
  });
  return {
    takes: lost || removed.size > 0 || closes,
    takesSites: lost || removed.size > 0,
    lostTypes(slot: SlotRecord): readonly string[] {
      // At a site that goes everything is lost, also what was not served there any more.
      if (removed.has(slot.site)) return slot.requestTypes;
      const still = servedAfter(slot);
      return servedBefore(slot).filter((type) => !still.includes(type));
    },
    whyOf: (site: string, type: string) =>
      sitesAfter.get(type)?.includes(site) ? ('closes' as const) : ('gone' as const),
    /** The site that people lose who have no other; null: their type is gone. */
    lastSite(type: string, accepted: readonly string[] | undefined): string | null | undefined {
      const left = sitesAfter.get(type);
      if (!left) return sitesBefore.has(type) ? null : undefined;
      if (!accepted || accepted.some((site) => left.includes(site))) return undefined;
      return accepted.find((site) => sitesBefore.get(type)?.includes(site));
    },
  };
}

function sitesByType({ requestTypes }: Offered): Map<string, readonly string[]> {
  return new Map(requestTypes.map(({ id, sites }) => [id, sites]));
}

function missing(
  before: readonly { readonly id: string }[],
  after: readonly { readonly id: string }[],
): Set<string> {
  const kept = new Set(after.map(({ id }) => id));
  return new Set(before.map(({ id }) => id).filter((id) => !kept.has(id)));
}

/**
 * Refuses a change that would leave people or slots behind, with the counts of the first site and type
 * at fault. Pure.
 *
 * @throws DomainError `request_type_in_use` where a type would go, `site_in_use` where a site would
 */
export function refuseInTheWay(found: readonly InTheWay[], after: Offered): void {
  const blocking = found.filter(({ blocks }) => blocks);
  const [first] = blocking;
  if (!first) return;
  const { site, requestType, why, slots, places, offers, appointments, entries } = first;
  const typeAt = after.requestTypes.findIndex(({ id }) => id === requestType);
  const siteAt = after.sites.findIndex(({ id }) => id === site);
  const counts = [
    `${slots} slots with ${places} places that nobody holds`,
    `${offers} offers`,
    `${appointments} appointments`,
    `${entries} people who would have no site left`,
  ].join(', ');
  const what = `${requestType}${site === null ? '' : ` at ${site}`}`;
  const others = blocking.length > 1 ? `; so have ${blocking.length - 1} others` : '';
  const message = `${what} ${why === 'gone' ? 'cannot go' : 'cannot close then'}: it has ${counts}${others}`;
  if (site !== null && siteAt === -1) throw new DomainError('site_in_use', message, 'sites');
  if (typeAt === -1) throw new DomainError('request_type_in_use', message, 'requestTypes');
  const member = why === 'gone' ? `requestTypes[${typeAt}].sites` : `sites[${siteAt}].closedFrom`;
  throw new DomainError('site_in_use', message, member);
}

/** Whether a slot is still to come. Pure. */
export function isToCome(slot: Pick<SlotRecord, 'start'>, nowMs: number): boolean {
  return Date.parse(slot.start) > nowMs;
}
