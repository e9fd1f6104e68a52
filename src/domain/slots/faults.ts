import { isRealInstant, offsetsOf } from '../local-time.ts';
import type { Prefecture } from '../prefectures/prefecture.ts';
import { dayOf, isClosedOn } from './serving.ts';
import type { SlotRecord } from './slot.ts';

/** One thing that is wrong with a slot, by the member at fault. */
export interface SlotFault {
  readonly member: string;
  readonly message: string;
}

type Checked = Pick<SlotRecord, 'site' | 'start' | 'requestTypes'>;

/**
 * Checks slots against what the prefecture has: sites, request types, its zone, the time. Made once
 * for a whole file. Pure.
 */
export function slotFaults(
  { sites, requestTypes, settings }: Prefecture,
  nowMs: number,
): (slot: Checked) => SlotFault[] {
  const siteById = new Map(sites.map((site) => [site.id, site]));
  const sitesByType = new Map(requestTypes.map(({ id, sites: serving }) => [id, serving]));
  const offsetAt = offsetsOf(settings.timeZone);

  const startFaults = (start: string): SlotFault[] => {
    const member = 'start';
    const ms = Date.parse(start);
    if (!isRealInstant(start)) return [{ member, message: 'is no real date and time' }];
    if (ms <= nowMs) return [{ member, message: 'has begun already' }];
    const [, sign, hours, minutes] = /([+-])(\d{2}):(\d{2})$/.exec(start) ?? [];
    const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
    if (offsetAt(ms) === offset) return [];
    return [{ member, message: `must have the offset of ${settings.timeZone}` }];
  };

  return ({ site, start, requestTypes: served }) => {
    const faults = startFaults(start);
    const known = siteById.get(site);
    if (!known) faults.push({ member: 'site', message: 'is not known' });
    else if (isClosedOn(known, dayOf({ start }))) {
      faults.push({
        member: 'start',
        message: `is not before ${known.closedFrom}, when its site closes`,
      });
    }
    for (const [index, type] of served.entries()) {
      const serving = sitesByType.get(type);
      const member = `requestTypes[${index}]`;
      if (!serving) faults.push({ member, message: 'is not known' });
      else if (known && !serving.includes(site)) {
        faults.push({ member, message: 'is not served at this site' });
      }
    }
    return faults;
  };
}
