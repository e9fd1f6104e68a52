import { expect, test } from 'vitest';
import { freesCap, isMandateCurrent, mayAct } from '#src/domain/helpers/mandate.ts';

test('a mandate holds on its days, both ends included, until it is ended', () => {
  const term = { from: '2026-12-01', until: '2026-12-31' };
  const days = ['2026-11-30', '2026-12-01', '2026-12-31', '2027-01-01'];
  expect(days.map((day) => isMandateCurrent(term, day))).toEqual([false, true, true, false]);
  const ended = { atMs: 1, by: 'person' } as const;
  expect(isMandateCurrent({ ...term, ended }, '2026-12-01')).toBe(false);
});

test('only an agent who ends a mandate frees the cap of its helper', () => {
  const by = ['person', 'agent', 'helper'] as const;
  expect(by.filter((one) => freesCap({ atMs: 1, by: one }))).toEqual(['agent']);
});

test('a helper that was revoked acts no more', () => {
  expect([mayAct({}), mayAct({ revokedAtMs: 0 })]).toEqual([true, false]);
});
