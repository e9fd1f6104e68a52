import type { z } from 'zod';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { instant } from '../http/schemas.ts';
import type { Pause } from './schemas.ts';

/** Since when, and why, draws and offers stand still; null where they do not. Pure. */
export function pauseView(paused: Prefecture['paused']): z.infer<typeof Pause> {
  return paused ? { reason: paused.reason, since: instant(paused.sinceMs) } : null;
}
