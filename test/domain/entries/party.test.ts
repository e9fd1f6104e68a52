import { describe, expect, test } from 'vitest';
import { isMinor, partyMember, peopleOf } from '#src/domain/entries/party.ts';
import { drawEntry } from '#src/domain/entries/pool.ts';
import { sampleEntry } from '../../support/samples.ts';

describe('a child', () => {
  test.each([
    ['2008-12-02', '2026-12-01', true],
    ['2008-12-01', '2026-12-01', false],
    ['2026-12-01', '2026-12-01', true],
    ['2026-12-02', '2026-12-01', false],
    ['2008-02-29', '2026-02-28', true],
    ['2008-02-29', '2026-03-01', false],
    ['0999-01-01', '1016-12-31', true],
  ])('born on %s is under age on %s: %s', (birthDate, onDay, minor) => {
    expect(isMinor(birthDate, onDay)).toBe(minor);
  });
});

test('a draw knows how many come together, and nothing where one comes alone', () => {
  const family = sampleEntry({ party: 4 });
  expect(drawEntry(family, 0, {})).toMatchObject({ id: family.id, party: 4 });
  expect(drawEntry(sampleEntry(), 0, {})).not.toHaveProperty('party');
  expect([peopleOf(family), peopleOf(sampleEntry())]).toEqual([4, 1]);
  expect([partyMember(2), partyMember(1)]).toEqual([{ party: 2 }, {}]);
});
