import type { z } from 'zod';
import { drawsLeftOf } from '../../domain/absences/suspension.ts';
import { typeStatistics } from '../../domain/draws/statistics.ts';
import { actionsOf } from '../../domain/entries/actions.ts';
import { isOwed } from '../../domain/entries/amends.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { partyMember, peopleOf } from '../../domain/entries/party.ts';
import { toldDeadline } from '../../domain/offers/end.ts';
import { offerId } from '../../domain/offers/id.ts';
import type { Deferred, OfferRecord } from '../../domain/offers/offer.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { inEveryLanguage } from '../../domain/values.ts';
import type { JoinedPerson } from '../../usecases/entries/join.ts';
import type { Overview } from '../../usecases/public/overview.ts';
import type { AbsenceView } from '../absences/schemas.ts';
import { chanceOf } from '../draws/view.ts';
import { instant, instantOrNull } from '../http/schemas.ts';
import type { EntrySummary, EntryView, Joined, OfferView } from './schemas.ts';

/** An offer or appointment in full, with its site. Pure. */
export function offerView(
  prefecture: Prefecture,
  offer: OfferRecord,
  nowMs: number,
): z.infer<typeof OfferView> {
  // A site that was taken out of the configuration keeps its id, for what it is worth.
  const labels = inEveryLanguage(() => offer.site);
  const unknown = { id: offer.site, labels, address: labels };
  return {
    id: offerId(offer.draw, offer.entry),
    draw: offer.draw,
    state: offer.state,
    requestType: offer.requestType,
    ...partyMember(peopleOf(offer)),
    start: offer.slotStart,
    site: prefecture.sites.find(({ id }) => id === offer.site) ?? unknown,
    via: offer.via,
    offeredAt: instant(offer.offeredAtMs),
    deadline: instant(toldDeadline(prefecture, offer, nowMs)),
    settledAt: instantOrNull(offer.settledAtMs),
    appointment: offer.appointment ?? null,
    ...(offer.deferred ? { deferred: deferredView(offer.deferred) } : {}),
    ...(offer.membersMissing === undefined ? {} : { membersMissing: offer.membersMissing }),
  };
}

function deferredView({ act, by, atMs, dueAtMs }: Deferred) {
  return { act, by, at: instant(atMs), dueAt: instant(dueAtMs) };
}

/** The answer to joining, as it was first given: it tells nothing of what happened since. Pure. */
export function joinedView(
  prefecture: string,
  { entry, joinedAtMs, requestType, codeExpiresAtMs, token, receipt }: JoinedPerson,
): z.infer<typeof Joined> {
  return {
    id: entry,
    token,
    state: 'unverified',
    receipt: {
      entry,
      prefecture,
      requestType,
      joinedAt: instant(joinedAtMs),
      codeExpiresAt: instant(codeExpiresAtMs),
      jws: receipt,
    },
  };
}

/** What the holder of an entry's token sees. Pure. */
export function entryView(
  prefecture: Prefecture,
  entry: EntryRecord,
  offer: OfferRecord | undefined,
  overview: Overview,
  nowMs: number,
): z.infer<typeof EntryView> {
  const last = typeStatistics(overview.lastDrawOf(entry.requestType), entry.requestType);
  return {
    id: entry.id,
    state: entry.state,
    requestType: entry.requestType,
    missed: entry.missed,
    owed: isOwed(entry),
    ...partyMember(peopleOf(entry)),
    priority: entry.priority
      ? { ground: entry.priority.ground, until: instant(entry.priority.untilMs) }
      : null,
    language: entry.language,
    accepts: entry.accepts ? copy(entry.accepts) : null,
    joinedAt: instant(entry.joinedAtMs),
    offer: offer ? offerView(prefecture, offer, nowMs) : null,
    nextDrawAt: instantOrNull(overview.nextDrawOfMs(entry.requestType)),
    waiting: overview.waiting(entry.requestType),
    lastChance: last ? chanceOf(last) : null,
    absence: entry.absence ? absenceView(entry, overview.drawNumber) : null,
    rejection: entry.rejection ?? null,
    actions: [...actionsOf(entry.state)],
  };
}

/**
 * The absence of an entry that has one. Pure.
 *
 * @throws Error for an entry without
 */
export function absenceView(
  { id, absence }: EntryRecord,
  drawNumber: number,
): z.infer<typeof AbsenceView> {
  if (!absence) throw new Error(`entry ${id} has no absence`);
  const { cause, state } = absence;
  return { cause, state, drawsLeft: drawsLeftOf(absence, drawNumber) };
}

/** What agents see of an entry. Pure. */
export function entrySummary(entry: EntryRecord): z.infer<typeof EntrySummary> {
  return {
    id: entry.id,
    state: entry.state,
    requestType: entry.requestType,
    missed: entry.missed,
    owed: isOwed(entry),
    ...partyMember(peopleOf(entry)),
    priority: entry.priority !== undefined,
    origin: entry.origin,
    language: entry.language,
    joinedAt: instant(entry.joinedAtMs),
    held: entry.held ? offerId(entry.held.draw, entry.id) : null,
    documentCheck: entry.documentCheck ?? null,
  };
}

function copy(accepts: NonNullable<EntryRecord['accepts']>) {
  // JSON text is what becomes of it anyway; a copy makes its lists mutable, as zod types them.
  return structuredClone(accepts) as NonNullable<z.infer<typeof EntryView>['accepts']>;
}
