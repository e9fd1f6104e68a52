import { z } from 'zod';
import { DomainError } from '../../base/errors.ts';
import { toldDeadline } from '../../domain/offers/end.ts';
import type { OfferRecord } from '../../domain/offers/offer.ts';
import { OFFER_ANSWERS } from '../../domain/offers/state.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { settleOffer } from '../../usecases/offers/settle.ts';
import { questionPage, refusalPage, resultPage } from '../../web/answer/page.ts';
import { pagePolicy } from '../../web/kit/layout.ts';
import { refusedPage } from '../../web/kit/refused-page.ts';
import { authenticateLink } from '../http/auth.ts';
import { route } from '../http/route.ts';
import { OfferId } from '../http/schemas.ts';
import { type Attempt, attempt, type Tells, tells } from '../http/told.ts';

// The page behind a one-click link. GET shows a button, only POST answers: scanners of mail follow
// every link.

const tag = 'Applicants';
const params = z.strictObject({ offerId: OfferId });
const query = z.strictObject({
  action: z.enum(OFFER_ANSWERS),
  signature: z.string().min(1).max(200),
});
const page = (description: string) =>
  ({ description, schema: z.string(), type: 'text/html' }) as const;
/** People who follow a link get refusals as a page, too. */
const refused = page('A page that says why the link does nothing.');
const failed = page('A page that says that it could not be done.');

/** A refusal as a page, with its status. */
interface Refused<Status extends number> {
  readonly status: Status;
  readonly html: string;
}
type Always = 401 | 404 | 410 | 429 | 500;

export const showAnswer = route({
  id: 'showAnswer',
  get: '/offers/{offerId}/answer',
  tag,
  summary: 'The page behind a one-click link',
  description: 'Shows a button and answers nothing: mail scanners follow links.',
  access: 'signature',
  params,
  query,
  answers: {
    200: page('A page with a button.'),
    401: refused,
    404: refused,
    410: refused,
    429: refused,
    500: failed,
  },
  refusals: ['offer_not_found', 'link_expired'],
  async run({ prefecture, params: { offerId }, query: { action, signature }, nowMs }, deps) {
    const shown = await attempt(deps.logger, showTells, async () => {
      const claim = { prefecture: prefecture.id, offer: offerId, action, nowMs };
      authenticateLink(deps.tokens, claim, signature);
      const offer = await deps.store.offers.get(prefecture.id, offerId);
      if (!offer) throw new DomainError('offer_not_found', 'no such offer');
      const of = pageOf(prefecture, offer, nowMs);
      return offer.state === 'pending' ? questionPage(of, action) : resultPage(of);
    });
    return replyOf(shown);
  },
});

export const sendAnswer = route({
  id: 'sendAnswer',
  post: '/offers/{offerId}/answer',
  tag,
  summary: 'The button of that page',
  access: 'signature',
  params,
  query,
  answers: {
    200: page('A page with the result.'),
    401: refused,
    404: refused,
    409: refused,
    410: refused,
    429: refused,
    500: failed,
  },
  refusals: ['offer_not_found', 'offer_settled', 'link_expired'],
  async run({ prefecture, params: { offerId }, query: { action, signature }, nowMs }, deps) {
    const answered = await attempt(deps.logger, sendTells, async () => {
      const claim = { prefecture: prefecture.id, offer: offerId, action, nowMs };
      authenticateLink(deps.tokens, claim, signature);
      const offer = await settleOffer(deps, prefecture, offerId, action, nowMs);
      return resultPage(pageOf(prefecture, offer, nowMs));
    });
    return replyOf(answered);
  },
});

const told = {
  credentials_rejected: { status: 401, html: refusalPage('bad') },
  link_expired: { status: 410, html: refusalPage('linkOver') },
  offer_not_found: { status: 404, html: refusalPage('bad') },
  requests_too_many: { status: 429, html: refusedPage(429) },
} as const;
const bug = { status: 500, html: refusedPage(500) } as const;

// Their types are written out, for the routes name them before they are made.
const showTells: Tells<Refused<Always>> = tells({
  route: showAnswer,
  also: ['credentials_rejected'],
  told,
  bug,
});
const sendTells: Tells<Refused<Always | 409>> = tells({
  route: sendAnswer,
  also: ['credentials_rejected'],
  told: { ...told, offer_settled: { status: 409, html: refusalPage('over') } },
  bug,
});

function pageOf(prefecture: Prefecture, offer: OfferRecord, nowMs: number) {
  return { prefecture, offer, deadlineMs: toldDeadline(prefecture, offer, nowMs) };
}

/** The address holds the signature: it must not travel on. */
const headers = { 'Content-Security-Policy': pagePolicy, 'Referrer-Policy': 'no-referrer' };

function replyOf<Status extends number>({ done, refused: why }: Attempt<string, Refused<Status>>) {
  if (why) return { status: why.said.status, headers, body: why.said.html };
  return { status: 200, headers, body: done } as const;
}
