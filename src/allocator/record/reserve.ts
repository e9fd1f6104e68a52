import type { Identifier } from '../../base/types.ts';
import type { RecordEvent } from '../types.ts';
import { applyEvent } from './reserve-events.ts';
import { freedSlots, named, openState, type ReserveInput } from './reserve-state.ts';

export type { ReserveInput } from './reserve-state.ts';

/** A draw after its outcome: who holds which place, and who gets the next one that is freed. */
export interface Reserve {
  /**
   * Takes one event of the record into account. `at` is `YYYY-MM-DDTHH:MM:SSZ`.
   *
   * @throws DomainError `event_invalid` if its condition (§7) does not hold. Nothing has changed
   * then.
   */
  apply(event: RecordEvent, at: string): void;
  /**
   * The entry that §6 names now for the free places of a slot. Undefined if no place of it is free,
   * nobody is left for it, or the draw is void.
   */
  next(slot: Identifier): Identifier | undefined;
  /** The slots that have free places now, earliest first, then by id. */
  freed(): { slot: Identifier; places: number }[];
}

/**
 * Opens the reserve list of a draw: every winner holds its place (in v1 an offer), none is free yet.
 * Linear in the size of the draw; all events together pass each entry at most once for each request
 * type, size of party, site and moment that had a free place.
 *
 * @throws Error if the parts are not of one draw (a bug of the caller).
 */
export function openReserve(input: ReserveInput): Reserve {
  const state = openState(input);
  return {
    apply: (event, at) => applyEvent(state, event, at),
    next: (slot) => named(state, slot),
    freed: () => freedSlots(state),
  };
}
