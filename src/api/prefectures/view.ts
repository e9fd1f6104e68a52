import type { z } from 'zod';
import type { InTheWay } from '../../domain/prefectures/in-the-way.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { instant } from '../http/schemas.ts';
import type { Pause } from './schemas.ts';

/** What a change leaves behind, where there is something, or somebody only asked. Pure. */
export function leftView(inTheWay: readonly InTheWay[], isDryRun: boolean) {
  if (isDryRun) return { dryRun: true as const, inTheWay: [...inTheWay] };
  return inTheWay.length > 0 ? { inTheWay: [...inTheWay] } : {};
}

/** Since when, and why, draws and offers stand still; null where they do not. Pure. */
export function pauseView(paused: Prefecture['paused']): z.infer<typeof Pause> {
  return paused ? { reason: paused.reason, since: instant(paused.sinceMs) } : null;
}
