import { HANDS, REJECTIONS, type RecordEvent } from '../../allocator/types.ts';
import { FEWEST_SHOWN } from '../register/pool-counts.ts';

/** What is counted in public of a draw: answers by another's hand, what was undone, who was rejected. */
export const ACT_COUNTS = [
  ...HANDS,
  'undone',
  ...REJECTIONS.map((cause) => `rejected:${cause}` as const),
] as const;
export type ActCount = (typeof ACT_COUNTS)[number];

/** What an event of a record counts; undefined: nothing. Pure. */
export function countedBy(event: RecordEvent): ActCount | undefined {
  if (event.type === 'rejected') return `rejected:${event.cause}`;
  return 'by' in event ? event.by : undefined;
}

/** How often each happened in a draw. */
export type ActCounts = Readonly<Partial<Record<ActCount, number>>>;

/** What is told of a draw. */
export interface ToldActs {
  readonly staff: number;
  readonly helper: number;
  readonly undone: number;
  /** Entries that the office rejected: all, and by reason where there were enough of it. */
  readonly rejected: number;
  readonly rejectedBy: Readonly<Partial<Record<(typeof REJECTIONS)[number], number>>>;
}

/** The counts of a draw as they are told: reasons of fewer than five are in the sum alone. Pure. */
export function toldActs(counts: ActCounts): ToldActs {
  const by = REJECTIONS.map((cause) => [cause, counts[`rejected:${cause}`] ?? 0] as const);
  return {
    staff: counts.staff ?? 0,
    helper: counts.helper ?? 0,
    undone: counts.undone ?? 0,
    rejected: by.reduce((sum, [, count]) => sum + count, 0),
    rejectedBy: Object.fromEntries(by.filter(([, count]) => count >= FEWEST_SHOWN)),
  };
}
