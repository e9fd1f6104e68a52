import { z } from 'zod';
import { Impediment } from '../absences/schemas.ts';
import { OfferView } from '../entries/schemas.ts';
import { operation } from '../http/operation.ts';
import { OfferId } from '../http/schemas.ts';

const tag = 'Applicants';
const params = z.strictObject({ offerId: OfferId });
const Signature = z.string().min(1).max(200);
const signed = z.strictObject({ signature: Signature.optional() });
const impediment = Impediment.optional().meta({
  description: 'What keeps the person from coming.',
});
const answerQuery = z.strictObject({
  action: z.enum(['accept', 'decline']),
  signature: Signature,
});
const page = (description: string) => ({ description, schema: z.string(), type: 'text/html' });

export const acceptOffer = operation({
  id: 'acceptOffer',
  method: 'post',
  path: '/offers/{offerId}/accept',
  tag,
  summary: 'Accept an offer',
  description: "With the entry's token, or the signature of a link. Repeating it changes nothing.",
  access: 'entry_or_signature',
  params,
  query: signed,
  answers: { 200: { description: 'The appointment.', schema: OfferView } },
  refusals: ['offer_not_found', 'offer_settled', 'link_expired'],
});

export const declineOffer = operation({
  id: 'declineOffer',
  method: 'post',
  path: '/offers/{offerId}/decline',
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
});

export const showAnswer = operation({
  id: 'showAnswer',
  method: 'get',
  path: '/offers/{offerId}/answer',
  tag,
  summary: 'The page behind a one-click link',
  description: 'Shows a button and answers nothing: mail scanners follow links.',
  access: 'signature',
  params,
  query: answerQuery,
  answers: { 200: page('A page with a button.') },
  refusals: ['offer_not_found', 'link_expired'],
});

export const sendAnswer = operation({
  id: 'sendAnswer',
  method: 'post',
  path: '/offers/{offerId}/answer',
  tag,
  summary: 'The button of that page',
  access: 'signature',
  params,
  query: answerQuery,
  answers: { 200: page('A page with the result.') },
  refusals: ['offer_not_found', 'offer_settled', 'link_expired'],
});

export const cancelAppointment = operation({
  id: 'cancelAppointment',
  method: 'delete',
  path: '/appointments/{appointmentId}',
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
});
