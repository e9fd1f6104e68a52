import { expect, test } from 'vitest';
import { LANGUAGES, languages } from '#src/base/languages.ts';
import { textsOf } from '#src/texts/catalogues.ts';
import { createDateWriter } from '#src/texts/dates.ts';
import { PSEUDO, pseudoMessage, pseudoText } from '../support/pseudo.ts';

test('the pseudo-language has a row, a direction and every text, in tests only', () => {
  expect(languages).toContain(PSEUDO);
  expect(LANGUAGES[PSEUDO].dir).toBe('rtl');
  expect(textsOf('common', PSEUDO)('fact', { term: 'a', value: 'b' })).toBe('a : b');
});

test('its texts have no plain letter, are 40 % longer, and keep arguments and plurals', () => {
  expect(pseudoText('Bonjour à tous')).not.toMatch(/[A-Za-zàâçéèêëîïôûùü]/);
  expect(pseudoText('a'.repeat(100)).length).toBeGreaterThanOrEqual(140);
  const message = pseudoMessage('Bonjour {name}, {count, plural, one {# jour} other {# jours}}');
  expect(message).toContain('{name}');
  expect(message).toMatch(/\{count, plural, one \{# .*\} other \{# .*\}\}$/);
  expect(message.replaceAll(/\{name\}|count, plural|one|other/g, '')).not.toMatch(/[a-z]/);
});

test('its dates are in no language of the catalogues', () => {
  const { when } = createDateWriter()(PSEUDO, 'Europe/Paris', Date.UTC(2026, 11, 1));
  expect(when).not.toMatch(/[a-z]/i);
});
