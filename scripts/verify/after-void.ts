import { dayMs } from '../../src/base/units.ts';
import { AFTER_VOID_DAYS } from '../../src/domain/draws/after-void.ts';
import { sharesTypes } from '../../src/domain/draws/reserves.ts';
import type { Leaf } from './history.ts';

interface Life {
  requestTypes?: readonly string[];
  replaces?: unknown;
  isRepeated?: true;
  /** Number of the entry with its manifest. */
  frozen?: number;
  hasOutcome?: true;
  voidAtMs?: number;
}

/**
 * Finds the draws that came shortly after a void one of their types without being its repeat, by the
 * register alone: whether the service marked them or not, and also where the void one was declared so only when
 * they were planned already.
 */
export function createAfterVoid() {
  const lives = new Map<string, Life>();
  const notes: string[] = [];
  const lifeOf = (draw: string): Life => {
    const life = lives.get(draw) ?? {};
    lives.set(draw, life);
    return life;
  };

  const frozenAfter = (draw: string, life: Life, { number, atMs }: Place) => {
    for (const [id, other] of lives) {
      const { voidAtMs, isRepeated, frozen } = other;
      if (id === draw || voidAtMs === undefined || frozen === undefined) continue;
      const days = Math.floor((atMs - voidAtMs) / dayMs);
      if (isRepeated || life.replaces === id || days >= AFTER_VOID_DAYS) continue;
      if (!sharesTypes(other, life) || isSettled(lives, other)) continue;
      notes.push(
        `draw ${draw} (entry ${number}) was frozen ${days} days after draw ${id} of its request types was ` +
          'declared void, and is not said to repeat it',
      );
    }
  };

  return {
    /** Takes the next entry of a draw. */
    see(number: number, leaf: Leaf): void {
      const { kind, draw, requestTypes, replaces, stage } = leaf;
      const atMs = Date.parse(String(leaf.at));
      if (typeof draw !== 'string') return;
      const life = lifeOf(draw);
      if (kind === 'scheduled') {
        if (Array.isArray(requestTypes)) life.requestTypes = requestTypes.map(String);
        life.replaces = replaces;
        if (typeof replaces === 'string') lifeOf(replaces).isRepeated = true;
      }
      if (kind === 'manifest') {
        life.frozen = number;
        frozenAfter(draw, life, { number, atMs });
      }
      if (kind === 'outcome') life.hasOutcome = true;
      if (kind === 'void' && stage !== 'before_freeze') life.voidAtMs = atMs;
    },
    /** What was found so far, a line each. */
    notes: notes as readonly string[],
  };
}

interface Place {
  readonly number: number;
  readonly atMs: number;
}

/** Whether a draw of these types was held since: what is void is over then. */
function isSettled(lives: ReadonlyMap<string, Life>, of: Life): boolean {
  return [...lives.values()].some(
    ({ frozen = 0, hasOutcome, voidAtMs, ...life }) =>
      hasOutcome && voidAtMs === undefined && frozen > (of.frozen ?? 0) && sharesTypes(life, of),
  );
}
