import type { DrawRecord } from './draw.ts';

/** `weaker`: the operator could have a hand in the randomness. */
export type Strength = 'public_beacon' | 'weaker';

/** How far the randomness of a draw is out of the operator's hands. Pure. */
export function strengthOf({ entropy }: Pick<DrawRecord, 'entropy'>): Strength {
  return entropy.source === 'operator' ? 'weaker' : 'public_beacon';
}
