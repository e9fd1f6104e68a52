import { DomainError } from '../../base/errors.ts';
import type { Impediment } from '../../domain/absences/rule.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { isLiveEntry } from '../../domain/entries/state.ts';
import { isMandateCurrent, type MandateTerm, mayAct } from '../../domain/helpers/mandate.ts';
import { localDate } from '../../domain/local-time.ts';
import { offerId } from '../../domain/offers/id.ts';
import type { OfferAnswer } from '../../domain/offers/state.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { mandateContext } from '../../identity/person/context.ts';
import { retryOnConflict } from '../../store/core/retry.ts';
import type { HelperRecord, MandateRecord } from '../../store/helpers/codec.ts';
import type { UseCaseDeps } from '../deps.ts';
import { needEntry } from '../entries/hands.ts';
import { needProof, type Proof } from '../entries/proof.ts';
import { tellOfAct } from '../entries/tell.ts';
import { answerFor, withdrawFor } from '../offers/proxy.ts';

/** A mandate as a helper states it: local days, both inclusive. */
export interface StatedMandate extends Pick<MandateTerm, 'from' | 'until'> {
  /** Where the written mandate is. */
  readonly reference: string;
}

/** An agent of a helper who acts for the person of an entry. */
export interface ByMandate {
  readonly entry: string;
  readonly agent: string;
  readonly nowMs: number;
}

/** The day that it is at a prefecture: `YYYY-MM-DD`. Pure. */
export function localDay({ settings }: Pick<Prefecture, 'settings'>, nowMs: number): string {
  return localDate(nowMs, settings.timeZone);
}

/**
 * The mandate that a helper states for an entry that is about to be made.
 *
 * @throws DomainError `mandate_expired` unless it holds today
 */
export function mandateOf(
  { vault }: Pick<UseCaseDeps, 'vault'>,
  prefecture: Prefecture,
  of: {
    readonly id: string;
    readonly helper: string;
    readonly given: StatedMandate;
    readonly nowMs: number;
  },
): MandateRecord {
  const { reference, from, until } = of.given;
  if (!isMandateCurrent({ from, until }, localDay(prefecture, of.nowMs))) {
    throw new DomainError('mandate_expired', 'this mandate does not hold today', 'mandate.until');
  }
  const sealedReference = vault.sealText(reference, mandateContext(prefecture.id, of.id));
  return { helper: of.helper, sealedReference, from, until };
}

/**
 * An entry whose mandate the helper of this agent holds today.
 *
 * @throws DomainError `helper_not_found`, `mandate_not_found`, `mandate_expired`, `entry_not_found`
 */
export async function entryByMandate(
  deps: Pick<UseCaseDeps, 'store'>,
  prefecture: Prefecture,
  asked: ByMandate,
): Promise<EntryRecord> {
  await needMandate(deps, prefecture, asked);
  return needEntry(deps, prefecture.id, asked.entry);
}

async function needMandate(
  { store }: Pick<UseCaseDeps, 'store'>,
  prefecture: Prefecture,
  { agent, entry, nowMs }: ByMandate,
): Promise<void> {
  const { mandate } = await ownMandate(store, prefecture.id, agent, entry);
  if (!isMandateCurrent(mandate, localDay(prefecture, nowMs))) {
    throw new DomainError('mandate_expired', 'this mandate does not hold any more');
  }
}

/** The mandate of an entry, if it is one of the helper of this agent, and the helper. */
async function ownMandate(
  { helpers }: UseCaseDeps['store'],
  prefecture: string,
  agent: string,
  entry: string,
): Promise<{ readonly helper: HelperRecord; readonly mandate: MandateRecord }> {
  const helper = await helpers.ofAgent(prefecture, agent);
  const mandate = await helpers.mandate(prefecture, entry);
  if (mandate?.helper !== helper.id) {
    throw new DomainError('mandate_not_found', 'no mandate for such an entry');
  }
  return { helper, mandate };
}

/**
 * Puts a new mandate in the place of the one by which a helper entered a person. Safe to repeat.
 *
 * @throws DomainError `helper_not_found`, `mandate_not_found`, `mandate_expired` (also if the one
 * before was ended), `entry_not_found`, `entry_settled`
 */
