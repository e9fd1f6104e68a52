import type { IRouter, Request } from 'express';
import type { Impediment } from '../../domain/absences/rule.ts';
import { giveUpAppointment } from '../../usecases/entries/hands.ts';
import { settleOffer } from '../../usecases/offers/settle.ts';
import { offerView } from '../entries/view.ts';
import { authenticateEntry, authenticateLink } from '../http/auth.ts';
import type { RouteDeps } from '../http/deps.ts';
import { type Call, mount } from '../http/legacy-mount.ts';
import { acceptOffer, cancelAppointment, declineOffer } from './operations.ts';

/** An answer to an offer; who accepts has no impediment. */
type AnswerCall = Call<
  { readonly offerId: string },
  { readonly signature?: string | undefined; readonly impediment?: Impediment | undefined },
  unknown
>;

/** Answers to offers, and giving up the appointment that followed. */
export function mountOffers(router: IRouter, deps: RouteDeps): void {
  const { tokens, metrics } = deps;
  // Counted, and kept nowhere: what kept somebody is nobody's business.
  const countImpediment = (impediment: Impediment | undefined) => {
    if (impediment !== undefined) metrics.impediments.inc({ impediment });
  };

  const authenticate = (
    req: Request,
    claim: Parameters<typeof authenticateLink>[1],
    signature: string | undefined,
  ) => {
    if (signature !== undefined) authenticateLink(tokens, claim, signature);
    else authenticateEntry(tokens, req, claim.prefecture, { offerId: claim.offer });
  };

  const answer = async (
    { req, res, prefecture, params, query, nowMs }: AnswerCall,
    action: 'accept' | 'decline',
  ) => {
    const claim = { prefecture: prefecture.id, offer: params.offerId, action, nowMs };
    authenticate(req, claim, query.signature);
    const offer = await settleOffer(deps, prefecture, params.offerId, action, nowMs);
    countImpediment(query.impediment);
    res.setHeader('Cache-Control', 'no-store');
    res.json(offerView(prefecture, offer));
  };
  mount(router, deps, acceptOffer, (call) => answer(call, 'accept'));
  mount(router, deps, declineOffer, (call) => answer(call, 'decline'));

  mount(router, deps, cancelAppointment, async ({ res, prefecture, params, query, nowMs }) => {
    const { appointmentId } = params;
    await giveUpAppointment(deps, prefecture, appointmentId, nowMs, query.impediment);
    res.status(204).end();
  });
}
