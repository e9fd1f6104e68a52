import { DomainError } from './errors.ts';

export const DRAW_STATES = ['scheduled', 'frozen', 'drawn', 'published', 'closed', 'void'] as const;
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
  | 'void';

/** The whole life of a draw. A pair missing here cannot happen. */
const transitions: Record<DrawState, Partial<Record<DrawEvent, DrawState>>> = {
  scheduled: { freeze: 'frozen', void: 'void' },
  frozen: { seal: 'drawn', void: 'void' },
  drawn: { publish: 'published', void: 'void' },
  published: { close: 'closed', void: 'void' },
  closed: {},
  void: {},
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
