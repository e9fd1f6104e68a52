import type { Cause, Hand } from '../../allocator/types.ts';
import type { Impediment } from '../../domain/absences/rule.ts';
import { type Attendance, decideAttendance } from '../../domain/appointments/attend.ts';
import { decideCancellation } from '../../domain/appointments/cancel.ts';
import type { Tally } from '../../domain/appointments/state.ts';
import {
  decideDeferral,
  decideDeferred,
  decideUndoing,
  type ProxyWish,
} from '../../domain/offers/deferred.ts';
import { parseOfferId } from '../../domain/offers/id.ts';
import type { NewOffer, OfferRecord } from '../../domain/offers/offer.ts';
import {
  decideExtension,
  decideSettlement,
  type SettlePolicy,
} from '../../domain/offers/settle.ts';
import type { OfferEvent } from '../../domain/offers/state.ts';
import { decideRevocation } from '../../domain/offers/take-back.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { readTallies } from '../core/tallies.ts';
import { changeOffer, type OfferAsk, readAbsenceRule, readPolicy } from './answer.ts';
import { openOffers, type RefillOutcome, refillPlace } from './open.ts';
import { listOffers, type OfferPage, readOffer } from './read.ts';
import { dueOffers, handOverReminders } from './schedule.ts';
import { closeHoldings } from './take-back.ts';

/** Offers, and the appointments that follow from them. Ids are `<draw>.<entry>`. */
export class OfferStore {
  readonly #redis: Connection;

  constructor(redis: Connection) {
    this.#redis = redis;
  }

