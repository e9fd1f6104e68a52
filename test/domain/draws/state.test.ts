import { expect, test } from 'vitest';
import {
  DRAW_STATES,
  type DrawEvent,
  hasHappened,
  nextDrawState,
} from '#src/domain/draws/state.ts';

const events: readonly DrawEvent[] = ['freeze', 'seal', 'publish', 'close', 'void'];

test('an event that may happen has not happened, and has happened once it did', () => {
  for (const state of DRAW_STATES) {
    for (const event of events) {
      let next: ReturnType<typeof nextDrawState>;
      try {
        next = nextDrawState(state, event);
      } catch {
        continue;
      }
      expect([hasHappened(event, state), hasHappened(event, next)]).toEqual([false, true]);
    }
  }
});
