import { DomainError } from '../../base/errors.ts';

export const DRAW_STATES = [
  ...(['scheduled', 'frozen', 'drawn', 'published', 'closed', 'void'] as const),
  ...(['superseded', 'skipped'] as const),
] as const;
export type DrawState = (typeof DRAW_STATES)[number];

export type DrawEvent =
  /** The manifest is published: nothing that decides the result can change any more. */
  | 'freeze'
  /** Entropy is known, the outcome is computed and stored. */
  | 'seal'
  /** Every winner has an offer. */
  | 'publish'
  /** The next draw begins: freed places no longer go down this reserve list. */
  | 'close'
  | 'void'
  /** The plan is changed or given up before its freeze. */
  | 'supersede'
  /** There is nothing to draw: nobody waits, or there is no place. */
  | 'skip';

/** The whole life of a draw. A pair missing here cannot happen. */
const transitions: Record<DrawState, Partial<Record<DrawEvent, DrawState>>> = {
  scheduled: { freeze: 'frozen', void: 'void', supersede: 'superseded', skip: 'skipped' },
  frozen: { seal: 'drawn', void: 'void' },
  drawn: { publish: 'published', void: 'void' },
  published: { close: 'closed', void: 'void' },
  closed: {},
  void: {},
  superseded: {},
  skipped: {},
};

/**
 * The state of a draw after an event. Pure.
 *
 * @throws DomainError `draw_settled` if the draw cannot go that way.
 */
export function nextDrawState(state: DrawState, event: DrawEvent): DrawState {
  const next = transitions[state][event];
  if (!next) throw new DomainError('draw_settled', `cannot ${event} a draw that is ${state}`);
  return next;
}

const statesAfter: Record<DrawEvent, readonly DrawState[]> = {
  freeze: ['frozen', 'drawn', 'published', 'closed'],
  seal: ['drawn', 'published', 'closed'],
  publish: ['published', 'closed'],
  close: ['closed'],
  void: ['void'],
  supersede: ['superseded'],
  skip: ['skipped'],
};

/** Why a draw was not held: nobody waited for it, or it had no place to give. */
export const SKIP_REASONS = ['no_entries', 'no_places'] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** Whether a draw counts for nothing, and never will: void, or never held. Pure. */
export function isGivenUp(state: DrawState): boolean {
  return state === 'void' || state === 'superseded' || state === 'skipped';
}

/** Whether another draw may be planned in its place, as its repeat. Pure. */
export function mayBeRepeated(state: DrawState): boolean {
  return state === 'void' || state === 'superseded';
}

/** Whether a draw is past an event, so that a repeat of it has nothing left to do. Pure. */
export function hasHappened(event: DrawEvent, state: DrawState): boolean {
  return statesAfter[event].includes(state);
}

/** How far a draw had come when it was declared void. */
export const VOID_STAGES = ['before_freeze', 'before_result', 'after_result'] as const;
export type VoidStage = (typeof VOID_STAGES)[number];

/** How far a draw has come, as what is public of it tells. Pure. */
export function voidStage(draw: {
  readonly manifestHash?: string;
  readonly outcomeHash?: string;
}): VoidStage {
  if (draw.outcomeHash !== undefined) return 'after_result';
  return draw.manifestHash === undefined ? 'before_freeze' : 'before_result';
}
