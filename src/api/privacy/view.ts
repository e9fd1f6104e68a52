import type { z } from 'zod';
import { isOwed } from '../../domain/entries/amends.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { partyMember, peopleOf } from '../../domain/entries/party.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { Member } from '../../identity/person/person.ts';
import type { ConcernedDraw, KeptAbout } from '../../usecases/privacy/gather.ts';
import { strengthView } from '../draws/view.ts';
import { offerView } from '../entries/view.ts';
import type { Frozen } from '../http/route.ts';
import { instant, instantOrNull } from '../http/schemas.ts';
import type { EntryExport, Erased } from './schemas.ts';

type Export = Frozen<z.infer<typeof EntryExport>>;

/** All that is kept about a person, as one JSON. Pure. */
export function exportView(prefecture: Prefecture, kept: KeptAbout, nowMs: number): Export {
  const { entry, undelivered, letters } = kept;
  return {
    exportedAt: instant(nowMs),
    prefecture: { id: prefecture.id, labels: prefecture.settings.labels },
    person: personView(kept),
    entry: ownMembers(entry),
    priority: priorityView(kept),
    absence: absenceOf(kept),
    mandate: mandateOf(kept),
    draws: kept.draws.map((one) => drawOf(prefecture, one, nowMs)),
    undeliveredMessages: undelivered.map(({ id, reason, attempts, atMs }) => {
      return { id, reason, attempts, at: instant(atMs) };
    }),
    lettersToPrint: letters.map(({ message, day }) => ({ id: message, day })),
    keptUntil: instantOrNull(kept.keptUntilMs),
  };
}

/** That an entry was erased, and when. Pure. */
export function erasedView({ id, endedAtMs, joinedAtMs }: EntryRecord): z.infer<typeof Erased> {
  return { id, state: 'erased', erasedAt: instant(endedAtMs ?? joinedAtMs) };
}

function personView({ person }: KeptAbout): Export['person'] {
  if (!person) return null;
  const { name, document, otherDocuments, birthDate, others } = person;
  const { email, phone, webhook, postal } = person;
  return {
    name,
    document,
    email: email ?? null,
    phone: phone ?? null,
    otherDocuments: otherDocuments ?? [],
    birthDate: birthDate ?? null,
    ...(others ? { others: others.map(memberView) } : {}),
    webhook: webhook ?? null,
    postal: postal ?? null,
  };
}

function memberView({ name, document, otherDocuments, birthDate }: Member) {
  return {
    name,
    document: document ?? null,
    otherDocuments: otherDocuments ?? [],
    birthDate: birthDate ?? null,
  };
}

function ownMembers(entry: EntryRecord): Export['entry'] {
  return {
    id: entry.id,
    state: entry.state,
    requestType: entry.requestType,
    missed: entry.missed,
    ...partyMember(peopleOf(entry)),
    owed: isOwed(entry),
    guaranteesGivenUp: entry.givenUp?.length ?? 0,
    origin: entry.origin,
    language: entry.language,
    accepts: entry.accepts ?? null,
    joinedAt: instant(entry.joinedAtMs),
    waitingSince: instantOrNull(entry.waitingSinceMs),
    availabilitySince: instantOrNull(entry.acceptsSinceMs),
    endedAt: instantOrNull(entry.endedAtMs),
    rejection: entry.rejection ?? null,
    unansweredOffers: entry.silences ?? 0,
    excused: entry.excused ?? false,
    byPost: entry.letter ?? false,
    codeExpiresAt: instantOrNull(entry.code?.expiresAtMs),
    documentCheck: entry.documentCheck ?? null,
  };
}

function priorityView({ priority }: KeptAbout): Export['priority'] {
  if (!priority) return null;
  const { state, ground, untilMs, proposedAtMs, settledAtMs } = priority;
  return {
    state,
    ground,
    until: instant(untilMs),
    proposedAt: instant(proposedAtMs),
    settledAt: instantOrNull(settledAtMs),
  };
}

function absenceOf({ entry: { absence }, appeal }: KeptAbout): Export['absence'] {
  if (!absence) return null;
  const { cause, state, untilDraw } = absence;
  return { cause, state, untilDrawNumber: untilDraw, appeal: appeal ?? null };
}

function mandateOf({ mandate }: KeptAbout): Export['mandate'] {
  if (!mandate) return null;
  const { helper, reference, from, until, ended } = mandate;
  return {
    helper,
    reference,
    from,
    until,
    endedAt: instantOrNull(ended?.atMs),
    endedBy: ended?.by ?? null,
  };
}

function drawOf(
  prefecture: Prefecture,
  { draw, offer }: ConcernedDraw,
  nowMs: number,
): Export['draws'][number] {
  const { id, number, frozenAtMs, state } = draw;
  return {
    draw: id,
    number: number ?? 1,
    frozenAt: instant(frozenAtMs ?? 0),
    state,
    entropy: strengthView(draw),
    offer: offer ? offerView(prefecture, offer, nowMs) : null,
  };
}
