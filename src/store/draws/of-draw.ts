import { z } from 'zod';
import { ALGORITHMS } from '../../allocator/types.ts';
import type { OfDraw } from '../../domain/draws/recorded.ts';
import type { DrawState } from '../../domain/draws/state.ts';

const Algorithm = z.enum(ALGORITHMS);
const DrawNumber = z.coerce.number().int().min(1);

/** Fields of a draw that scripts write with its manifest, for those that read no JSON. */
export const OF_DRAW_FIELDS = ['algorithm', 'number'] as const;

/**
 * What stands beside the text of a draw. Draws of earlier versions have nothing there, and are of
 * lottery/v1; one that is not frozen yet will be of v2. Pure.
 */
export function decodeOfDraw(
  state: DrawState,
  algorithm: string | null | undefined,
  number: string | null | undefined,
): OfDraw {
  const fallback = state === 'scheduled' ? 'lottery/v2' : 'lottery/v1';
  return {
    algorithm: algorithm ? Algorithm.parse(algorithm) : fallback,
    number: number ? DrawNumber.parse(number) : 0,
  };
}
