import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocate } from '#src/allocator/draw/draw.ts';
import { isEligible } from '#src/allocator/draw/eligibility.ts';
import type { Entry, Rules, Slot } from '#src/allocator/types.ts';
import { ENTRY_OUTCOMES, standingsOf } from '#src/domain/participation/standings.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { entries, rules, seed, slots } from '../support/arbitraries.ts';
import { entries2, rules2, slots2 } from '../support/arbitraries-2.ts';
import { isMatchable } from '../support/plain-draw.ts';
import { type PlainState, take } from '../support/plain-draw-2.ts';

interface Turn {
  readonly isCapped: boolean;
  readonly isSeatable: boolean;
}

/** The passes of §4 as they are written: what each loser met when the open pass came to it. */
function plainTurns(
  ranked: readonly Entry[],
  places: readonly Slot[],
  { quotas = {}, priorityMax = 0 }: Rules,
): Map<string, Turn> {
  const quota = new Map(Object.entries(quotas));
  const won = new Set<Entry>();
  let state: PlainState = { singles: [], fixed: new Map() };
  const sizeOf = ({ party = 1 }: Entry) => party;
  const ofType = (type: string) =>
    [...won]
      .filter((entry) => entry.requestType === type)
      .reduce((sum, entry) => sum + sizeOf(entry), 0);
  const turnOf = (entry: Entry): Turn => ({
    isCapped:
      ofType(entry.requestType) + sizeOf(entry) > (quota.get(entry.requestType)?.max ?? Infinity),
    isSeatable: take(entry, state, places, isMatchable) !== undefined,
  });
  const seat = (entry: Entry) => {
    const next = take(entry, state, places, isMatchable);
    if (won.has(entry) || turnOf(entry).isCapped || !next) return 0;
    won.add(entry);
    state = next;
    return sizeOf(entry);
  };
  for (const entry of ranked) if (entry.owed) seat(entry);
  let left = priorityMax;
  for (const entry of ranked) if (entry.priority && sizeOf(entry) <= left) left -= seat(entry);
  for (const entry of ranked) {
    if (ofType(entry.requestType) < (quota.get(entry.requestType)?.min ?? 0)) seat(entry);
  }
  const turns = new Map<string, Turn>();
  for (const entry of ranked) {
    if (!won.has(entry)) turns.set(entry.id, turnOf(entry));
    seat(entry);
    if (won.has(entry)) turns.delete(entry.id);
  }
  return turns;
}

test.each([
  ['v1', fc.record({ entries: entries(14), slots: slots(6), rules, seed })],
  ['v2', fc.record({ entries: entries2(14), slots: slots2(6), rules: rules2, seed })],
])(
  'every outcome of %s is true of its entry, read plainly, and ranks are the ranking',
  (version, pool) => {
    const met = new Map<string, number>();
    fc.assert(
      fc.property(pool, (input) => {
        const { ranking, winners } = allocate(input, nodeSha256);
        const standings = standingsOf({ ...input, ranking, winners });
        const byId = new Map(input.entries.map((entry) => [entry.id, entry]));
        const ranked = ranking.flatMap((id) => byId.get(id) ?? []);
        const turns = plainTurns(ranked, input.slots, input.rules);
        for (const [position, entry] of input.entries.entries()) {
          const outcome = ENTRY_OUTCOMES[standings.outcomes[position] ?? 0] ?? 'drawn';
          met.set(outcome, (met.get(outcome) ?? 0) + 1);
          const serves = input.slots.some((slot) => slot.requestTypes.includes(entry.requestType));
          const comes = input.slots.some((slot) => isEligible({ ...entry, party: 1 }, slot));
          const fits = input.slots.some((slot) => isEligible(entry, slot));
          const { isCapped, isSeatable } = turns.get(entry.id) ?? {};
          const isTrue = {
            drawn: isCapped === undefined,
            no_slot_for_type: !serves,
            availability_too_narrow: serves && !comes,
            party_too_large: comes && !fits,
            cap_reached: fits && isCapped,
            rank_too_low: fits && isCapped === false && isSeatable === false,
          };
          expect([entry.id, outcome, isTrue[outcome]]).toEqual([entry.id, outcome, true]);

          const rank = ranking.indexOf(entry.id) + 1;
          expect(standings.ranks[position]).toBe(rank);
          const sameType = ranked
            .slice(0, rank)
            .filter(({ requestType }) => requestType === entry.requestType);
          expect(standings.ranksInType[position]).toBe(sameType.length);
        }
        for (const type of standings.types) {
          const won = winners.filter(
            ({ entry }) => byId.get(entry)?.requestType === type.requestType,
          );
          expect(type.lastRank).toBe(ranking.indexOf(won.at(-1)?.entry ?? '') + 1);
        }
      }),
      { numRuns: 150 },
    );
    // Of v1 nobody is a party.
    const expected = ENTRY_OUTCOMES.filter((one) => version === 'v2' || one !== 'party_too_large');
    for (const outcome of expected)
      expect([outcome, (met.get(outcome) ?? 0) > 15]).toEqual([outcome, true]);
  },
);
