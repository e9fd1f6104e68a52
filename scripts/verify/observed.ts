import type { RecomputedDraw, RecordObserver } from '../../src/allocator/record/verify.ts';
import type { RecordEvent } from '../../src/allocator/types.ts';

export interface DatedEvent {
  /** `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly at: string;
  readonly event: RecordEvent;
}

/** A draw whose record was verified, with what happened after it. */
export interface CheckedDraw {
  readonly draw: RecomputedDraw;
  readonly events: readonly DatedEvent[];
}

/** Keeps what a verification finds right. `checked` throws if there was no draw with an outcome. */
export function keepDraw(): RecordObserver & { checked(): CheckedDraw } {
  let kept: RecomputedDraw | undefined;
  const events: DatedEvent[] = [];
  return {
    drawn(draw) {
      kept = draw;
    },
    happened(at, event) {
      events.push({ at, event });
    },
    checked() {
      if (!kept) throw new Error('no draw was verified');
      return { draw: kept, events };
    },
  };
}
