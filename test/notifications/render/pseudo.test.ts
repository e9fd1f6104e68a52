import { expect, test } from 'vitest';
import { MESSAGE_KINDS } from '#src/domain/messages/kinds.ts';
import { letterOf } from '#src/notifications/render/letter.ts';
import { createRenderer } from '#src/notifications/render/render.ts';
import { PSEUDO } from '../../support/pseudo.ts';
import { facts } from '../support/facts.ts';

const { renderMessage } = createRenderer({ organizerEmail: 'rdv@example.org' });

/** Text without what comes from facts: addresses, ids, names, labels. */
function words(text: string): string {
  const { prefecture, name, requestType, entry } = facts.code;
  const { site, address } = facts.offer.slot;
  const given = [name, requestType.fr, prefecture.labels.fr, site.fr, address.fr, entry];
  const all = [...given, facts.welcome.token, facts.offer.offer];
  const bare = text.replaceAll(/https:\/\/\S+/g, '');
  return all.reduce((rest, one) => rest.replaceAll(one, ''), bare);
}

const seen = {
  absence_decided: { lifted: false, drawsLeft: 2 },
  cancelled: { drawsLeft: 2 },
  booked: { rule: { absenceDraws: 2, lateCancelHours: 24 } },
};

test.each(MESSAGE_KINDS)('%s has all its words in a language that is added', (kind) => {
  const message = renderMessage(kind, PSEUDO, { ...facts[kind], ...Object(Object(seen)[kind]) });
  const { subject, sms, text, html, letter, attachment } = message;
  const [own = ''] = text.split('\n\n---\n');
  for (const part of [subject, sms, own]) expect(words(part)).not.toMatch(/[a-zàâçéèêëîïôûùü]/i);
  expect(html).toMatch(/^<!doctype html>\n<html lang="qps" dir="rtl">/);
  expect(attachment?.content ?? '').not.toMatch(/SUMMARY:[A-Za-z]/);
  expect(letterOf('Ada', ['a'], message).paragraphs).toEqual(letter.paragraphs);
});
