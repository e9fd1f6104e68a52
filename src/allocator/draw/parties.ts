import type { Identifier } from '../../base/types.ts';
import { hasBit, haveCommon } from './bits.ts';
import type { Matching } from './matching.ts';
import type { Profile } from './profiles.ts';
import type { SlotClasses } from './slot-classes.ts';
import { createSlotOrder, type SlotOrder } from './slot-order.ts';

/** Parties, each fixed to a slot in the moment in which it is accepted (v2 §4). */
export interface Parties {
  /**
   * Fixes a party to the first slot in its order that can take it, single winners moving if need
   * be; undefined if there is none, and then there never will be one, for larger ones neither.
   */
  fix(profile: Profile, places: number): Identifier | undefined;
  /** The places that are left in each slot; undefined if there was no party. */
  order(): SlotOrder | undefined;
}

/** Begins without a party. What it costs is paid by the first one. */
export function createParties(slots: SlotClasses, matching: Matching): Parties {
  let order: SlotOrder | undefined;

  const search = (profile: Profile, places: number) => {
    const { classes } = profile;
    const roomy = matching.roomFor(places);
    if (!classes || !haveCommon(classes, roomy)) return undefined;
    order ??= createSlotOrder(slots);
    // Single winners may move between the slots of a class, so its free places are those of any slot
    // in it that no party has.
    return order.take(
      profile,
      places,
      (number) =>
        hasBit(classes, number) && hasBit(roomy, number) && matching.clear(number, places),
    );
  };

  return {
    order: () => order,
    fix(profile, places) {
      if (places > profile.most) return undefined;
      const place = search(profile, places);
      if (place) matching.fix(place.classNumber, places);
      else profile.most = places - 1;
      return place?.slot;
    },
  };
}
