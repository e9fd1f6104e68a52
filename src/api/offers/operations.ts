import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { OfferId } from '../http/schemas.ts';

const tag = 'Applicants';
const params = z.strictObject({ offerId: OfferId });
const answerQuery = z.strictObject({
  action: z.enum(['accept', 'decline']),
  signature: z.string().min(1).max(200),
});
const page = (description: string) => ({ description, schema: z.string(), type: 'text/html' });

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
