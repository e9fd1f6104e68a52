import { graceAfter } from '../prefectures/pause.ts';
import type { Prefecture } from '../prefectures/prefecture.ts';
import type { OfferRecord } from './offer.ts';

type Pausable = Pick<Prefecture, 'paused' | 'graceUntilMs'>;

/** Before this instant no offer of a prefecture ends: while it is paused none does. Pure. */
export function graceUntil({ paused, graceUntilMs }: Pausable): number {
  return paused ? Number.POSITIVE_INFINITY : graceUntilMs;
}

/** The instant (ms) at which an open offer ends; `graceUntilMs` as `graceUntil` says it. Pure. */
export function offerEnd(
  { deadlineMs }: Pick<OfferRecord, 'deadlineMs'>,
  graceUntilMs: number,
): number {
  return Math.max(deadlineMs, graceUntilMs);
}

/**
 * Until when an answer is in time whatever happens, as people are told it. Nobody knows how long a
 * pause will be: while it runs, as if it ended at this instant. Of a settled offer the deadline that
 * it had. Pure.
 */
export function toldDeadline(prefecture: Pausable, offer: OfferRecord, nowMs: number): number {
  const { state, deadlineMs } = offer;
  if (state !== 'pending') return deadlineMs;
  if (!prefecture.paused) return offerEnd(offer, graceUntil(prefecture));
  return Math.max(offerEnd(offer, graceAfter(prefecture, nowMs)), nowMs);
}
