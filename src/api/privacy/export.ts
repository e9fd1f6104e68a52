import type { z } from 'zod';
import { dayMs, hourMs } from '../../base/units.ts';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { appealContext, mandateContext, personContext } from '../../identity/person/context.ts';
import type { Person } from '../../identity/person/person.ts';
import { offerId } from '../../store/offers/codec.ts';
import { strengthView } from '../draws/view.ts';
import { offerView } from '../entries/view.ts';
import type { ApiDeps } from '../http/deps.ts';
import { instant, instantOrNull } from '../http/schemas.ts';
import type { EntryExport } from './schemas.ts';

type Export = z.infer<typeof EntryExport>;
type Deps = Pick<ApiDeps, 'store' | 'vault'>;

/** Draws looked at for one export: many years of them. */
const MOST_DRAWS = 1000;
const MOST_LETTERS = 1000;

/**
 * Everything that is kept about the person of an entry, with what is sealed opened. What a later
 * part of the service keeps about people is added here, and to the test that compares.
 */
export async function exportOf(
  deps: Deps,
  prefecture: Prefecture,
  entry: EntryRecord,
  nowMs: number,
): Promise<Export> {
  const [priority, absence, mandate, draws, undeliveredMessages, letters] = await Promise.all([
    priorityOf(deps, prefecture.id, entry.id),
    absenceOf(deps, prefecture.id, entry),
    mandateOf(deps, prefecture.id, entry.id),
    drawsOf(deps, prefecture, entry),
    deadLettersOf(deps, prefecture.id, entry.id),
    deps.store.letters.ofEntry(prefecture.id, entry.id),
  ]);
  return {
    exportedAt: instant(nowMs),
    prefecture: { id: prefecture.id, labels: prefecture.settings.labels },
    person: personOf(deps, prefecture.id, entry),
    entry: ownMembers(entry),
    priority,
    absence,
    mandate,
    draws,
    undeliveredMessages,
    lettersToPrint: letters.map(({ message, day }) => ({ id: message, day })),
    keptUntil: instantOrNull(keptUntilMs(prefecture, entry)),
  };
}

function personOf({ vault }: Deps, prefecture: string, { id, sealed }: EntryRecord) {
  if (sealed === '') return null;
  const { name, document, otherDocuments, birthDate, email, phone, webhook, postal }: Person =
    vault.open(sealed, personContext(prefecture, id));
  return {
    name,
    document,
    email: email ?? null,
    phone: phone ?? null,
    otherDocuments: otherDocuments ?? [],
    birthDate: birthDate ?? null,
    webhook: webhook ?? null,
    postal: postal ?? null,
  };
}

function ownMembers(entry: EntryRecord): Export['entry'] {
  return {
    id: entry.id,
    state: entry.state,
    requestType: entry.requestType,
    missed: entry.missed,
    origin: entry.origin,
    language: entry.language,
    accepts: copyOf(entry.accepts),
    joinedAt: instant(entry.joinedAtMs),
    waitingSince: instantOrNull(entry.waitingSinceMs),
    availabilitySince: instantOrNull(entry.acceptsSinceMs),
    endedAt: instantOrNull(entry.endedAtMs),
    unansweredOffers: entry.silences ?? 0,
    excused: entry.excused ?? false,
    byPost: entry.letter ?? false,
    codeExpiresAt: instantOrNull(entry.code?.expiresAtMs),
    documentCheck: entry.documentCheck ?? null,
  };
}

async function priorityOf(
  { store }: Pick<Deps, 'store'>,
  prefecture: string,
  entryId: string,
): Promise<Export['priority']> {
  const found = await store.priorities.get(prefecture, entryId);
  if (!found) return null;
  const { state, ground, untilMs, proposedAtMs, settledAtMs } = found;
  return {
    state,
    ground,
    until: instant(untilMs),
    proposedAt: instant(proposedAtMs),
    settledAt: instantOrNull(settledAtMs),
  };
}

async function absenceOf(
  { store, vault }: Deps,
  prefecture: string,
  { id, absence }: EntryRecord,
): Promise<Export['absence']> {
  if (!absence) return null;
  const { cause, state, untilDraw } = absence;
  const found = await store.absences.appealOf(prefecture, id);
  const appeal = found ? vault.openText(found.sealed, appealContext(prefecture, id)) : null;
  return { cause, state, untilDrawNumber: untilDraw, appeal };
}

async function mandateOf(
  { store, vault }: Deps,
  prefecture: string,
  entryId: string,
): Promise<Export['mandate']> {
  const found = await store.helpers.mandate(prefecture, entryId);
  if (!found) return null;
  const { from, until, ended, sealedReference } = found;
  const helper = await store.helpers.get(prefecture, found.helper);
  return {
    helper: helper?.label ?? found.helper,
    reference: vault.openText(sealedReference, mandateContext(prefecture, entryId)),
    from,
    until,
    endedAt: instantOrNull(ended?.atMs),
    endedBy: ended?.by ?? null,
  };
}

function keptUntilMs({ settings }: Prefecture, entry: EntryRecord): number | undefined {
  const { state, joinedAtMs, endedAtMs } = entry;
  if (state === 'unverified') return joinedAtMs + settings.unverifiedHours * hourMs;
  if (state === 'erased' || endedAtMs === undefined) return undefined;
  return endedAtMs + settings.keepDays * dayMs;
}

/** Draws frozen since the entry began to wait, until it ended. */
async function drawsOf(
  { store }: Deps,
  prefecture: Prefecture,
  entry: EntryRecord,
): Promise<Export['draws']> {
  if (entry.waitingSinceMs === undefined && entry.since === undefined) return [];
  const fromMs = entry.waitingSinceMs ?? entry.joinedAtMs;
  const { draws } = await store.draws.list(prefecture.id, { limit: MOST_DRAWS });
  const concerned = draws.filter(
    ({ frozenAtMs }) =>
      frozenAtMs !== undefined &&
      frozenAtMs >= fromMs &&
      frozenAtMs <= (entry.endedAtMs ?? Number.POSITIVE_INFINITY),
  );
  return Promise.all(concerned.map((draw) => participation({ store }, prefecture, draw, entry.id)));
}

async function participation(
  { store }: Pick<Deps, 'store'>,
  prefecture: Prefecture,
  draw: DrawRecord,
  entryId: string,
): Promise<Export['draws'][number]> {
  const { id, number, frozenAtMs, state } = draw;
  const offer = await store.offers.get(prefecture.id, offerId(id, entryId));
  return {
    draw: id,
    number: number ?? 1,
    frozenAt: instant(frozenAtMs ?? 0),
    state,
    entropy: strengthView(draw),
    offer: offer ? offerView(prefecture, offer) : null,
  };
}

async function deadLettersOf(
  { store }: Pick<Deps, 'store'>,
  prefecture: string,
  entryId: string,
): Promise<Export['undeliveredMessages']> {
  const letters = await store.messages.deadLetters(prefecture, { limit: MOST_LETTERS });
  return letters
    .filter(({ id }) => id.split('.')[1] === entryId)
    .map(({ id, reason, attempts, atMs }) => ({ id, reason, attempts, at: instant(atMs) }));
}

/** A copy that zod's types may call mutable. */
function copyOf(accepts: EntryRecord['accepts']): Export['entry']['accepts'] {
  // JSON text is what becomes of it anyway; a copy makes its lists mutable, as zod types them.
  return accepts ? (structuredClone(accepts) as NonNullable<Export['entry']['accepts']>) : null;
}
