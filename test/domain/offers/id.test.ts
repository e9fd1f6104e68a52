import { expect, test } from 'vitest';
import { offerId, parseOfferId } from '#src/domain/offers/id.ts';

test('an offer id names its draw and its entry', () => {
  expect(parseOfferId(offerId('20261201-abcdef', 'e1'))).toEqual({
    draw: '20261201-abcdef',
    entry: 'e1',
  });
  expect(parseOfferId('20261201-abcdef')).toBeUndefined();
  expect(parseOfferId('a.b.c')).toBeUndefined();
});
