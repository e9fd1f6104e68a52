import type { IRouter, Response } from 'express';
import { DomainError } from '../../base/errors.ts';
import { settleOffer } from '../../usecases/offers/settle.ts';
import { questionPage, refusalPage, resultPage } from '../../web/answer/page.ts';
import { pagePolicy } from '../../web/kit/layout.ts';
import { deadlineOf } from '../entries/view.ts';
import { authenticateLink } from '../http/auth.ts';
import type { RouteDeps } from '../http/deps.ts';
import { mount } from '../http/legacy-mount.ts';
import { problemOf } from '../http/problem.ts';
import { sendAnswer, showAnswer } from '../offers/operations.ts';

/**
 * The page behind a one-click link. GET shows a button, only POST answers: scanners of mail follow
 * every link.
 */
export function mountAnswerPage(router: IRouter, deps: RouteDeps): void {
  const { store, tokens } = deps;

  mount(router, deps, showAnswer, ({ res, prefecture, params, query, nowMs }) =>
    orRefusal(res, async () => {
      const { action, signature } = query;
      const claim = { prefecture: prefecture.id, offer: params.offerId, action, nowMs };
      authenticateLink(tokens, claim, signature);
      const offer = await store.offers.get(prefecture.id, params.offerId);
      if (!offer) throw new DomainError('offer_not_found', 'no such offer');
      const shown = { prefecture, offer, deadlineMs: deadlineOf(prefecture, offer) };
      const open = offer.state === 'pending';
      sendPage(res, 200, open ? questionPage(shown, action) : resultPage(shown));
    }),
  );

  mount(router, deps, sendAnswer, ({ res, prefecture, params, query, nowMs }) =>
    orRefusal(res, async () => {
      const { action, signature } = query;
      const claim = { prefecture: prefecture.id, offer: params.offerId, action, nowMs };
      authenticateLink(tokens, claim, signature);
      const offer = await settleOffer(deps, prefecture, params.offerId, action, nowMs);
      const shown = { prefecture, offer, deadlineMs: deadlineOf(prefecture, offer) };
      sendPage(res, 200, resultPage(shown));
    }),
  );
}

/** People who follow a link get refusals as a page, too. */
async function orRefusal(res: Response, answer: () => Promise<void>): Promise<void> {
  try {
    await answer();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { status, code } = problemOf(error);
    const why = code === 'offer_settled' ? 'over' : code === 'link_expired' ? 'linkOver' : 'bad';
    sendPage(res, status, refusalPage(why));
  }
}

function sendPage(res: Response, status: number, text: string): void {
  res.setHeader('Content-Security-Policy', pagePolicy);
  res.setHeader('Cache-Control', 'no-store');
  // The address holds the signature: it must not travel on.
  res.setHeader('Referrer-Policy', 'no-referrer');
  res.status(status).type('text/html').send(text);
}
