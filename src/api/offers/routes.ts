import { z } from 'zod';
import type { OfferAnswer } from '../../domain/offers/state.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { giveUpAppointment } from '../../usecases/appointments/give-up.ts';
import { undoAnswer as undo } from '../../usecases/offers/proxy.ts';
import { settleOffer } from '../../usecases/offers/settle.ts';
import { Impediment } from '../absences/schemas.ts';
import { OfferView } from '../entries/schemas.ts';
import { offerView } from '../entries/view.ts';
import { authenticateLink } from '../http/auth.ts';
import type { RouteDeps } from '../http/deps.ts';
import { route } from '../http/route.ts';
import { OfferId } from '../http/schemas.ts';

// Answers to offers, and giving up the appointment that followed.

const tag = 'Applicants';
const params = z.strictObject({ offerId: OfferId });
const signed = z.strictObject({ signature: z.string().min(1).max(200).optional() });
const impediment = Impediment.optional().meta({
  description: 'What keeps the person from coming.',
});

export const acceptOffer = route({
  id: 'acceptOffer',
  post: '/offers/{offerId}/accept',
  tag,
  summary: 'Accept an offer',
  description: "With the entry's token, or the signature of a link. Repeating it changes nothing.",
  access: 'entry_or_signature',
  params,
  query: signed,
  answers: { 200: { description: 'The appointment.', schema: OfferView } },
  refusals: ['offer_not_found', 'offer_settled', 'link_expired'],
  async run({ prefecture, params: { offerId }, query: { signature }, nowMs }, deps) {
    checkSignature(deps, prefecture, { offerId, action: 'accept', nowMs }, signature);
    const offer = await settleOffer(deps, prefecture, offerId, 'accept', nowMs);
    return { status: 200, body: offerView(prefecture, offer, nowMs) };
  },
});

export const declineOffer = route({
  id: 'declineOffer',
  post: '/offers/{offerId}/decline',
  tag,
  summary: 'Decline an offer',
  description:
    'The entry stays on the waitlist, with all the draws that it missed before; the place goes ' +
    'down the reserve list.',
  access: 'entry_or_signature',
  params,
  query: signed.extend({ impediment }),
  answers: { 200: { description: 'The declined offer.', schema: OfferView } },
  refusals: ['offer_not_found', 'offer_settled', 'link_expired'],
  async run({ prefecture, params: { offerId }, query, nowMs }, deps) {
    checkSignature(deps, prefecture, { offerId, action: 'decline', nowMs }, query.signature);
    const offer = await settleOffer(deps, prefecture, offerId, 'decline', nowMs, query);
    return { status: 200, body: offerView(prefecture, offer, nowMs) };
  },
});

export const cancelAppointment = route({
  id: 'cancelAppointment',
  delete: '/appointments/{appointmentId}',
  tag,
  summary: 'Give up an appointment',
  description:
    'The entry waits again. The place never goes to a named person. Given up too late, by the rule ' +
    'of the prefecture (`absenceDraws`, `lateCancelHours`), draws are sat out; a stated impediment ' +
    'excuses that once.',
  access: 'entry',
  params: z.strictObject({ appointmentId: OfferId }),
  query: z.strictObject({ impediment }),
  answers: { 204: { description: 'The appointment is cancelled.' } },
  refusals: ['appointment_not_found', 'appointment_settled'],
  async run({ prefecture, params: { appointmentId }, query, nowMs }, deps) {
    await giveUpAppointment(deps, prefecture, appointmentId, nowMs, query);
    return { status: 204 };
  },
});

export const undoAnswer = route({
  id: 'undoAnswer',
  post: '/offers/{offerId}/undo',
  tag,
  summary: 'Undo what staff or a helper did about an offer',
  description:
    'For so many minutes as `undoMinutes` says. What was declined, cancelled or left is as if it had ' +
    'never been; an appointment that was accepted is given up, and costs nothing. Repeating it changes ' +
    'nothing.',
  access: 'entry',
  params,
  answers: { 200: { description: 'The offer or appointment.', schema: OfferView } },
  refusals: ['answer_final', 'offer_not_found'],
  async run({ prefecture, params: { offerId }, nowMs }, deps) {
    const offer = await undo(deps, prefecture, offerId, nowMs);
    return { status: 200, body: offerView(prefecture, offer, nowMs) };
  },
});

/** A request without a signature came with the entry's token, which is checked by now. */
function checkSignature(
  { tokens }: Pick<RouteDeps, 'tokens'>,
  prefecture: Prefecture,
  asked: {
    readonly offerId: string;
    readonly action: OfferAnswer;
    readonly nowMs: number;
  },
  signature: string | undefined,
): void {
  if (signature === undefined) return;
  const { offerId: offer, action, nowMs } = asked;
  authenticateLink(tokens, { prefecture: prefecture.id, offer, action, nowMs }, signature);
}
