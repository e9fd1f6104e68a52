import { z } from 'zod';
import { OfferView } from '../entries/schemas.ts';
import { operation } from '../http/operation.ts';
import { OfferId } from '../http/schemas.ts';
import { BatchList, BatchPosted, BatchPosting, DeskAnswer } from './schemas.ts';

const tag = 'Letters';
const params = z.strictObject({ day: z.iso.date() });
const path = '/letter-batches/{day}';

export const listBatches = operation({
  id: 'listLetterBatches',
  method: 'get',
  path: '/letter-batches',
  tag,
  summary: 'Letters that wait to be printed, by day',
  description: 'For people who are reached by post alone. Letters of one local day are a batch.',
  access: { agent: 'readMessages', audit: 'none' },
  answers: { 200: { description: 'The batches, the oldest first.', schema: BatchList } },
});

export const printBatch = operation({
  id: 'printLetterBatch',
  method: 'get',
  path,
  tag,
  summary: 'The letters of a day, ready to print',
  description:
    'A PDF, each letter on sheets of its own, the address where windows of envelopes are. A large ' +
    'batch comes in parts. Printing changes nothing: it can be repeated until the batch is posted.',
  access: { agent: 'printLetters' },
  params,
  query: z.strictObject({
    part: z.coerce.number().int().min(1).max(1000).default(1).meta({
      description: 'Of a batch of more than 200 letters: which 200.',
    }),
  }),
  answers: { 200: { description: 'The letters.', schema: z.string(), type: 'application/pdf' } },
  refusals: ['batch_not_found'],
});

export const postBatch = operation({
  id: 'postLetterBatch',
  method: 'post',
  path: `${path}/posted`,
  tag,
  summary: 'Say that the letters of a day were posted',
  description:
    'They are deleted. The count must be that of the batch: a letter that came after printing is ' +
    'not lost.',
  access: { agent: 'postLetters' },
  params,
  body: BatchPosting,
  answers: { 200: { description: 'The letters are gone.', schema: BatchPosted } },
  refusals: ['batch_changed', 'batch_not_found'],
});

export const answerAtDesk = operation({
  id: 'answerAtDesk',
  method: 'post',
  path: '/offers/{offerId}/desk-answer',
  tag: 'Entries',
  summary: 'Answer an offer for a person who came, called or wrote',
  description: 'Or give up an appointment for them. Repeating it changes nothing.',
  access: { agent: 'answerForPeople' },
  params: z.strictObject({ offerId: OfferId }),
  body: DeskAnswer,
  answers: { 200: { description: 'The offer or appointment.', schema: OfferView } },
  refusals: ['appointment_not_found', 'appointment_settled', 'offer_not_found', 'offer_settled'],
});
