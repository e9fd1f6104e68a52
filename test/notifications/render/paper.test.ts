import { afterEach, expect, test } from 'vitest';
import { languages } from '#src/base/languages.ts';
import { letterOf } from '#src/notifications/render/letter.ts';
import { createRenderer } from '#src/notifications/render/render.ts';
import type { MessageFacts } from '#src/notifications/render/templates.ts';
import { catalogueOf, register } from '#src/texts/catalogues.ts';
import { facts } from '../support/facts.ts';

const original = new Map(languages.map((language) => [language, catalogueOf(language)]));
afterEach(() => {
  for (const [language, catalogue] of original) register(language, catalogue);
});

/** What of a message is of no use on paper, in the words of `texts`. */
const offPaper = ['booked.file', 'footer.automatic', 'offer.accept', 'offer.decline'] as const;

function reword(): void {
  for (const [language, catalogue] of original) {
    const reworded = Object.fromEntries(offPaper.map((key) => [key, `Reworded ${key}`]));
    register(language, { ...catalogue, messages: { ...catalogue.messages, ...reworded } });
  }
}

const printed = (kind: keyof MessageFacts, language: (typeof languages)[number]) => {
  const { renderMessage } = createRenderer({ organizerEmail: 'rdv@example.org' });
  const message = renderMessage(kind, language, facts[kind]);
  return { message, paragraphs: letterOf('Ada', ['a'], message).paragraphs.join('\n\n') };
};

test.each(languages)(
  'rewording what only an e-mail says never prints it on paper: %s',
  (language) => {
    const before = (['booked', 'offer', 'reminder'] as const).map((kind) =>
      printed(kind, language),
    );
    reword();
    const after = (['booked', 'offer', 'reminder'] as const).map((kind) => printed(kind, language));
    for (const [at, { message, paragraphs }] of after.entries()) {
      expect(message.text).toContain('Reworded');
      expect(paragraphs).toBe(before[at]?.paragraphs);
    }
  },
);
