import { hourMs } from '../../base/units.ts';
import type { DrawRecord } from './draw.ts';

/** A draw that is under way, or waits for its randomness, has a result long before. */
export const OVERDUE_AFTER_MS = hourMs;

/**
 * Whether a draw ought to have a result by now and has none: planned and never held, or frozen and
 * never drawn. Whoever runs a service may keep silent where a result would not suit. Pure.
 */
export function isOverdue(
  { state, atMs }: Pick<DrawRecord, 'state' | 'atMs'>,
  nowMs: number,
): boolean {
  return (state === 'scheduled' || state === 'frozen') && nowMs > atMs + OVERDUE_AFTER_MS;
}
