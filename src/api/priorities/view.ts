import type { z } from 'zod';
import type { PriorityRecord } from '../../domain/priorities/priority.ts';
import { instant, instantOrNull } from '../http/schemas.ts';
import type { PriorityView } from './schemas.ts';

/** A priority as agents see it. Pure. */
export function priorityView(
  entry: string,
  priority: PriorityRecord,
): z.infer<typeof PriorityView> {
  const { state, ground, untilMs, proposedBy, proposedAtMs, settledBy, settledAtMs } = priority;
  return {
    entry,
    state,
    ground,
    until: instant(untilMs),
    proposedBy,
    proposedAt: instant(proposedAtMs),
    settledBy: settledBy ?? null,
    settledAt: instantOrNull(settledAtMs),
  };
}
