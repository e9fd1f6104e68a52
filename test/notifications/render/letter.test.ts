import { expect, test } from 'vitest';
import { languages } from '#src/base/languages.ts';
import { MESSAGE_KINDS } from '#src/domain/messages/kinds.ts';
import { letterOf } from '#src/notifications/render/letter.ts';
import { createRenderer } from '#src/notifications/render/render.ts';
import { facts } from '../support/facts.ts';

const { renderMessage } = createRenderer({ organizerEmail: 'rdv@example.org' });
const all = MESSAGE_KINDS.flatMap((kind) => languages.map((language) => ({ kind, language })));

test.each(all)('a letter speaks of no attachment: $kind in $language', ({ kind, language }) => {
  const { paragraphs } = letterOf('Ada', ['a', 'b'], renderMessage(kind, language, facts[kind]));
  expect(paragraphs.join('\n')).not.toMatch(/fichier joint|attached/i);
  expect(paragraphs.join('\n')).not.toContain('---');
});

test.each(all)('a letter has no link that nobody can type: $kind in $language', (one) => {
  const message = renderMessage(one.kind, one.language, facts[one.kind]);
  const printed = letterOf('Ada', ['a', 'b'], message).paragraphs.join('\n');
  expect(printed).not.toMatch(/\?s=|automati/);
  expect(printed).not.toMatch(/^[^\n]*(accept|refuse|decline)[^\n]*:$/im);
  // What can be typed stays.
  expect(printed).toContain(facts.offer.entryUrl);
});

test('its code leads where an offer is accepted, or to the entry', () => {
  const letter = (kind: 'offer' | 'booked') =>
    letterOf('Ada', ['a', 'b'], renderMessage(kind, 'fr', facts[kind]));
  expect(letter('offer').link).toBe(facts.offer.acceptUrl);
  expect(letter('booked').link).toBe(facts.booked.entryUrl);
});
