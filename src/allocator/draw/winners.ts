import type { Identifier } from '../../base/types.ts';
import type { Entry, Quota, Rules } from '../types.ts';
import { haveCommon } from './bits.ts';
import { placesOf } from './eligibility.ts';
import { createMatching, type Matching } from './matching.ts';
import { createParties, type Parties } from './parties.ts';
import { createProfiles, type Profile } from './profiles.ts';
import type { Drawn, Seated } from './seating.ts';
import type { SlotClasses } from './slot-classes.ts';

/** The places that one request type has taken, and may take. */
interface Tally {
  places: number;
  readonly min: number;
  readonly max: number;
  /** Whether a place that this type may have can still be filled. */
  hasRoom: boolean;
}

interface Attempt {
  readonly entries: readonly Entry[];
  /** By rank: what was drawn there. */
  readonly drawn: (Drawn | undefined)[];
  readonly tallies: ReadonlyMap<Identifier, Tally>;
  readonly tallyOf: (requestType: Identifier) => Tally;
  /** Places that no winner has. At 0 nobody need be looked at any more. */
  left: number;
  readonly seat: (entry: Entry, tally: Tally) => Drawn | undefined;
}

/**
 * Chooses the winners (§4), and gives them in rank order with a seating of all of them. Pure.
 *
 * An entry that cannot win costs next to nothing: once its type is at its maximum or out of live
 * slots, one look; once its profile has failed, a second one. What failed once fails for ever, so a
 * search that fails removes what it reached for good: all failed searches together pass each part of
 * the graph once for singles, and once for each size of party.
 *
 * @param entries in rank order.
 */
export function chooseWinners(entries: readonly Entry[], slots: SlotClasses, rules: Rules): Seated {
  const matching = createMatching(slots.classes.map(({ capacity }) => capacity));
  const profileOf = createProfiles(slots, matching.live);
  const parties = createParties(slots, matching);
  const hasRoom = (requestType: Identifier) => {
    const serving = slots.serving(requestType);
    return serving !== undefined && haveCommon(serving, matching.live);
  };
  const attempt: Attempt = {
    entries,
    drawn: new Array(entries.length),
    ...createTallies(rules, hasRoom),
    left: slots.classes.reduce((places, { capacity }) => places + capacity, 0),
    seat(entry, tally) {
      const drawn = seat(entry, profileOf(entry), { parties, matching });
      if (!drawn) tally.hasRoom = hasRoom(entry.requestType);
      return drawn;
    },
  };
  amendsPass(attempt);
  priorityPass(attempt, rules.priorityMax ?? 0);
  guaranteedPass(attempt);
  openPass(attempt);
  const winners = attempt.drawn.filter((drawn) => drawn !== undefined);
  return { winners, seats: matching.seats, order: parties.order() };
}

function seat(
  entry: Entry,
  profile: Profile | undefined,
  { parties, matching }: { readonly parties: Parties; readonly matching: Matching },
): Drawn | undefined {
  if (!profile?.classes) return undefined;
  if (entry.party !== undefined) {
    const slot = parties.fix(profile, entry.party);
    return slot === undefined ? undefined : { entry: entry.id, slot };
  }
  const crowd = matching.add(profile.classes);
  if (crowd !== undefined) return { entry: entry.id, crowd, profile };
  profile.classes = undefined;
  return undefined;
}

function amendsPass(attempt: Attempt): void {
  for (let rank = 0; rank < attempt.entries.length; rank++) {
    if (attempt.entries[rank]?.owed) tryEntry(attempt, rank);
  }
}

function priorityPass(attempt: Attempt, priorityMax: number): void {
  let left = priorityMax;
  for (let rank = 0; rank < attempt.entries.length && left > 0; rank++) {
    const entry = attempt.entries[rank];
    if (!entry?.priority || placesOf(entry) > left) continue;
    if (tryEntry(attempt, rank)) left -= placesOf(entry);
  }
}

function guaranteedPass(attempt: Attempt): void {
  const lacks = ({ places, min, max, hasRoom }: Tally) => {
    return hasRoom && places < min && places < max;
  };
  const guaranteed = [...attempt.tallies.values()].filter(lacks);
  for (let rank = 0; rank < attempt.entries.length && guaranteed.some(lacks); rank++) {
    const requestType = attempt.entries[rank]?.requestType;
    const tally = requestType === undefined ? undefined : attempt.tallies.get(requestType);
    if (tally && lacks(tally)) tryEntry(attempt, rank);
  }
}

function openPass(attempt: Attempt): void {
  for (let rank = 0; rank < attempt.entries.length && attempt.left > 0; rank++) {
    tryEntry(attempt, rank);
  }
}

/** Accepts an entry if it can be seated beside the winners so far and its type is below its cap. */
function tryEntry(attempt: Attempt, rank: number): boolean {
  const { entries, drawn, tallyOf, seat: trySeat } = attempt;
  const entry = entries[rank];
  if (!entry || drawn[rank]) return false;
  const tally = tallyOf(entry.requestType);
  const places = placesOf(entry);
  if (!tally.hasRoom || tally.places + places > tally.max) return false;
  const winner = trySeat(entry, tally);
  if (!winner) return false;
  drawn[rank] = winner;
  tally.places += places;
  attempt.left -= places;
  return true;
}

/** The tallies of all types with quotas; those of the others are made when they are asked for. */
function createTallies(
  { quotas = {} }: Rules,
  hasRoom: (requestType: Identifier) => boolean,
): Pick<Attempt, 'tallies' | 'tallyOf'> {
  const tallies = new Map<Identifier, Tally>();
  const create = (requestType: Identifier, { min = 0, max }: Quota): Tally => {
    const most = max ?? Number.POSITIVE_INFINITY;
    const tally = { places: 0, min, max: most, hasRoom: hasRoom(requestType) };
    tallies.set(requestType, tally);
    return tally;
  };
  // Own members only: a request type may be called `constructor`.
  for (const [requestType, quota] of Object.entries(quotas)) create(requestType, quota);
  return { tallies, tallyOf: (requestType) => tallies.get(requestType) ?? create(requestType, {}) };
}
