import express, { type IRouter, type Request, type Response } from 'express';
import { z } from 'zod';
import { DomainError } from '../../base/errors.ts';
import type { Language } from '../../base/languages.ts';
import { IMPEDIMENTS } from '../../domain/absences/rule.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { Identifier } from '../../domain/values.ts';
import { attemptsOf } from '../../papers/claims.ts';
import { offerId, parseOfferId } from '../../store/offers/codec.ts';
import { takeAppeal } from '../../usecases/absences/appeals.ts';
import { giveUpAppointment } from '../../usecases/appointments/give-up.ts';
import { certifiedDraws } from '../../usecases/certificates/certify.ts';
import { heldBy, needEntry, withdrawEntry } from '../../usecases/entries/hands.ts';
import { sendNewCode, verifyEntry } from '../../usecases/entries/verify.ts';
import { standingOfEntry } from '../../usecases/helpers/mandate.ts';
import { settleOffer } from '../../usecases/offers/settle.ts';
import { lookBack, needExplained } from '../../usecases/participation/look-back.ts';
import type { Overviews } from '../../usecases/public/overview.ts';
import { entryDrawPage } from '../../web/entry/draw-page.ts';
import { confirmPage, statePage, tokenPage } from '../../web/entry/page.ts';
import type { PageError } from '../../web/entry/texts.ts';
import { absenceView, deadlineOf } from '../entries/view.ts';
import { shownMandate } from '../helpers/view.ts';
import type { RouteDeps } from '../http/deps.ts';
import { problemOf, setRetryAfter } from '../http/problem.ts';
import { explanationView } from '../participation/view.ts';
import { sendEntryPaper } from './papers.ts';
import { langOf, sendPersonalPage } from './public.ts';

const form = express.urlencoded({ extended: false, limit: '8kb' });

const Fields = z.object({
  token: z.string().trim().max(200).default(''),
  action: z
    .enum([
      'show',
      'verify',
      'resend',
      'accept',
      'decline',
      'cancel',
      'cancel_confirmed',
      'withdraw',
      'withdraw_confirmed',
      'end_mandate',
      'end_mandate_confirmed',
      'appeal',
      'explain',
      'receipt_paper',
      'certificate_paper',
    ])
    .default('show'),
  offer: z.string().max(100).optional(),
  draw: z.string().max(48).default(''),
  /** A box that is ticked: print the name. */
  named: z.literal('true').optional(),
  impediment: z.enum(IMPEDIMENTS).optional().catch(undefined),
  statement: z.string().trim().max(1000).default(''),
  code: z
    .string()
    .max(20)
    .transform((text) => text.replaceAll(/\D/g, ''))
    .default(''),
});
type Fields = z.infer<typeof Fields>;

/** One request to the page of an entry, its token not looked at yet. */
interface Visit {
  readonly prefecture: Prefecture;
  readonly entryId: string;
  readonly lang: Language;
  readonly nowMs: number;
}

/** The page where a person sees an entry and does what the API lets its token do. */
export function mountEntryPage(router: IRouter, deps: RouteDeps, overviews: Overviews): void {
  router.get('/p/:prefecture/entries/:entryId', async (req, res) => {
    const visit = await visitOf(deps, req, res, 'read');
    sendPersonalPage(res, 200, tokenPage(visit));
  });

  router.post('/p/:prefecture/entries/:entryId', form, async (req, res) => {
    const visit = await visitOf(deps, req, res, 'change');
    const parsed = Fields.safeParse(req.body ?? {});
    if (!parsed.success) return sendPersonalPage(res, 400, tokenPage(visit, 'unknown'));
    const { token, action } = parsed.data;
    // Before anything is read: whether an entry exists is told only to who holds its token.
    if (!deps.tokens.isEntryToken(visit.prefecture.id, visit.entryId, token)) {
      return sendPersonalPage(res, 403, tokenPage(visit, 'token'));
    }
    if (action === 'cancel' || action === 'withdraw' || action === 'end_mandate') {
      const shown = { ...visit, token, offerId: parsed.data.offer };
      return sendPersonalPage(res, 200, confirmPage(shown, action));
    }
    if (action === 'explain') {
      const explained = await explanationOf(deps, visit, parsed.data);
      if (explained !== undefined) return sendPersonalPage(res, 200, explained);
    }
    const refusal = await refusalOf(res, () => perform(deps, visit, parsed.data, res));
    if (res.headersSent) return;
    const page = await stateOf(deps, overviews, visit, parsed.data, refusal?.error);
    sendPersonalPage(res, refusal?.status ?? 200, page);
  });
}

async function visitOf(
  deps: RouteDeps,
  req: Request,
  res: Response,
  budget: 'read' | 'change',
): Promise<Visit> {
  res.locals.operation = budget === 'read' ? 'showEntryPage' : 'sendEntryPage';
  await deps.rateLimits.block(req, res, budget);
  const prefecture = await deps.prefectures.get(String(req.params.prefecture));
  const entryId = Identifier.safeParse(req.params.entryId).data;
  if (entryId === undefined) throw new DomainError('entry_not_found', 'no such entry');
  return { prefecture, entryId, lang: langOf(req), nowMs: deps.clock() };
}

