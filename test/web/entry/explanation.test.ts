import { expect, test } from 'vitest';
import { inEveryLanguage } from '#src/domain/values.ts';
import { availabilityText } from '#src/web/entry/availability-text.ts';
import { explain } from '#src/web/entry/explanation.ts';

const requestType = inEveryLanguage((language) =>
  language === 'fr' ? 'Carte « salarié »' : '“Employee” permit',
);
const note = inEveryLanguage((language) => `a source, in ${language}`);
const ofType = {
  requestType: 'SALARIE',
  entries: 4,
  lastDrawnRank: 9,
  lastDrawnRankInType: 2,
  lastServedRank: 9,
  lastServedRankInType: 2,
};
const standing = {
  leaf: 0,
  rank: 12,
  rankInType: 3,
  tickets: 2,
  outcome: 'rank_too_low',
  priority: false,
  guaranteed: false,
  ofType,
} as const;
const rules = { quotas: { SALARIE: { min: 120 } }, ageing: { ticketsPerMiss: 1, maxTickets: 6 } };

/** What is told in French. */
function told(entry: object = {}, changed: object = {}): string[] {
  const explained = explain({
    entry: { requestType: 'SALARIE', missed: 1, ...entry },
    standing,
    rules: { ...rules, ...changed },
    requestType,
    entropyNote: note,
    isVoid: false,
    isRefilled: false,
  });
  return explained.flatMap((part) => part.lines).map(({ fr }) => fr);
}
const french = told();

test('a label that has quotation marks gets no second pair', () => {
  expect(french).toContain(
    'Rang 12 dans le tirage, 3 sur 4 pour votre démarche : Carte « salarié ».',
  );
});

test('a quota is told as the rule has it: never more places than there are slots', () => {
  expect(french).toContain(
    'Jusqu’à 120 places sont d’abord pour votre démarche, s’il y a assez de créneaux et d’inscriptions qui peuvent les prendre.',
  );
});

test('numbers and nouns agree', () => {
  const all = told({}, { quotas: { SALARIE: { min: 1, max: 1 } }, priorityMax: 1 }).join(' ');
  expect(all).toContain('Jusqu’à 1 place est d’abord');
  expect(all).toContain('Jusqu’à 1 place va d’abord');
  expect(all).toContain('Votre démarche a 1 place au plus.');
});

test('who goes before all others, or does not for a time, is told why', () => {
  expect(french.join(' ')).not.toMatch(/repris|pour un temps/);
  expect(told({ owed: true }).join(' ')).toContain('La préfecture avait repris un rendez-vous');
  expect(told({ resting: true }).join(' ')).toContain('pour un temps, elle ne l’est plus');
});

test('nothing says that nobody knew the randomness: an operator may have', () => {
  expect(french.join(' ')).toContain('avant que le hasard ne soit public');
});

test.each([
  ['fr', 'antony ; lundi, mardi de 09:00 à 12:00 ; jusqu’au 2026-12-20'],
  ['en', 'antony; Monday, Tuesday from 09:00 to 12:00; until 2026-12-20'],
] as const)('availability is told in the manner of the language: %s', (lang, text) => {
  const windows = [{ days: [1, 2], from: '09:00', until: '12:00' }];
  expect(availabilityText({ sites: ['antony'], windows, notAfter: '2026-12-20' }, lang)).toBe(text);
});

test('who accepts everything is told so', () => {
  expect(availabilityText(undefined, 'fr')).toBe('tous les lieux, jours et heures');
});
