import { OVERDUE_AFTER_MS } from '../../src/domain/draws/overdue.ts';
import type { Leaf } from './history.ts';

/** How a draw stands in the register that has no result, and was not given up. */
interface Open {
  readonly plannedAt: string;
  readonly isFrozen: boolean;
}

/** Follows which draws are still to have a result, by the register alone. */
export function createOverdue() {
  const open = new Map<string, Open>();
  return {
    /** Takes the next entry of a draw. */
    see({ kind, draw, plannedAt, at }: Leaf): void {
      if (typeof draw !== 'string') return;
      if (kind === 'scheduled') open.set(draw, { plannedAt: String(plannedAt), isFrozen: false });
      // Planned by a version without a register: its freeze is the first that is known of it.
      const known = open.get(draw)?.plannedAt ?? String(at);
      if (kind === 'manifest') open.set(draw, { plannedAt: known, isFrozen: true });
      const isOver = ['outcome', 'void', 'superseded', 'skipped'].includes(String(kind));
      if (isOver) open.delete(draw);
    },
    /** Those that ought to have one by `nowMs`, a line each. */
    notes(nowMs: number): string[] {
      return [...open].flatMap(([draw, { plannedAt, isFrozen }]) => {
        if (!(nowMs > Date.parse(plannedAt) + OVERDUE_AFTER_MS)) return [];
        const how = isFrozen ? 'frozen since, and has no result' : 'never held nor given up';
        return [`draw ${draw} is OVERDUE: it was planned for ${plannedAt}, ${how}`];
      });
    },
  };
}