async function perform(
  deps: RouteDeps,
  visit: Visit,
  fields: Fields,
  res: Response,
): Promise<void> {
  const { prefecture, entryId, nowMs } = visit;
  switch (fields.action) {
    case 'verify':
      await verifyEntry(deps, prefecture, entryId, { code: fields.code, nowMs });
      return;
    case 'resend':
      await sendNewCode(deps, prefecture, entryId, nowMs);
      return;
    case 'accept':
    case 'decline':
      await settleOffer(deps, prefecture, ownOffer(visit, fields), fields.action, nowMs);
      return;
    case 'cancel_confirmed':
      await giveUpAppointment(deps, prefecture, ownOffer(visit, fields), nowMs, fields.impediment);
      return;
    case 'appeal':
      await appeal(deps, visit, fields.statement);
      return;
    case 'receipt_paper':
    case 'certificate_paper':
      return sendEntryPaper(
        deps,
        { ...visit, action: fields.action, isNamed: fields.named !== undefined },
        res,
      );
    case 'end_mandate_confirmed':
      await deps.store.helpers.endMandate(prefecture.id, entryId, { atMs: nowMs, by: 'person' });
      return;
    case 'withdraw_confirmed':
      return withdrawEntry(deps, prefecture, entryId, nowMs);
  }
}

async function appeal(deps: RouteDeps, visit: Visit, statement: string): Promise<void> {
  const { prefecture, entryId, nowMs } = visit;
  if (statement === '') throw new DomainError('input_malformed', 'is empty', 'statement');
  await takeAppeal(deps, prefecture.id, entryId, statement, nowMs);
}

/** The token of one entry answers no offer of another. */
function ownOffer({ entryId }: Visit, { offer = '' }: Fields): string {
  if (parseOfferId(offer)?.entry === entryId) return offer;
  throw new DomainError('offer_not_found', 'no such offer');
}

async function refusalOf(
  res: Response,
  act: () => Promise<void>,
): Promise<{ status: number; error: PageError } | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    setRetryAfter(res, error);
    return { status: problemOf(error).status, error: pageErrors[error.code] ?? 'settled' };
  }
}

const pageErrors: Readonly<Record<string, PageError>> = {
  code_wrong: 'code_wrong',
  code_expired: 'code_expired',
  requests_too_many: 'too_many',
  offer_not_found: 'unknown',
  appointment_not_found: 'unknown',
  absence_not_found: 'unknown',
  mandate_not_found: 'unknown',
  input_malformed: 'unknown',
  certificate_unavailable: 'no_certificate',
  participation_not_found: 'no_certificate',
  place_offered: 'no_certificate',
};

async function stateOf(
  deps: RouteDeps,
  overviews: Overviews,
  visit: Visit,
  { token, action }: Fields,
  error: PageError | undefined,
): Promise<string> {
  const { prefecture, entryId } = visit;
  const entry = await needEntry(deps, prefecture.id, entryId);
  const offer = await heldBy(deps, prefecture.id, entry);
  const overview = await overviews.of(prefecture.id);
  const { findings, participations } = await lookBack(deps, prefecture, entry, overview);
  return statePage({
    ...visit,
    token,
    entry,
    offer,
    offerId: offer && offerId(offer.draw, offer.entry),
    deadlineMs: offer && deadlineOf(prefecture, offer),
    waiting: overview.waiting(entry.requestType),
    nextDrawAtMs: overview.nextDrawAtMs,
    findings: entry.state === 'waiting' ? findings : [],
    participations,
    attempts: attemptsOf({ draws: certifiedDraws(prefecture, participations) }),
    mandate: shownMandate(await standingOfEntry(deps, prefecture, entryId, visit.nowMs)),
    drawsLeft: entry.absence ? absenceView(entry, overview.drawNumber).drawsLeft : 0,
    ...noticeOf(action, error),
    ...(error === undefined ? {} : { error }),
  });
}

/** One draw explained; undefined where there is nothing to explain: then the entry is shown. */
async function explanationOf(
  deps: RouteDeps,
  visit: Visit,
  { draw, token }: Fields,
): Promise<string | undefined> {
  try {
    const { prefecture, entryId } = visit;
    const explained = await needExplained(deps, prefecture, draw, entryId);
    const { tickets, inclusion, explanation } = explanationView(explained);
    return entryDrawPage({ ...visit, token, drawId: draw, parts: explanation, tickets, inclusion });
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

function noticeOf(action: Fields['action'], error: PageError | undefined) {
  if (error !== undefined) return {};
  if (action === 'resend') return { notice: 'resent' } as const;
  return action === 'appeal' ? ({ notice: 'appealed' } as const) : {};
}
