import type { IRouter, Request } from 'express';
import { authenticateEntry, authenticateLink } from '../auth.ts';
import { offerView } from '../entry-view.ts';
import { mount, type RouteDeps } from '../mount.ts';
import { acceptOffer, cancelAppointment, declineOffer } from '../operations/offers.ts';
import { settleOffer } from '../settle-offer.ts';

/** Answers to offers, and giving up the appointment that followed. */
export function mountOffers(router: IRouter, deps: RouteDeps): void {
  const { store, tokens, waker, metrics } = deps;

  const authenticate = (
    req: Request,
    claim: Parameters<typeof authenticateLink>[1],
    signature: string | undefined,
  ) => {
    if (signature !== undefined) authenticateLink(tokens, claim, signature);
    else authenticateEntry(tokens, req, claim.prefecture, { offerId: claim.offer });
  };

  for (const [op, action] of [
    [acceptOffer, 'accept'],
    [declineOffer, 'decline'],
  ] as const) {
    mount(router, deps, op, async ({ req, res, prefecture, params, query, nowMs }) => {
      const claim = { prefecture: prefecture.id, offer: params.offerId, action, nowMs };
      authenticate(req, claim, query.signature);
      const offer = await settleOffer(deps, prefecture, params.offerId, action, nowMs);
      res.setHeader('Cache-Control', 'no-store');
      res.json(offerView(prefecture, offer));
    });
  }

  mount(router, deps, cancelAppointment, async ({ res, prefecture, params, nowMs }) => {
    const before = await store.offers.get(prefecture.id, params.appointmentId);
    await store.offers.cancel(prefecture.id, params.appointmentId, nowMs);
    if (before?.appointment === 'booked') metrics.offers.inc({ outcome: 'cancelled' });
    waker.soon('offers', prefecture.id);
    waker.soon('dispatch', prefecture.id);
    res.status(204).end();
  });
}
