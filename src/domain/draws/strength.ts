import type { Entropy, PlannedEntropy } from '../../allocator/types.ts';
import type { DrawRecord } from './draw.ts';

/** `weaker`: the operator could have a hand in the randomness. */
export const STRENGTHS = ['public_beacon', 'weaker'] as const;
export type Strength = (typeof STRENGTHS)[number];

/** Whether the randomness of a draw, planned or revealed, is an operator's secret. Pure. */
export function isWeaker(entropy: PlannedEntropy | Entropy): boolean {
  return 'secret' in entropy || ('source' in entropy && entropy.source === 'operator');
}

/** How far the randomness of a draw is out of the operator's hands. Pure. */
export function strengthOf({ entropy }: Pick<DrawRecord, 'entropy'>): Strength {
  return isWeaker(entropy) ? 'weaker' : 'public_beacon';
}
