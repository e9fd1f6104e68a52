import type { Hand } from '../../allocator/types.ts';
import { DomainError } from '../../base/errors.ts';
import type { Impediment } from '../../domain/absences/rule.ts';
import { isDue } from '../../domain/offers/deferred.ts';
import { graceUntil } from '../../domain/offers/end.ts';
import { offerId } from '../../domain/offers/id.ts';
import type { DeferredAct, OfferRecord } from '../../domain/offers/offer.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { UseCaseDeps } from '../deps.ts';
import { needEntry } from '../entries/hands.ts';
import { actMessage } from '../entries/tell.ts';
import { settleOffer } from './settle.ts';

// What staff and helpers answer for people. Accepting takes effect at once; what frees a place waits, so
// that its person, who is told at once, can say that it was not theirs.

type Deps = Pick<UseCaseDeps, 'store' | 'waker' | 'metrics' | 'signals'>;

/** What carrying out needs. */
export interface CarryOutDeps extends Pick<UseCaseDeps, 'metrics'> {
  readonly store: Pick<UseCaseDeps['store'], 'entries' | 'offers'>;
}

/** Who answers for a person, and what. */
export interface ProxyAnswer {
  readonly act: 'accept' | DeferredAct;
  readonly by: Hand;
  readonly impediment?: Impediment | undefined;
  readonly nowMs: number;
}

/**
 * Answers for a person what they said to an offer, or to the appointment that it became. Safe to repeat.
 *
 * @throws DomainError `offer_not_found`, `offer_settled`, `appointment_not_found`, `appointment_settled`
 */
export async function answerFor(
  deps: Deps,
  prefecture: Prefecture,
  offer: string,
  { act, by, impediment, nowMs }: ProxyAnswer,
): Promise<OfferRecord> {
  if (act === 'accept') return settleOffer(deps, prefecture, offer, act, nowMs, { by });
  const { store, waker, signals, metrics } = deps;
  const { undoMinutes } = prefecture.settings;
  const terms = { undoMinutes, graceUntilMs: graceUntil(prefecture) };
  const before = await store.offers.get(prefecture.id, offer);
  const wish = { act, by, impediment };
  const after = await store.offers.defer(prefecture.id, offer, wish, nowMs, terms);
  if (after.deferred && before?.deferred?.atMs !== after.deferred.atMs) {
    // Counted when it is asked for, also where it is undone.
    if (act !== 'withdraw') signals.happened(prefecture.id, act, after.entry, nowMs);
    if (impediment !== undefined) metrics.impediments.inc({ impediment });
  }
  waker.soon('dispatch', prefecture.id);
  return after;
}

/**
 * Leaves the waitlist for a person: at once where nothing is held, else like any answer that frees a place.
 * They are told either way. Safe to repeat.
 *
 * @throws DomainError `entry_not_found`, `entry_settled`, and as `answerFor`
 */
export async function withdrawFor(
  deps: Deps,
  prefecture: Prefecture,
  entryId: string,
  { by, nowMs }: Pick<ProxyAnswer, 'by' | 'nowMs'>,
): Promise<void> {
  const { store, waker } = deps;
  const { id, state } = await needEntry(deps, prefecture.id, entryId);
  if (state === 'withdrawn') return;
  const left = await store.entries.leave(prefecture.id, id, 'withdraw', nowMs, {
    ...{ by, messages: [actMessage(id, by, 'withdraw', nowMs)] },
    concerns: (_, offer) => offer === undefined,
  });
  if (left.held && left.state !== 'withdrawn') {
    const held = offerId(left.held.draw, id);
    await answerFor(deps, prefecture, held, { act: 'withdraw', by, nowMs });
    return;
  }
  for (const name of ['dispatch', 'register'] as const) waker.soon(name, prefecture.id);
}

/**
 * Undoes for its person what staff or a helper did about an offer. Safe to repeat.
 *
 * @throws DomainError `offer_not_found`, `answer_final`
 */
export async function undoAnswer(
  { store, waker, metrics }: Deps,
  { id, settings }: Prefecture,
  offer: string,
  nowMs: number,
): Promise<OfferRecord> {
  const before = await store.offers.get(id, offer);
  const undone = await store.offers.undo(id, offer, nowMs, settings.undoMinutes);
  if (!before?.undone) metrics.offers.inc({ outcome: 'undone' });
  for (const name of ['offers', 'dispatch', 'register'] as const) waker.soon(name, id);
  return undone;
}

/**
 * Does what another hand gave up, if it is due and nobody has undone it. Answers whether it did something.
 * Safe to repeat.
 */
export async function carryOut(
  { store, metrics }: CarryOutDeps,
  prefecture: string,
  { draw, entry, deferred, appointment }: OfferRecord,
  nowMs: number,
): Promise<boolean> {
  if (!deferred) return false;
  const { act, by, atMs } = deferred;
  const leave = async () => {
    const { state } = await store.entries.leave(prefecture, entry, 'withdraw', nowMs, {
      ...{ by, askedAtMs: atMs },
      concerns: (_, offer) =>
        offer !== undefined && isDue(offer, nowMs) && offer.deferred.act === act,
    });
    return state === 'withdrawn';
  };
  const settle = async () => {
    const after = await store.offers.carryOut(prefecture, offerId(draw, entry), nowMs);
    return after.deferred === undefined && !after.undone;
  };
  try {
    const isDone = act === 'withdraw' ? await leave() : await settle();
    if (isDone) metrics.offers.inc({ outcome: appointment ? 'cancelled' : 'declined' });
    return isDone;
  } catch (error) {
    // Taken back with its draw, answered or left at the last moment.
    if (!(error instanceof DomainError) || !error.code.endsWith('_settled')) throw error;
    return false;
  }
}
