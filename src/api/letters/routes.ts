import type { IRouter } from 'express';
import { DomainError } from '../../base/errors.ts';
import { letterContext } from '../../identity/person/context.ts';
import { Letter } from '../../notifications/render/letter.ts';
import { createDateWriter } from '../../notifications/render/written-dates.ts';
import { createBatchPaper, type LetterFacts } from '../../papers/letter-paper.ts';
import type { StoredLetter } from '../../store/letters/store.ts';
import { giveUpAppointment } from '../../usecases/entries/hands.ts';
import { settleOffer } from '../../usecases/offers/settle.ts';
import { offerView } from '../entries/view.ts';
import { mount, type RouteDeps } from '../http/mount.ts';
import { sendPaper } from '../papers/routes.ts';
import { answerAtDesk, listBatches, postBatch, printBatch } from './operations.ts';

/** Letters of one PDF: more would keep everybody else waiting. */
const LETTERS_A_PART = 200;

const written = createDateWriter();

/** Post for people without e-mail or telephone: what is to be printed, and what was posted. */
export function mountLetters(router: IRouter, deps: RouteDeps): void {
  const { letters } = deps.store;

  mount(router, deps, listBatches, async ({ res, prefecture }) => {
    res.json({ batches: await letters.batches(prefecture.id) });
  });

  mount(router, deps, printBatch, async ({ res, prefecture, params, query, nowMs, note }) => {
    const { id, settings } = prefecture;
    const batch = await letters.batch(id, params.day);
    const from = (query.part - 1) * LETTERS_A_PART;
    const part = batch.slice(from, from + LETTERS_A_PART);
    if (part.length === 0) throw new DomainError('batch_not_found', 'no such part', 'part');
    note(part.map(({ message }) => message.split('.')[1] ?? ''));
    const pdf = await createBatchPaper({
      prefecture: settings.labels.fr,
      day: params.day,
      letters: part.map((letter) => factsOf(deps, id, letter)),
      atMs: nowMs,
      writeDate: (lang, atMs) => written(lang, settings.timeZone, atMs).day,
    });
    sendPaper(res, `lettres-${params.day}-${query.part}.pdf`, pdf);
  });

  mount(router, deps, postBatch, async ({ res, prefecture, params, body }) => {
    const batch = await letters.batch(prefecture.id, params.day);
    if (batch.length !== body.letters) {
      const detail = `this batch has ${batch.length} letters: print it again`;
      throw new DomainError('batch_changed', detail, 'letters');
    }
    await letters.remove(
      prefecture.id,
      batch.map(({ message }) => message),
    );
    res.json({ day: params.day, letters: batch.length });
  });
}

/** What agents answer for people who cannot by themselves. */
export function mountDeskAnswers(router: IRouter, deps: RouteDeps): void {
  mount(router, deps, answerAtDesk, async ({ res, prefecture, params, body, nowMs }) => {
    const { offerId } = params;
    if (body.action !== 'cancel') {
      const offer = await settleOffer(deps, prefecture, offerId, body.action, nowMs);
      res.json(offerView(prefecture, offer));
      return;
    }
    await giveUpAppointment(deps, prefecture, offerId, nowMs, body.impediment);
    const offer = await deps.store.offers.get(prefecture.id, offerId);
    if (!offer) throw new Error(`appointment ${offerId} was given up and is not there`);
    res.json(offerView(prefecture, offer));
  });
}

function factsOf({ vault }: RouteDeps, prefecture: string, stored: StoredLetter): LetterFacts {
  const { message, sealed } = stored;
  const text = vault.openText(sealed, letterContext(prefecture, message));
  const { language, ...letter } = Letter.parse(JSON.parse(text));
  return { ...letter, lang: language, entry: message.split('.')[1] ?? '' };
}
