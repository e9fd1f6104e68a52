import { expect, test } from 'vitest';
import { isWeaker, strengthOf } from '#src/domain/draws/strength.ts';

const hex = '0'.repeat(64);
const operator = { source: 'operator', commitment: hex } as const;
const drand = { source: 'drand', chain: hex } as const;

test('an operator’s secret is weaker than a beacon, planned and revealed', () => {
  expect([isWeaker(operator), isWeaker({ secret: hex })]).toEqual([true, true]);
  const revealed = { randomness: hex, signature: hex };
  expect([isWeaker(drand), isWeaker(revealed)]).toEqual([false, false]);
  expect([strengthOf({ entropy: operator }), strengthOf({ entropy: drand })]).toEqual([
    'weaker',
    'public_beacon',
  ]);
});
