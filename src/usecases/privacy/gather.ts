import type { DrawRecord } from '../../domain/draws/draw.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { erasedFromMs } from '../../domain/entries/retention.ts';
import { hasWaited, wasThere } from '../../domain/entries/waiting.ts';
import type { MandateTerm } from '../../domain/helpers/mandate.ts';
import { messageParts } from '../../domain/messages/id.ts';
import type { DeadLetter } from '../../domain/messages/message.ts';
import { offerId } from '../../domain/offers/id.ts';
import type { OfferRecord } from '../../domain/offers/offer.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { appealContext, mandateContext, personContext } from '../../identity/person/context.ts';
import type { Person } from '../../identity/person/person.ts';
import type { UseCaseDeps } from '../deps.ts';
import { needEntry } from '../entries/hands.ts';

type Deps = Pick<UseCaseDeps, 'store' | 'vault'>;

/** Draws looked at for one export: many years of them. */
const MOST_DRAWS = 1000;
const MOST_LETTERS = 1000;

/** A draw that froze while an entry was there, and what the entry was offered in it. */
export interface ConcernedDraw {
  readonly draw: DrawRecord;
  readonly offer: OfferRecord | undefined;
}

/** Who may act for a person, or could, and by which written mandate. */
export interface KeptMandate extends MandateTerm {
  /** How the helper is called. */
  readonly helper: string;
  readonly reference: string;
}

/** Everything that is kept about the person of an entry, with what is sealed opened. */
export interface KeptAbout {
  readonly entry: EntryRecord;
  /** Undefined once the entry was erased. */
  readonly person: Person | undefined;
  readonly priority: Awaited<ReturnType<Deps['store']['priorities']['get']>>;
  /** What the person said on an absence, until it was decided. */
  readonly appeal: string | undefined;
  readonly mandate: KeptMandate | undefined;
  /** The latest first. */
  readonly draws: readonly ConcernedDraw[];
  readonly undelivered: readonly DeadLetter[];
  readonly letters: Awaited<ReturnType<Deps['store']['letters']['ofEntry']>>;
  /** When the rest is erased by itself; undefined while the entry waits or has a place. */
  readonly keptUntilMs: number | undefined;
}

/**
 * Gathers everything that is kept about the person of an entry. What a later part of the service
 * keeps about people is added here, and to the test that compares.
 *
 * @throws DomainError `entry_not_found`
 */
export async function gatherAbout(
  deps: Deps,
  prefecture: Prefecture,
  entryId: string,
): Promise<KeptAbout> {
  const { store, vault } = deps;
  const { id } = prefecture;
  const entry = await needEntry(deps, id, entryId);
  const [priority, appeal, mandate, draws, undelivered, letters] = await Promise.all([
    store.priorities.get(id, entryId),
    appealOf(deps, id, entry),
    mandateOf(deps, id, entryId),
    drawsOf(deps, id, entry),
    undeliveredTo(deps, id, entryId),
    store.letters.ofEntry(id, entryId),
  ]);
  const { sealed } = entry;
  const person = sealed === '' ? undefined : vault.open(sealed, personContext(id, entryId));
  const keptUntilMs = erasedFromMs(entry, prefecture.settings);
  return { entry, person, priority, appeal, mandate, draws, undelivered, letters, keptUntilMs };
}

async function appealOf(
  { store, vault }: Deps,
  prefecture: string,
  { id, absence }: EntryRecord,
): Promise<string | undefined> {
  if (!absence) return undefined;
  const found = await store.absences.appealOf(prefecture, id);
  return found && vault.openText(found.sealed, appealContext(prefecture, id));
}

async function mandateOf(
  { store, vault }: Deps,
  prefecture: string,
  entryId: string,
): Promise<KeptMandate | undefined> {
  const found = await store.helpers.mandate(prefecture, entryId);
  if (!found) return undefined;
  const { sealedReference, ...term } = found;
  const helper = await store.helpers.get(prefecture, found.helper);
  const reference = vault.openText(sealedReference, mandateContext(prefecture, entryId));
  return { ...term, helper: helper?.label ?? found.helper, reference };
}

/** Draws frozen since the entry began to wait, until it ended. */
async function drawsOf(
  { store }: Pick<Deps, 'store'>,
  prefecture: string,
  entry: EntryRecord,
): Promise<ConcernedDraw[]> {
  if (!hasWaited(entry)) return [];
  const { draws } = await store.draws.list(prefecture, { limit: MOST_DRAWS });
  const concerned = draws.filter(
    ({ frozenAtMs }) => frozenAtMs !== undefined && wasThere(entry, frozenAtMs),
  );
  return Promise.all(
    concerned.map(async (draw) => {
      const offer = await store.offers.get(prefecture, offerId(draw.id, entry.id));
      return { draw, offer };
    }),
  );
}

async function undeliveredTo(
  { store }: Pick<Deps, 'store'>,
  prefecture: string,
  entryId: string,
): Promise<DeadLetter[]> {
  const letters = await store.messages.deadLetters(prefecture, { limit: MOST_LETTERS });
  return letters.filter(({ id }) => messageParts(id).entry === entryId);
}