  /**
   * Makes the offers of a drawn draw. Safe to repeat: an entry that has an offer of this draw, or
   * waits no longer, is passed over. Answers how many were made now.
   *
   * @throws DomainError `draw_not_found`, `draw_settled` if the draw is void.
   */
  openMany(prefecture: string, draw: string, offers: readonly NewOffer[]): Promise<number> {
    return openOffers(this.#redis, prefecture, draw, offers);
  }

  /**
   * Offers a freed place to the next of the reserve list, if the record still has the number of
   * events from which that entry was named. Atomic: of two workers one wins.
   *
   * @throws DomainError `draw_not_found`
   */
  refill(prefecture: string, offer: NewOffer, expectedEvents: number): Promise<RefillOutcome> {
    return refillPlace(this.#redis, prefecture, offer, expectedEvents);
  }

  async get(prefecture: string, offerId: string): Promise<OfferRecord | undefined> {
    const address = parseOfferId(offerId);
    return address && readOffer(this.#redis, prefecture, address.draw, address.entry);
  }

  /**
   * Offers of a draw, in no order; `limit` is how many to look at, more or less. Each comes at
   * least once, seldom twice.
   */
  list(
    prefecture: string,
    drawId: string,
    page: { readonly limit: number; readonly cursor?: string },
  ): Promise<OfferPage> {
    return listOffers(this.#redis, prefecture, drawId, page);
  }

  /**
   * Settles an offer: entry, place, record and message in one atomic step. Of many answers at once
   * exactly one counts; repeating it answers the offer unchanged, as long as an appointment that
   * came of it stands. So does an expiry that may not happen: before the deadline or the end of the
   * grace, or while the prefecture is paused. Without a policy that of the prefecture is read; hand
   * it in to settle many.
   *
   * @throws DomainError `offer_not_found`, `offer_settled` (also: too late to accept)
   */
  async settle(
    prefecture: string,
    offerId: string,
    event: Exclude<OfferEvent, 'revoke'>,
    nowMs: number,
    policy?: SettlePolicy,
  ): Promise<OfferRecord> {
    const terms = policy ?? (await readPolicy(this.#redis, prefecture, event));
    const ask: OfferAsk = {
      prefecture,
      offerId,
      nowMs,
      missing: 'offer_not_found',
      fallen: event === 'expire' ? 'as_it_is' : 'offer_settled',
      unlessPaused: event === 'expire',
    };
    return changeOffer(this.#redis, ask, (situation) => decideSettlement(situation, event, terms));
  }

  /**
   * Gives up an appointment: the entry waits again, its place is free. By the rule of the
   * prefecture draws may be sat out. Safe to repeat.
   *
   * @throws DomainError `appointment_not_found`, `appointment_settled` (also once it has begun)
   */
  async cancel(
    prefecture: string,
    appointmentId: string,
    nowMs: number,
    how: { readonly impediment?: Impediment; readonly by?: Hand } = {},
  ): Promise<OfferRecord> {
    const rule = await readAbsenceRule(this.#redis, prefecture);
    return changeOffer(this.#redis, askAppointment(prefecture, appointmentId, nowMs), (situation) =>
      decideCancellation(situation, rule, how),
    );
  }

  /**
   * Notes what staff or a helper gives up for a person: it takes effect once it is due. Safe to repeat.
   *
   * @throws DomainError `offer_not_found`, `offer_settled`, `appointment_not_found`, `appointment_settled`
   */
  defer(
    prefecture: string,
    offerId: string,
    wish: ProxyWish,
    nowMs: number,
    terms: { readonly undoMinutes: number; readonly graceUntilMs: number },
  ): Promise<OfferRecord> {
    const ask = { prefecture, offerId, nowMs, missing: 'offer_not_found' } as const;
    return changeOffer(this.#redis, { ...ask, fallen: 'offer_settled' }, (situation) =>
      decideDeferral(situation, wish, terms),
    );
  }

  /**
   * Undoes for a person what another hand did. Safe to repeat.
   *
   * @throws DomainError `offer_not_found`, `answer_final`
   */
  undo(
    prefecture: string,
    offerId: string,
    nowMs: number,
    undoMinutes: number,
  ): Promise<OfferRecord> {
    const ask = { prefecture, offerId, nowMs, missing: 'offer_not_found' } as const;
    return changeOffer(this.#redis, { ...ask, fallen: 'answer_final' }, (situation) =>
      decideUndoing(situation, undoMinutes),
    );
  }

  /**
   * Does what was deferred and is due, but for leaving: `as it is` if it was undone meanwhile.
   *
   * @throws DomainError `offer_not_found`
   */
  async carryOut(prefecture: string, offerId: string, nowMs: number): Promise<OfferRecord> {
    const rule = await readAbsenceRule(this.#redis, prefecture);
    const ask = { prefecture, offerId, nowMs, missing: 'offer_not_found' } as const;
    return changeOffer(
      this.#redis,
      { ...ask, fallen: 'as_it_is', unlessPaused: true },
      (situation) => decideDeferred(situation, rule),
    );
  }

  /**
   * Notes that a person came to the appointment, or did not, or that it was somebody else; of a party
   * that came, how many of its people did not. Safe to repeat.
   *
   * @throws DomainError `appointment_not_found`, `appointment_settled`
   */
  async attend(
    prefecture: string,
    appointmentId: string,
    attendance: Attendance,
    nowMs: number,
    membersMissing = 0,
  ): Promise<OfferRecord> {
    const rule = await readAbsenceRule(this.#redis, prefecture);
    return changeOffer(this.#redis, askAppointment(prefecture, appointmentId, nowMs), (situation) =>
      decideAttendance(situation, attendance, rule, membersMissing),
    );
  }

  /**
   * Takes back what the office cannot keep: an open offer, or an appointment. Safe to repeat.
   *
   * @throws DomainError `appointment_not_found`, `appointment_settled`
   */
  revoke(
    prefecture: string,
    offerId: string,
    why: { readonly cause: Cause; readonly closure?: string },
    nowMs: number,
  ): Promise<OfferRecord> {
    return changeOffer(this.#redis, askAppointment(prefecture, offerId, nowMs), (situation) =>
      decideRevocation(situation, why),
    );
  }

  /**
   * Takes from entries what they hold of closed slots, and tells them. Safe to repeat. Answers how many
   * were told now.
   */
  close(prefecture: string, draw: string, entries: readonly string[], nowMs: number) {
    return closeHoldings(this.#redis, { prefecture, draw, nowMs }, entries);
  }

  /** What agents noted at appointments, ever since. */
  tallies(prefecture: string): Promise<Record<Tally, number>> {
    return readTallies(this.#redis, prefecture);
  }

  /**
   * Moves the deadline of an open offer later, once in its life. Answers the offer as it is then.
   *
   * @throws DomainError `offer_not_found`
   */
  async extend(prefecture: string, offerId: string, deadlineMs: number): Promise<OfferRecord> {
    // The time matters to events only, and there is none here.
    const ask = { prefecture, offerId, nowMs: 0 };
    return changeOffer(
      this.#redis,
      { ...ask, missing: 'offer_not_found', fallen: 'as_it_is' },
      (situation) => decideExtension(situation, deadlineMs),
    );
  }

  /** Ids of open offers whose deadline has passed, the oldest first. */
  due(prefecture: string, nowMs: number, limit: number): Promise<string[]> {
    return dueOffers(this.#redis, keysOf(prefecture).deadlines, nowMs, limit);
  }

  /** Ids of offers to remind of now, the oldest first. */
  dueReminders(prefecture: string, nowMs: number, limit: number): Promise<string[]> {
    return dueOffers(this.#redis, keysOf(prefecture).reminders, nowMs, limit);
  }

  /** Hands over the reminders of offers that are still open, each once. Answers how many. */
  markReminded(prefecture: string, offerIds: readonly string[]): Promise<number> {
    return handOverReminders(this.#redis, prefecture, offerIds);
  }
}

function askAppointment(prefecture: string, offerId: string, nowMs: number): OfferAsk {
  const [missing, fallen] = ['appointment_not_found', 'appointment_settled'] as const;
  return { prefecture, offerId, nowMs, missing, fallen };
}
