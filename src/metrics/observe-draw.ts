import type { Metrics } from './metrics.ts';

/** What a draw did, as its statistics say it. */
interface DrawCounts {
  readonly entries: number;
  readonly places: number;
  readonly drawn: number;
  readonly requestTypes: Readonly<
    Record<string, { readonly waiting: number; readonly drawn: number }>
  >;
}

/** Counts a published draw. Call it once per draw. */
export function observeDraw(metrics: Metrics, prefecture: string, counts: DrawCounts): void {
  metrics.draws.inc({ outcome: 'published' });
  metrics.drawPlaces.inc(counts.places);
  metrics.drawUnfilled.inc(Math.max(0, counts.places - counts.drawn));
  for (const [requestType, { waiting, drawn }] of Object.entries(counts.requestTypes)) {
    const request_type = metrics.requestType(requestType);
    metrics.drawEntries.inc({ request_type }, waiting);
    // Several types under `other` would overwrite each other: no chance is better than a wrong one.
    if (waiting > 0 && request_type !== 'other') {
      metrics.chance.set(
        { prefecture: metrics.prefecture(prefecture), request_type },
        drawn / waiting,
      );
    }
  }
}
