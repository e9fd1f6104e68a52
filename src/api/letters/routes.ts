import { z } from 'zod';
import { DomainError } from '../../base/errors.ts';
import { SOURCE_LANGUAGE } from '../../base/languages.ts';
import { messageParts } from '../../domain/messages/id.ts';
import { parseOfferId } from '../../domain/offers/id.ts';
import { labelOf } from '../../domain/values.ts';
import { letterContext } from '../../identity/person/context.ts';
import { Letter } from '../../notifications/render/letter.ts';
import { createBatchPaper, type LetterFacts } from '../../papers/letter-paper.ts';
import type { StoredLetter } from '../../store/letters/store.ts';
import { textsOf } from '../../texts/catalogues.ts';
import { createDateWriter } from '../../texts/dates.ts';
import { needProof } from '../../usecases/entries/proof.ts';
import { postBatch as post } from '../../usecases/letters/post.ts';
import { answerFor } from '../../usecases/offers/proxy.ts';
import { OfferView } from '../entries/schemas.ts';
import { offerView } from '../entries/view.ts';
import type { RouteDeps } from '../http/deps.ts';
import { attachment } from '../http/headers.ts';
import { route } from '../http/route.ts';
import { OfferId } from '../http/schemas.ts';
import { BatchList, BatchPosted, BatchPosting, DeskAnswer } from './schemas.ts';

/** Letters of one PDF: more would keep everybody else waiting. */
const LETTERS_A_PART = 200;

const tag = 'Letters';
const params = z.strictObject({ day: z.iso.date() });
const written = createDateWriter();

export const listBatches = route({
  id: 'listLetterBatches',
  get: '/letter-batches',
  tag,
  summary: 'Letters that wait to be printed, by day',
  description: 'For people who are reached by post alone. Letters of one local day are a batch.',
  access: { agent: 'readMessages', audit: 'none' },
  answers: { 200: { description: 'The batches, the oldest first.', schema: BatchList } },
  async run({ prefecture }, { store }) {
    return { status: 200, body: { batches: await store.letters.batches(prefecture.id) } };
  },
});

export const printBatch = route({
  id: 'printLetterBatch',
  get: '/letter-batches/{day}',
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
  async run({ prefecture, params: { day }, query, nowMs, note }, deps) {
    const { id, settings } = prefecture;
    const batch = await deps.store.letters.batch(id, day);
    const from = (query.part - 1) * LETTERS_A_PART;
    const part = batch.slice(from, from + LETTERS_A_PART);
    if (part.length === 0) throw new DomainError('batch_not_found', 'no such part', 'part');
    note(part.map(({ message }) => messageParts(message).entry));
    const pdf = await createBatchPaper({
      prefecture: labelOf(settings.labels, SOURCE_LANGUAGE),
      day,
      letters: part.map((letter) => factsOf(deps, id, letter)),
      atMs: nowMs,
      writeDate: (lang, atMs) => written(lang, settings.timeZone, atMs).day,
    });
    const file = textsOf('papers', SOURCE_LANGUAGE)('letter.file', { day, part: query.part });
    const headers = attachment(file);
    return { status: 200, headers, body: pdf };
  },
});

export const postBatch = route({
  id: 'postLetterBatch',
  post: '/letter-batches/{day}/posted',
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
  async run({ prefecture, params: { day }, body }, deps) {
    const letters = await post(deps, prefecture.id, day, body.letters);
    return { status: 200, body: { day, letters } };
  },
});

export const answerAtDesk = route({
  id: 'answerAtDesk',
  post: '/offers/{offerId}/desk-answer',
  tag: 'Entries',
  summary: 'Answer an offer for a person who came, called or wrote',
  description:
    'Or give up an appointment for them. It needs their document or call code, and they are told at ' +
    'once. What frees a place takes effect after `undoMinutes`, unless they undo it; nothing is public ' +
    'before. Repeating it changes nothing.',
  access: { agent: 'answerForPeople' },
  params: z.strictObject({ offerId: OfferId }),
  body: DeskAnswer,
  answers: { 200: { description: 'The offer or appointment.', schema: OfferView } },
  refusals: [
    ...(['appointment_not_found', 'appointment_settled', 'entry_not_found'] as const),
    ...(['offer_not_found', 'offer_settled', 'proof_wrong'] as const),
  ],
  async run({ prefecture, params: { offerId }, body, nowMs }, deps) {
    const { action: act, impediment, proof } = body;
    await needProof(deps, prefecture.id, parseOfferId(offerId)?.entry ?? '', proof);
    const answer = { act, by: 'staff', impediment, nowMs } as const;
    const offer = await answerFor(deps, prefecture, offerId, answer);
    return { status: 200, body: offerView(prefecture, offer, nowMs) };
  },
});

function factsOf(
  { vault }: Pick<RouteDeps, 'vault'>,
  prefecture: string,
  stored: StoredLetter,
): LetterFacts {
  const { message, sealed } = stored;
  const text = vault.openText(sealed, letterContext(prefecture, message));
  return { ...Letter.parse(JSON.parse(text)), entry: messageParts(message).entry };
}
