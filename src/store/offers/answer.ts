import { DomainError, type ErrorCode } from '../../base/errors.ts';
import type { AbsenceRule } from '../../domain/absences/rule.ts';
import { freedPlaceOf, type HoldingChange, type Situation } from '../../domain/offers/change.ts';
import { parseOfferId } from '../../domain/offers/id.ts';
import type { OfferRecord } from '../../domain/offers/offer.ts';
import { policyOf, type SettlePolicy } from '../../domain/offers/settle.ts';
import type { OfferEvent } from '../../domain/offers/state.ts';
import { decideClosing } from '../../domain/offers/take-back.ts';
import type { Stored } from '../../domain/values.ts';
import type { Connection } from '../core/redis.ts';
import { retryOnConflict } from '../core/retry.ts';
import { PrefectureStore } from '../prefectures/store.ts';
import { readSlotClosure } from '../slots/closed.ts';
import { readSlotTypes } from '../slots/codec.ts';
import { type ChangeBasis, writeChange } from './change.ts';
import { type Glance, glance } from './read.ts';

/** Attempts before giving up on an offer that others keep changing. */
const attempts = 50;

/** Which offer to change, and how to refuse. */
export interface OfferAsk {
  readonly prefecture: string;
  readonly offerId: string;
  readonly nowMs: number;
  /** What to say if there is no such offer, or its draw is void. */
  readonly missing: ErrorCode;
  readonly fallen: ErrorCode | 'as_it_is';
  readonly unlessPaused?: boolean;
}

/** Decides on what is stored: the change to make, or `as_it_is`. Pure; may be called again. */
export type Decide = (situation: Situation) => HoldingChange | 'as_it_is';

/**
 * Changes one offer as `decide` says, in one atomic step; decides again if another was faster.
 *
 * @throws DomainError as `ask` names them, or what `decide` throws
 */
export async function changeOffer(
  redis: Connection,
  ask: OfferAsk,
  decide: Decide,
): Promise<OfferRecord> {
  const { prefecture, offerId, nowMs } = ask;
  const { draw, entry: entryId } = parseOfferId(offerId) ?? missing(ask);
  const attempt = async () => {
    const { holdings, ...seen } = await look(redis, ask, draw, entryId);
    const { drawState, ofDraw, drawNumber } = seen;
    const { offer, entry } = holdings[0] ?? {};
    if (!offer || !entry) return missing(ask);
    const freedPlace = await freedIn(redis, ask.prefecture, offer.value, seen);
    const situation = { offer, entry, drawNumber, ofDraw, freedPlace, nowMs };
    const change = decide(situation);
    if (change === 'as_it_is') return offer.value;
    if (drawState === 'void') return fallen(ask, offer);
    const basis = { redis, prefecture, draw, ...seen, nowMs };
    const word = await writeChange({ ...basis, ...onlyIf(ask) }, change);
    if (word === 'done') return change.offer;
    // The slot is closed, and this person is not told yet: that comes first.
    if (word === 'slot_closed') await closeHolding(basis, situation);
    return word === 'paused' ? offer.value : 'conflict';
  };
  return retryOnConflict(`offer ${offerId}`, attempt, attempts);
}

/** Takes from one person what a closed slot had for them; whoever was faster has done it. */
async function closeHolding(basis: ChangeBasis, situation: Situation): Promise<void> {
  const { redis, prefecture } = basis;
  const closure = await readSlotClosure(redis, prefecture, situation.offer.value.slot);
  const change = closure && decideClosing(situation, closure);
  if (change) await writeChange(basis, change);
}

/** Where a place of an offer goes that is freed: the types of its slot are looked up where it matters. */
async function freedIn(
  redis: Connection,
  prefecture: string,
  { slot }: OfferRecord,
  { drawState: state, drawEnded: ended }: Omit<Glance, 'holdings'>,
): Promise<Situation['freedPlace']> {
  const slotTypes = ended.length === 0 ? [] : await readSlotTypes(redis, prefecture, slot);
  return freedPlaceOf({ state, ended }, slotTypes);
}

async function look(redis: Connection, ask: OfferAsk, draw: string, entryId: string) {
  try {
    return await glance(redis, ask.prefecture, draw, [entryId]);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'draw_not_found') return missing(ask);
    throw error;
  }
}

/** The policy of a stored prefecture, for the events that need one. */
export async function readPolicy(
  redis: Connection,
  prefectureId: string,
  event: OfferEvent,
): Promise<SettlePolicy> {
  if (event !== 'accept' && event !== 'expire') return {};
  const prefecture = await new PrefectureStore(redis).get(prefectureId);
  if (!prefecture) throw new DomainError('prefecture_not_found', `no prefecture ${prefectureId}`);
  return policyOf(prefecture);
}

/** The rule about absences that a stored prefecture publishes. */
export async function readAbsenceRule(
  redis: Connection,
  prefectureId: string,
): Promise<AbsenceRule> {
  const prefecture = await new PrefectureStore(redis).get(prefectureId);
  if (!prefecture) throw new DomainError('prefecture_not_found', `no prefecture ${prefectureId}`);
  return prefecture.settings;
}

function onlyIf({ unlessPaused }: OfferAsk) {
  return unlessPaused === undefined ? {} : { unlessPaused };
}

function missing({ missing: code }: OfferAsk): never {
  throw new DomainError(code, code === 'offer_not_found' ? 'no such offer' : 'no such appointment');
}

function fallen({ fallen: code }: OfferAsk, offer: Stored<OfferRecord>): OfferRecord {
  if (code === 'as_it_is') return offer.value;
  throw new DomainError(code, 'the draw was declared void');
}
