import { DomainError } from '../../base/errors.ts';

/** Why a person may come before the draw: a closed list, so that grounds hold no personal data. */
export const PRIORITY_GROUNDS = [
  'title_expiring',
  'court_order',
  'health',
  'minor',
  'other',
] as const;
export type PriorityGround = (typeof PRIORITY_GROUNDS)[number];

export const PRIORITY_STATES = ['proposed', 'approved', 'refused', 'ended'] as const;
export type PriorityState = (typeof PRIORITY_STATES)[number];

/** What the second agent can decide, or how a priority ends. */
export const PRIORITY_DECISIONS = ['approve', 'refuse', 'end'] as const;

export type PriorityEvent = 'propose' | (typeof PRIORITY_DECISIONS)[number];

/** The whole life of a place on the priority track. A pair missing here cannot happen. */
const transitions: Record<PriorityState, Partial<Record<PriorityEvent, PriorityState>>> = {
  proposed: { approve: 'approved', refuse: 'refused', end: 'ended' },
  approved: { end: 'ended' },
  refused: { propose: 'proposed' },
  ended: { propose: 'proposed' },
};

/**
 * The state of a priority after an event; the first one is a proposal. Pure.
 *
 * @throws DomainError `priority_settled` if it cannot go that way.
 */
export function nextPriorityState(
  state: PriorityState | undefined,
  event: PriorityEvent,
): PriorityState {
  const next = state === undefined ? firstState(event) : transitions[state][event];
  if (next) return next;
  const is = state ?? 'not proposed';
  throw new DomainError('priority_settled', `cannot ${event} a priority that is ${is}`);
}

function firstState(event: PriorityEvent): PriorityState | undefined {
  return event === 'propose' ? 'proposed' : undefined;
}

/**
 * Refuses the agent who proposed: two agents decide on a priority, never one.
 *
 * @throws DomainError `approver_same`
 */
export function checkApprover(proposedBy: string, agent: string): void {
  if (proposedBy !== agent) return;
  throw new DomainError('approver_same', 'whoever proposed a priority cannot approve it');
}
