import type { z } from 'zod';
import type { ClosureCounts, ClosureRecord } from '../../domain/closures/closure.ts';
import type { Frozen } from '../http/route.ts';
import { instant, instantOrNull } from '../http/schemas.ts';
import type { ClosureView } from './schemas.ts';

/** A closure, and what it has taken back so far. Pure. */
export function closureView(
  closure: ClosureRecord,
  takenBack: ClosureCounts,
): Frozen<z.infer<typeof ClosureView>> {
  const { id, atMs, agent, cause, text, scope, desks, slots, doneAtMs } = closure;
  const days = 'slots' in scope ? undefined : scope;
  return {
    id,
    at: instant(atMs),
    agent,
    cause,
    text: text ?? null,
    scope: {
      slots: 'slots' in scope ? scope.slots : null,
      from: days?.from ?? null,
      to: days?.to ?? null,
      site: days?.site ?? null,
      requestType: days?.requestType ?? null,
    },
    desks: desks ?? null,
    slots,
    takenBack,
    doneAt: instantOrNull(doneAtMs),
  };
}
