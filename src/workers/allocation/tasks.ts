import type { FreezeTask } from '../../usecases/draws/allocation.ts';

/** What the thread is asked to freeze. All of it can be cloned. */
export interface PackedFreezeTask extends FreezeTask {
  /** JSON arrays of entries, so that no thread clones 100,000 objects at once. */
  readonly entries: readonly Uint8Array[];
}
