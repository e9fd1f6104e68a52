import type { Identifier } from '../../base/types.ts';
import { LARGEST_PARTY } from '../types.ts';
import { startInstantMs } from './eligibility.ts';
import type { Profile } from './profiles.ts';
import type { SlotClasses } from './slot-classes.ts';

/** A slot in which somebody sits. */
export interface Place {
  readonly slot: Identifier;
  readonly classNumber: number;
}

/** The slots in the order in which winners want them, and the places that are left of each. */
export interface SlotOrder {
  /**
   * Takes so many places of the first slot that has them and is possible, in the order of sites (if
   * any), instant of start, slot id (§5). A slot that was not possible once is never asked about
   * again for the same profile and number of places.
   */
  take(
    profile: Profile,
    places: number,
    isPossible: (classNumber: number) => boolean,
  ): Place | undefined;
}

interface OrderedSlot extends Place {
  readonly atMs: number;
  left: number;
}

/** Lists of slots to go through one after the other, and how far that has come. */
interface Cursor {
  readonly lists: readonly (readonly OrderedSlot[])[];
  list: number;
  index: number;
}

/** Orders the slots of a draw. */
export function createSlotOrder({ classes }: SlotClasses): SlotOrder {
  const everywhere = classes
    .flatMap(({ slots }, classNumber) =>
      slots.map((slot): OrderedSlot => {
        return { slot: slot.id, classNumber, atMs: startInstantMs(slot), left: slot.capacity };
      }),
    )
    .sort((a, b) => a.atMs - b.atMs || (a.slot < b.slot ? -1 : 1));
  const bySite = Map.groupBy(everywhere, ({ classNumber }) => classes[classNumber]?.site ?? '');
  /** By number of places. */
  const cursors = Array.from({ length: LARGEST_PARTY + 1 }, () => new Map<Profile, Cursor>());

  const cursorOf = (profile: Profile, places: number): Cursor => {
    const known = cursors[places]?.get(profile);
    if (known) return known;
    const { sites } = profile;
    const lists = sites ? sites.map((site) => bySite.get(site) ?? []) : [everywhere];
    const cursor = { lists, list: 0, index: 0 };
    cursors[places]?.set(profile, cursor);
    return cursor;
  };

  return {
    take(profile, places, isPossible) {
      const cursor = cursorOf(profile, places);
      for (; cursor.list < cursor.lists.length; cursor.list++, cursor.index = 0) {
        const list = cursor.lists[cursor.list] ?? [];
        for (; cursor.index < list.length; cursor.index++) {
          const slot = list[cursor.index];
          if (!slot || slot.left < places || !isPossible(slot.classNumber)) continue;
          slot.left -= places;
          return slot;
        }
      }
      return undefined;
    },
  };
}
