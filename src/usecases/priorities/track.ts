import { dayMs } from '../../base/units.ts';
import type {
  Decider,
  PriorityDecision,
  PriorityRecord,
} from '../../domain/priorities/priority.ts';
import type { PriorityGround } from '../../domain/priorities/state.ts';
import type { UseCaseDeps } from '../deps.ts';

type Deps = Pick<UseCaseDeps, 'store'>;

/**
 * Proposes an entry for the priority track, for so many days from now on. Safe to repeat.
 *
 * @throws DomainError `entry_not_found`, `entry_settled`, `priority_settled`
 */
export function proposePriority(
  { store }: Deps,
  prefecture: string,
  entryId: string,
  { ground, days }: { readonly ground: PriorityGround; readonly days: number },
  by: { readonly agent: string; readonly nowMs: number },
): Promise<PriorityRecord> {
  const untilMs = by.nowMs + days * dayMs;
  return store.priorities.propose(prefecture, entryId, { ground, untilMs, ...by });
}

/**
 * Approves or refuses a proposal, or ends a priority early. Safe to repeat.
 *
 * @throws DomainError `priority_not_found`, `priority_settled`, `approver_same`,
 *   `entry_not_found`, `entry_settled`
 */
export function decidePriority(
  { store }: Deps,
  prefecture: string,
  entryId: string,
  decision: PriorityDecision,
  by: Decider,
): Promise<PriorityRecord> {
  return store.priorities.decide(prefecture, entryId, decision, by);
}
