import { describe, expect, test } from 'vitest';
import { languages } from '#src/base/languages.ts';
import { inEveryLanguage, Labels, labelled, labelOf } from '#src/domain/values.ts';

describe('labels', () => {
  test('are read as they were stored, and with French alone', () => {
    for (const stored of [{ fr: 'Nanterre', en: 'Nanterre' }, { fr: 'Nanterre' }]) {
      expect(Labels.parse(stored)).toEqual(stored);
    }
    expect(Labels.safeParse({ en: 'Nanterre' }).success).toBe(false);
    expect(Labels.safeParse({ fr: 'Nanterre', xx: 'Nanterre' }).success).toBe(false);
  });

  test('are French where a language has none', () => {
    expect(labelOf({ fr: 'Renouvellement', en: 'Renewal' }, 'en')).toBe('Renewal');
    expect(labelOf({ fr: 'Renouvellement' }, 'en')).toBe('Renouvellement');
    expect(labelOf(labelled('gone'), 'en')).toBe('gone');
  });

  test('of our own are there in every language', () => {
    const written = Object.entries(inEveryLanguage((language) => `in ${language}`));
    expect(written).toEqual(languages.map((language) => [language, `in ${language}`]));
    expect(written).toContainEqual(['en', 'in en']);
  });
});
