import type { Cause } from '../../allocator/types.ts';

/** Why a slot has no places any more: the closure that it is of, and its cause. */
export interface SlotClosure {
  /** Id of the closure. */
  readonly id: string;
  readonly cause: Cause;
}
