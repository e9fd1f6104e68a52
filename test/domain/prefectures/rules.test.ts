import { expect, test } from 'vitest';
import { changesRules, rulesOf } from '#src/domain/prefectures/rules.ts';
import { samplePrefecture } from '../../support/samples.ts';

const before = samplePrefecture();
const withSettings = (settings: Partial<typeof before.settings>) => ({
  ...before,
  settings: { ...before.settings, ...settings },
});

test('settings that decide on answers, silences and absences are public rules', () => {
  expect(Object.keys(rulesOf(before).settings).sort()).toMatchInlineSnapshot(`
    [
      "absenceDraws",
      "answerHours",
      "entriesPerContact",
      "lateCancelHours",
      "minAnswerHours",
      "noticeHours",
      "quietFrom",
      "quietUntil",
      "silencesAllowed",
    ]
  `);
});

test('a change of one of them is a change of rules; one of other settings is none', () => {
  expect(changesRules(before, withSettings({ answerHours: 5 }))).toBe(true);
  expect(changesRules(before, { ...before, rules: { priorityMax: 3 } })).toBe(true);
  expect(changesRules(before, withSettings({ keepDays: 5, reminderHours: 1 }))).toBe(false);
  expect(changesRules(before, samplePrefecture())).toBe(false);
});
