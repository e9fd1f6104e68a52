import type { Identifier } from '../../base/types.ts';
import { createAcceptsLeaf } from '../record/leaf.ts';
import { type Entry, LARGEST_PARTY } from '../types.ts';
import { type Bits, isEmpty, keepCommon } from './bits.ts';
import type { SlotClasses } from './slot-classes.ts';

/** What many entries have in common: a request type and what they accept. */
export interface Profile {
  /** Preferred first; undefined: any site, without preference. */
  readonly sites: readonly Identifier[] | undefined;
  /** Where it can sit. Undefined once it has been found that nobody more of it can. */
  classes: Bits | undefined;
  /** The largest party of it that may still be seated. */
  most: number;
}

/** The profile of an entry, if anybody of it may still be seated. */
export type FindProfile = (entry: Entry) => Profile | undefined;

const anything = '';

/** Shared by all that have no chance any more, so that each costs no more than its key. */
const dead: Profile = { sites: undefined, classes: undefined, most: 0 };

/**
 * Finds profiles and keeps them. Where a profile can sit is worked out when the first of its
 * entries is tried, among the classes that are `live` then.
 */
export function createProfiles(slots: SlotClasses, live: Bits): FindProfile {
  const byType = new Map<Identifier, Map<string, Profile>>();
  const keyOf = createAcceptsLeaf();
  const found = ({ requestType, accepts }: Entry): Profile => {
    const classes = slots.serving(requestType)?.slice();
    if (!classes) return dead;
    keepCommon(classes, live);
    if (accepts) slots.narrow(classes, accepts);
    return isEmpty(classes) ? dead : { sites: accepts?.sites, classes, most: LARGEST_PARTY };
  };
  return (entry) => {
    const key = entry.accepts ? keyOf(entry.accepts) : anything;
    const ofType = byType.get(entry.requestType) ?? new Map<string, Profile>();
    if (ofType.size === 0) byType.set(entry.requestType, ofType);
    const known = ofType.get(key);
    // A profile that has lost its last chance gives its sets back.
    const profile = known?.classes ? known : known ? dead : found(entry);
    if (profile !== known) ofType.set(key, profile);
    return profile === dead ? undefined : profile;
  };
}
