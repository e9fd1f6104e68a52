import { z } from 'zod';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { isConfirmedEntry } from '../../domain/entries/state.ts';
import { toldDeadline } from '../../domain/offers/end.ts';
import { offerId } from '../../domain/offers/id.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { Identifier } from '../../domain/values.ts';
import { peopleIn } from '../../identity/person/people.ts';
import { attemptsOf } from '../../papers/claims.ts';
import { certifiedDraws } from '../../usecases/certificates/certify.ts';
import { heldBy, needEntry } from '../../usecases/entries/hands.ts';
import { openPeople } from '../../usecases/entries/party-people.ts';
import { standingOfEntry } from '../../usecases/helpers/mandate.ts';
import { lookBack } from '../../usecases/participation/look-back.ts';
import { confirmPage, type PageError, statePage, tokenPage } from '../../web/entry/page.ts';
import { absenceView } from '../entries/view.ts';
import { shownMandate } from '../helpers/view.ts';
import type { RouteDeps } from '../http/deps.ts';
import { attachment } from '../http/headers.ts';
import { type PageReply, page } from '../http/page.ts';
import { attempt } from '../http/told.ts';
import { entryActions } from './entry-actions.ts';
import { type Act, EntryFields, type Shown, type Visit } from './entry-fields.ts';

// The page where a person sees an entry and does what the API lets its token do.

const params = z.object({ entryId: Identifier });

export const showEntryPage = page({
  id: 'showEntryPage',
  get: '/p/{prefecture}/entries/{entryId}',
  budget: 'read',
  params,
  async run({ prefecture, params: { entryId }, lang }) {
    return { status: 200, html: tokenPage({ prefecture, entryId, lang }) };
  },
});

export const sendEntryPage = page({
  id: 'sendEntryPage',
  post: '/p/{prefecture}/entries/{entryId}',
  budget: 'change',
  params,
  fields: EntryFields,
  async run({ prefecture, params: { entryId }, fields, lang, nowMs }, deps) {
    const visit = { prefecture, entryId, lang, nowMs };
    if (fields === undefined) return { status: 400, html: tokenPage(visit, 'unknown') };
    const { token, action } = fields;
    // Before anything is read: whether an entry exists is told only to who holds its token.
    if (!deps.tokens.isEntryToken(prefecture.id, entryId, token)) {
      return { status: 403, html: tokenPage(visit, 'token') };
    }
    if (action === 'show') return { status: 200, html: await stateOf(deps, visit, token, {}) };
    if (action === 'cancel' || action === 'withdraw' || action === 'end_mandate') {
      return { status: 200, html: confirmPage({ ...visit, token, offerId: fields.offer }, action) };
    }
    return answerTo(deps, visit, fields, action);
  },
});

async function answerTo(
  deps: RouteDeps,
  visit: Visit,
  fields: EntryFields,
  action: Act,
): Promise<PageReply> {
  const { refusals, act } = entryActions[action];
  const { done, refused } = await attempt(deps.logger, refusals, () => act(deps, visit, fields));
  if (refused) {
    const error = refused.said;
    const html = await stateOf(deps, visit, fields.token, error === undefined ? {} : { error });
    const { status, headers } = error === undefined ? { status: 200, headers: {} } : refused;
    return { status, headers, html };
  }
  const { paper, html, ...beside } = done;
  if (paper) return { status: 200, headers: attachment(paper.name), pdf: paper.pdf };
  return { status: 200, html: html ?? (await stateOf(deps, visit, fields.token, beside)) };
}

/** The entry as it is now, with what is said beside it. */
async function stateOf(
  deps: RouteDeps,
  visit: Visit,
  token: string,
  beside: { readonly error?: PageError } & Pick<Shown, 'notice'>,
): Promise<string> {
  const { prefecture, entryId, nowMs } = visit;
  const entry = await needEntry(deps, prefecture.id, entryId);
  const offer = await heldBy(deps, prefecture.id, entry);
  const overview = await deps.overviews.of(prefecture.id);
  const { findings, participations } = await lookBack(deps, prefecture, entry, overview);
  return statePage({
    ...visit,
    token,
    entry,
    offer,
    offerId: offer && offerId(offer.draw, offer.entry),
    deadlineMs: offer && toldDeadline(prefecture, offer, nowMs),
    waiting: overview.waiting(entry.requestType),
    nextDrawAtMs: overview.nextDrawOfMs(entry.requestType),
    findings: entry.state === 'waiting' ? findings : [],
    participations,
    attempts: attemptsOf({ draws: certifiedDraws(prefecture, participations) }),
    mandate: shownMandate(await standingOfEntry(deps, prefecture, entryId, nowMs)),
    names: namesOf(deps, prefecture, entry),
    callCode: isConfirmedEntry(entry.state)
      ? deps.tokens.callCode(prefecture.id, entryId, entry.callRound ?? 0)
      : undefined,
    drawsLeft: entry.absence ? absenceView(entry, overview.drawNumber).drawsLeft : 0,
    ...beside,
  });
}

/** Who comes together; nobody is opened where each comes alone. */
function namesOf(deps: RouteDeps, { id, requestTypes }: Prefecture, entry: EntryRecord): string[] {
  const type = requestTypes.find((one) => one.id === entry.requestType);
  const isConcerned = entry.party !== undefined || (type?.partyMax ?? 1) > 1;
  if (!isConcerned || entry.sealed === '') return [];
  return peopleIn(openPeople(deps, id, entry)).map(({ name }) => name);
}
