import type { Algorithm, RecordEvent } from '../../allocator/types.ts';

/** What the service knows of a draw wherever something happens to an entry of it. */
export interface OfDraw {
  /** By which definition its record is written. */
  readonly algorithm: Algorithm;
  /** Its number among the draws of the prefecture; 0 while that is not written down. */
  readonly number: number;
}

/**
 * An event as the record of a draw tells it: lottery/v1 knows no hands, causes and ends, and four
 * types less; undefined if it tells nothing of it. Pure.
 */
export function recorded(event: RecordEvent, algorithm: Algorithm): RecordEvent | undefined {
  if (algorithm !== 'lottery/v1') return event;
  switch (event.type) {
    case 'offered':
    case 'extended':
    case 'closed':
      return undefined;
    case 'withdrawn':
    case 'rejected':
      return { type: 'withdrawn', entry: event.entry };
    case 'void':
      return event;
    default:
      return { type: event.type, entry: event.entry, slot: event.slot } as RecordEvent; // all that v1 has of it
  }
}
