import type { z } from 'zod';
import type { HelperAnswer, MandateInput, MandateView } from '../../api/helpers/schemas.ts';
import { instantOrNull } from '../../api/http/schemas.ts';
import { DomainError } from '../../base/errors.ts';
import { isLiveEntry } from '../../domain/entries/state.ts';
import { isMandateCurrent } from '../../domain/helpers/mandate.ts';
import { localDate } from '../../domain/local-time.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { mandateContext } from '../../identity/person/context.ts';
import type { MandateRecord } from '../../store/helpers/store.ts';
import { offerId } from '../../store/offers/codec.ts';
import type { ShownMandate } from '../../web/entry/mandate.ts';
import { giveUpAppointment } from '../appointments/give-up.ts';
import type { UseCaseDeps } from '../deps.ts';
import { needEntry, withdrawEntry } from '../entries/hands.ts';
import { settleOffer } from '../offers/settle.ts';

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
    readonly given: z.output<typeof MandateInput>;
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
 * Lets a helper through to an entry that it holds a mandate for, today.
 *
 * @throws DomainError `helper_not_found`, `mandate_not_found`, `mandate_expired`
 */
export async function needMandate(
  { store }: Pick<UseCaseDeps, 'store'>,
  prefecture: string,
  asked: { readonly agent: string; readonly entry: string; readonly day: string },
): Promise<void> {
  const helper = await store.helpers.ofAgent(prefecture, asked.agent);
  const mandate = await store.helpers.mandate(prefecture, asked.entry);
  if (mandate?.helper !== helper.id) {
    throw new DomainError('mandate_not_found', 'no mandate for such an entry');
  }
  if (!isMandateCurrent(mandate, asked.day)) {
    throw new DomainError('mandate_expired', 'this mandate does not hold any more');
  }
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
  of: {
    readonly entry: string;
    readonly agent: string;
    readonly given: z.output<typeof MandateInput>;
    readonly nowMs: number;
  },
): Promise<MandateRecord> {
  const { helpers } = deps.store;
  const helper = await helpers.ofAgent(prefecture.id, of.agent);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const before = await helpers.mandate(prefecture.id, of.entry);
    if (before?.helper !== helper.id) {
      throw new DomainError('mandate_not_found', 'no mandate for such an entry');
    }
    if (before.ended) throw new DomainError('mandate_expired', 'this mandate was ended, for good');
    const { state } = await needEntry(deps, prefecture.id, of.entry);
    if (!isLiveEntry(state)) throw new DomainError('entry_settled', 'this entry is over');
    const after = mandateOf(deps, prefecture, { ...of, id: of.entry, helper: helper.id });
    const outcome = await helpers.replaceMandate(prefecture.id, of.entry, before, after);
    if (outcome === 'done') return after;
  }
  throw new Error(`the mandate of ${of.entry} keeps changing: gave up`);
}

/**
 * Does for a person what a helper answers. Safe to repeat.
 *
 * @throws DomainError as the person's own answers do
 */
export async function actByMandate(
  deps: Pick<UseCaseDeps, 'store' | 'waker' | 'metrics' | 'signals'>,
  prefecture: Prefecture,
  entryId: string,
  { action, impediment }: z.output<typeof HelperAnswer>,
  nowMs: number,
): Promise<void> {
  if (action === 'withdraw') return withdrawEntry(deps, prefecture, entryId, nowMs);
  const { held, id } = await needEntry(deps, prefecture.id, entryId);
  if (!held) throw new DomainError('offer_not_found', 'this entry holds no offer');
  const offer = offerId(held.draw, id);
  if (action === 'cancel') {
    return giveUpAppointment(deps, prefecture, offer, nowMs, impediment);
  }
  await settleOffer(deps, prefecture, offer, action, nowMs);
}

/** A mandate as person and agents see it. */
export async function mandateView(
  { store }: Pick<UseCaseDeps, 'store'>,
  prefecture: Prefecture,
  entry: string,
  mandate: MandateRecord,
  nowMs: number,
): Promise<z.infer<typeof MandateView>> {
  const helper = await store.helpers.get(prefecture.id, mandate.helper);
  if (!helper) throw new Error(`entry ${entry} has a mandate of a helper that is not there`);
  const { id, category, label, revokedAtMs } = helper;
  const { from, until, ended } = mandate;
  const current =
    revokedAtMs === undefined && isMandateCurrent(mandate, localDay(prefecture, nowMs));
  return {
    entry,
    helper: { id, category, label },
    from,
    until,
    current,
    endedAt: instantOrNull(ended?.atMs),
    endedBy: ended?.by ?? null,
  };
}

/** A mandate as the page of its entry shows it; undefined where nobody acts for the person. */
export async function shownMandate(
  deps: Pick<UseCaseDeps, 'store'>,
  prefecture: Prefecture,
  entry: string,
  nowMs: number,
): Promise<ShownMandate | undefined> {
  const mandate = await deps.store.helpers.mandate(prefecture.id, entry);
  if (!mandate) return undefined;
  const { helper, until, current } = await mandateView(deps, prefecture, entry, mandate, nowMs);
  return { helper: helper.label, category: helper.category, until, isCurrent: current };
}
