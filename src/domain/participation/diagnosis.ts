import { REASONS } from '../../allocator/draw/reason.ts';
import type { AppointmentState } from '../appointments/state.ts';
import type { DrawState } from '../draws/state.ts';
import type { EntryState } from '../entries/state.ts';
import type { OfferState } from '../offers/state.ts';
import type { EntryOutcome } from './standings.ts';

/** What is known of a draw whose freeze came after an entry began to wait. */
export interface DrawFacts {
  readonly id: string;
  readonly state: DrawState;
  readonly frozenAtMs: number;
  /** `undrawn`: no outcome yet, or never one; `unindexed`: kept by no index; `absent`: not in it. */
  readonly outcome: EntryOutcome | 'undrawn' | 'unindexed' | 'absent';
  /** The offer of this draw that the entry got, and the appointment that came of it. */
  readonly offer?: { readonly state: OfferState; readonly appointment?: AppointmentState };
}

/** What a diagnosis rests on. */
export interface EntryFacts {
  readonly state: EntryState;
  /** When it first began to wait; absent: it never has. */
  readonly waitingSinceMs?: number;
  readonly paused: boolean;
  /** Whether an absence keeps it out of the next draw. */
  readonly sitsOut: boolean;
  /** The next planned draw. */
  readonly nextDrawAtMs?: number;
  /** The latest freeze of the prefecture, whoever was in it. */
  readonly latestFreezeAtMs?: number;
  /** Draws whose freeze came after it began to wait, the latest first. */
  readonly draws: readonly DrawFacts[];
}

/** Where an entry has come to, whatever draws did. */
const STATE_CODES = {
  unverified: 'not_verified',
  offered: 'offer_open',
  booked: 'appointment_booked',
  served: 'appointment_done',
  withdrawn: 'withdrawn',
  rejected: 'rejected',
  expired: 'left_unanswered',
  erased: 'erased',
} as const satisfies Record<Exclude<EntryState, 'waiting'>, string>;

/** What came of a place that it was offered and does not hold any more. */
const OFFER_CODES = {
  declined: 'offer_declined',
  expired: 'offer_expired',
  revoked: 'offer_revoked',
} as const satisfies Partial<Record<OfferState, string>>;

export const FINDING_CODES = [
  ...Object.values(STATE_CODES),
  ...Object.values(OFFER_CODES),
  ...REASONS,
  'appointment_cancelled',
  'appointment_revoked',
  'appointment_missed',
  'on_reserve_list',
  'draw_under_way',
  'draw_void',
  'draw_unindexed',
  'joined_after_freeze',
  'sits_out',
  'paused',
  'draw_planned',
  'no_draw_planned',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** One thing that is true of an entry and says why nothing, or nothing more, has happened. */
export interface Finding {
  readonly code: FindingCode;
  /** The draw that it is about. */
  readonly draw?: string;
  /** The instant that it is about: of a freeze, or of the next draw. */
  readonly atMs?: number;
}

/**
 * Why nothing has happened to an entry, the main cause first: never empty, and each finding follows
 * from the facts alone. Pure.
 */
export function diagnose(facts: EntryFacts): Finding[] {
  if (facts.state === 'waiting') return [...ofDraws(facts), ...ofWhatComes(facts)];
  const missed = facts.draws.find(({ offer }) => offer?.appointment === 'no_show');
  return facts.state === 'expired' && missed
    ? [{ code: 'appointment_missed', draw: missed.id, atMs: missed.frozenAtMs }]
    : [{ code: STATE_CODES[facts.state] }];
}

/** Back to the latest draw that came to an end for this entry: what lies before it is over. */
function ofDraws({ draws, waitingSinceMs, latestFreezeAtMs }: EntryFacts): Finding[] {
  const found: Finding[] = [];
  let wasIn = false;
  for (const draw of draws) {
    const about = { draw: draw.id, atMs: draw.frozenAtMs };
    const codes = codesOf(draw);
    wasIn ||= codes.length > 0;
    found.push(...codes.map((code) => ({ code, ...about })));
    if (codes.some((code) => code !== 'draw_under_way' && code !== 'draw_void')) break;
  }
  const late = latestFreezeAtMs !== undefined && latestFreezeAtMs <= (waitingSinceMs ?? 0);
  if (!wasIn && late) found.push({ code: 'joined_after_freeze', atMs: latestFreezeAtMs });
  return found;
}

/** What one draw came to for an entry that waits now. Nothing: it was not in it. */
function codesOf({ state, outcome, offer }: DrawFacts): FindingCode[] {
  if (outcome === 'absent') return [];
  if (state === 'void') return ['draw_void'];
  if (offer) return offerCodes(offer);
  if (outcome === 'unindexed') return ['draw_unindexed'];
  // Drawn, and its offer is being made; once all are made, it had left before its own was.
  if (outcome === 'drawn') return state === 'drawn' ? ['draw_under_way'] : [];
  if (outcome === 'undrawn') return ['draw_under_way'];
  return state === 'published' ? [outcome, 'on_reserve_list'] : [outcome];
}

function offerCodes({ state, appointment }: NonNullable<DrawFacts['offer']>): FindingCode[] {
  if (appointment === 'cancelled') return ['appointment_cancelled'];
  if (appointment === 'revoked') return ['appointment_revoked'];
  return state === 'pending' || state === 'accepted' ? [] : [OFFER_CODES[state]];
}

function ofWhatComes({ sitsOut, paused, nextDrawAtMs }: EntryFacts): Finding[] {
  return [
    ...(sitsOut ? [{ code: 'sits_out' } as const] : []),
    ...(paused ? [{ code: 'paused' } as const] : []),
    nextDrawAtMs === undefined
      ? { code: 'no_draw_planned' }
      : { code: 'draw_planned', atMs: nextDrawAtMs },
  ];
}