export async function renew(
  deps: Pick<UseCaseDeps, 'store' | 'vault'>,
  prefecture: Prefecture,
  { entry, agent, nowMs }: ByMandate,
  given: StatedMandate,
): Promise<MandateRecord> {
  const { store } = deps;
  return retryOnConflict(`the mandate of ${entry}`, async () => {
    const { helper, mandate: before } = await ownMandate(store, prefecture.id, agent, entry);
    if (before.ended) throw new DomainError('mandate_expired', 'this mandate was ended, for good');
    const { state } = await needEntry(deps, prefecture.id, entry);
    if (!isLiveEntry(state)) throw new DomainError('entry_settled', 'this entry is over');
    const after = mandateOf(deps, prefecture, { id: entry, helper: helper.id, given, nowMs });
    const outcome = await store.helpers.replaceMandate(prefecture.id, entry, before, after);
    return outcome === 'done' ? after : outcome;
  });
}

/**
 * Gives a mandate back. Safe to repeat.
 *
 * @throws DomainError `helper_not_found`, `mandate_not_found`
 */
export async function giveBack(
  { store }: Pick<UseCaseDeps, 'store'>,
  prefecture: string,
  { entry, agent, nowMs }: ByMandate,
): Promise<void> {
  await ownMandate(store, prefecture, agent, entry);
  await store.helpers.endMandate(prefecture, entry, { atMs: nowMs, by: 'helper' });
}

/**
 * Ends the mandate of a helper, for its person or for an agent, of which they are told. Safe to repeat.
 *
 * @throws DomainError `mandate_not_found`
 */
export async function endMandate(
  deps: Pick<UseCaseDeps, 'store' | 'waker'>,
  prefecture: Prefecture,
  entry: string,
  { by, nowMs }: { readonly by: 'person' | 'agent'; readonly nowMs: number },
): Promise<MandateStanding> {
  const ended = { atMs: nowMs, by };
  const mandate = await deps.store.helpers.endMandate(prefecture.id, entry, ended);
  // Whoever was first has ended it.
  if (mandate.ended?.by === 'agent') {
    const told = { by: 'staff', act: 'mandate_ended', nowMs: mandate.ended.atMs } as const;
    await tellOfAct(deps, prefecture.id, entry, told);
  }
  return standingOf(deps, prefecture, entry, mandate, nowMs);
}

/**
 * Does for a person what a helper answers. What frees a place takes effect later, and can be undone. Safe
 * to repeat.
 *
 * @throws DomainError `helper_not_found`, `mandate_not_found`, `mandate_expired`, and as `needProof`,
 * `answerFor` and `withdrawFor`
 */
export async function actByMandate(
  deps: Pick<
    UseCaseDeps,
    'store' | 'waker' | 'metrics' | 'signals' | 'identityKeys' | 'tokens' | 'personLimits'
  >,
  prefecture: Prefecture,
  by: ByMandate,
  answer: {
    readonly action: OfferAnswer | 'cancel' | 'withdraw';
    readonly impediment?: Impediment | undefined;
    readonly proof: Proof;
  },
): Promise<void> {
  const { nowMs } = by;
  const { action: act, impediment, proof } = answer;
  await needMandate(deps, prefecture, by);
  await needProof(deps, prefecture.id, by.entry, proof);
  if (act === 'withdraw') {
    return withdrawFor(deps, prefecture, by.entry, { by: 'helper', nowMs });
  }
  const { held, id } = await needEntry(deps, prefecture.id, by.entry);
  if (!held) throw new DomainError('offer_not_found', 'this entry holds no offer');
  const proxy = { act, by: 'helper', impediment, nowMs } as const;
  await answerFor(deps, prefecture, offerId(held.draw, id), proxy);
}

/** A mandate, whose it is, and whether it holds today. */
export interface MandateStanding {
  readonly entry: string;
  readonly mandate: MandateTerm;
  readonly helper: HelperRecord;
  readonly isCurrent: boolean;
}

/** How a mandate stands. */
export async function standingOf(
  { store }: Pick<UseCaseDeps, 'store'>,
  prefecture: Prefecture,
  entry: string,
  mandate: MandateRecord,
  nowMs: number,
): Promise<MandateStanding> {
  const helper = await store.helpers.get(prefecture.id, mandate.helper);
  if (!helper) throw new Error(`entry ${entry} has a mandate of a helper that is not there`);
  const isCurrent = mayAct(helper) && isMandateCurrent(mandate, localDay(prefecture, nowMs));
  return { entry, mandate, helper, isCurrent };
}

/** How the mandate of an entry stands; undefined where nobody acts for its person. */
export async function standingOfEntry(
  deps: Pick<UseCaseDeps, 'store'>,
  prefecture: Prefecture,
  entry: string,
  nowMs: number,
): Promise<MandateStanding | undefined> {
  const mandate = await deps.store.helpers.mandate(prefecture.id, entry);
  return mandate && standingOf(deps, prefecture, entry, mandate, nowMs);
}
