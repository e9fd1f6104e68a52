import fc from 'fast-check';
import { expect, test } from 'vitest';
import { REASONS } from '#src/allocator/draw/reason.ts';
import { APPOINTMENT_STATES } from '#src/domain/appointments/state.ts';
import { DRAW_STATES } from '#src/domain/draws/state.ts';
import { ENTRY_STATES } from '#src/domain/entries/state.ts';
import { OFFER_STATES } from '#src/domain/offers/state.ts';
import {
  type DrawFacts,
  diagnose,
  type EntryFacts,
  FINDING_CODES,
  type Finding,
  type FindingCode,
} from '#src/domain/participation/diagnosis.ts';
import { ENTRY_OUTCOMES } from '#src/domain/participation/standings.ts';

const offer = fc.oneof(
  fc.record({ state: fc.constantFrom(...OFFER_STATES.filter((state) => state !== 'accepted')) }),
  fc.record({
    state: fc.constant('accepted'),
    appointment: fc.constantFrom(...APPOINTMENT_STATES),
  }),
);
const draws: fc.Arbitrary<DrawFacts[]> = fc
  .array(
    fc.record(
      {
        state: fc.constantFrom(...DRAW_STATES.filter((state) => state !== 'scheduled')),
        outcome: fc.constantFrom(...ENTRY_OUTCOMES, 'undrawn', 'unindexed', 'absent'),
        offer,
      },
      { requiredKeys: ['state', 'outcome'] },
    ),
    { maxLength: 4 },
  )
  .map((list) =>
    list.map((draw, at) => ({ id: `d${at}`, frozenAtMs: 1000 - at, ...draw }) as DrawFacts),
  );
const facts: fc.Arbitrary<EntryFacts> = fc.record(
  {
    state: fc.oneof(fc.constant('waiting' as const), fc.constantFrom(...ENTRY_STATES)),
    waitingSinceMs: fc.integer({ min: 990, max: 1010 }),
    paused: fc.boolean(),
    sitsOut: fc.boolean(),
    nextDrawAtMs: fc.integer({ min: 2000, max: 3000 }),
    latestFreezeAtMs: fc.integer({ min: 990, max: 1010 }),
    draws,
  },
  { requiredKeys: ['state', 'paused', 'sitsOut', 'draws'] },
);

type Claim = (facts: EntryFacts, draw: DrawFacts | undefined) => boolean;
const is =
  (state: EntryFacts['state']): Claim =>
  (all) =>
    all.state === state;
const offered =
  (state: string): Claim =>
  (_, draw) =>
    draw?.offer?.state === state && draw.state !== 'void';

/** What each finding says, read off the facts on its own. */
const claims: Record<FindingCode, Claim> = {
  not_verified: is('unverified'),
  offer_open: is('offered'),
  appointment_booked: is('booked'),
  appointment_done: is('served'),
  withdrawn: is('withdrawn'),
  rejected: is('rejected'),
  left_unanswered: ({ state, draws }) =>
    state === 'expired' && draws.every((draw) => draw.offer?.appointment !== 'no_show'),
  erased: is('erased'),
  offer_declined: offered('declined'),
  offer_expired: offered('expired'),
  offer_revoked: offered('revoked'),
  appointment_cancelled: (_, draw) => draw?.offer?.appointment === 'cancelled',
  appointment_revoked: (_, draw) => draw?.offer?.appointment === 'revoked',
  party_too_large: (_, draw) => draw?.outcome === 'party_too_large' && !draw.offer,
  no_slot_for_type: (_, draw) => draw?.outcome === 'no_slot_for_type' && !draw.offer,
  availability_too_narrow: (_, draw) => draw?.outcome === 'availability_too_narrow' && !draw.offer,
  cap_reached: (_, draw) => draw?.outcome === 'cap_reached' && !draw.offer,
  rank_too_low: (_, draw) => draw?.outcome === 'rank_too_low' && !draw.offer,
  appointment_missed: (all, draw) =>
    all.state === 'expired' && draw?.offer?.appointment === 'no_show',
  on_reserve_list: (_, draw) =>
    draw?.state === 'published' && !draw.offer && draw.outcome !== 'drawn',
  draw_under_way: (_, draw) =>
    draw?.outcome === 'undrawn' || (draw?.outcome === 'drawn' && draw.state === 'drawn'),
  draw_void: (_, draw) => draw?.state === 'void' && draw.outcome !== 'absent',
  draw_unindexed: (_, draw) => draw?.outcome === 'unindexed',
  joined_after_freeze: ({ latestFreezeAtMs = Infinity, waitingSinceMs = 0 }) =>
    latestFreezeAtMs <= waitingSinceMs,
  sits_out: ({ sitsOut }) => sitsOut,
  paused: ({ paused }) => paused,
  draw_planned: ({ nextDrawAtMs }) => nextDrawAtMs !== undefined,
  no_draw_planned: ({ nextDrawAtMs }) => nextDrawAtMs === undefined,
};

test('every finding is true of the facts, and every kind of finding is met', () => {
  const met = new Set<FindingCode>();
  fc.assert(
    fc.property(facts, (all) => {
      for (const { code, draw } of diagnose(all)) {
        met.add(code);
        expect([
          code,
          claims[code](
            all,
            all.draws.find(({ id }) => id === draw),
          ),
        ]).toEqual([code, true]);
      }
    }),
    { numRuns: 2000 },
  );
  expect([...met].sort()).toEqual([...FINDING_CODES].sort());
});

test('who waits is told of the latest draw that came to an end for them, a pause and what comes next', () => {
  fc.assert(
    fc.property(facts, (given) => {
      const all: EntryFacts = { ...given, state: 'waiting' };
      const found = diagnose(all);
      const codes = found.map(({ code }) => code);
      expect(codes.at(-1)).toBe(
        all.nextDrawAtMs === undefined ? 'no_draw_planned' : 'draw_planned',
      );
      expect(codes.includes('paused')).toBe(all.paused);
      expect(codes.includes('sits_out')).toBe(all.sitsOut);
      const latest = all.draws.find(({ outcome }) => outcome !== 'absent');
      const lost = latest && REASONS.find((reason) => reason === latest.outcome);
      if (latest && lost && latest.state !== 'void' && !latest.offer) {
        expect(found[0]).toEqual({ code: lost, draw: latest.id, atMs: latest.frozenAtMs });
      }
      expect(about(found).length).toBeLessThanOrEqual(all.draws.length);
    }),
  );
});

test('who does not wait is told of that alone', () => {
  for (const state of ENTRY_STATES) {
    if (state === 'waiting') continue;
    expect(diagnose({ state, paused: true, sitsOut: true, draws: [] })).toHaveLength(1);
  }
});

const about = (found: readonly Finding[]) => [...new Set(found.flatMap(({ draw }) => draw ?? []))];
