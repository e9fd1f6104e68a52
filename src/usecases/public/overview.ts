import type { Tally } from '../../domain/appointments/state.ts';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import { isOverdue } from '../../domain/draws/overdue.ts';
import { takesType } from '../../domain/draws/reserves.ts';
import type { DrawState } from '../../domain/draws/state.ts';
import { isWeaker } from '../../domain/draws/strength.ts';
import type { Store } from '../../store/store.ts';

/** How old an overview may be. It is asked for by everyone who looks at their entry. */
const STALE_MS = 5000;
/** Planned draws come first in the list, and are few: this finds them and the latest result. */
const DRAWS_READ = 100;

/** What is the same for everyone who asks about a prefecture. */
export interface Overview {
  readonly asOfMs: number;
  readonly nextDrawAtMs: number | undefined;
  /** Number of the latest draw that was frozen; 0 before the first. */
  readonly drawNumber: number;
  readonly publishedDraws: number;
  /** Of the published ones: with an operator's secret. */
  readonly weakerDraws: number;
  readonly voidDraws: number;
  /** Plans that were changed or given up before their freeze. */
  readonly supersededDraws: number;
  /** Draws that were not held: nobody waited, or there was no place. */
  readonly skippedDraws: number;
  readonly repeatedDraws: number;
  /** Draws marked as coming shortly after a void one. */
  readonly afterVoidDraws: number;
  /** Draws that ought to have a result by now, and have none. */
  readonly overdueDraws: number;
  /** What agents noted at appointments, ever since. */
  readonly desk: Readonly<Record<Tally, number>>;
  /** Entries that wait now. */
  waiting(requestType: string): number;
  /** When the next draw for a request type is planned. */
  nextDrawOfMs(requestType: string): number | undefined;
  /** The latest draw for a request type with a result that counts. */
  lastDrawOf(requestType: string): DrawRecord | undefined;
}

export interface Overviews {
  of(prefecture: string): Promise<Overview>;
  /** After a change by this process that people should see at once. */
  forget(prefecture: string): void;
}

/** Keeps one overview per prefecture for a few seconds; those who ask at once share one reading. */
export function createOverviews(
  store: {
    readonly draws: Pick<Store['draws'], 'list'>;
    readonly entries: Pick<Store['entries'], 'counts'>;
    readonly offers: Pick<Store['offers'], 'tallies'>;
  },
  clock: () => number,
): Overviews {
  const known = new Map<string, { readonly atMs: number; readonly overview: Promise<Overview> }>();
  return {
    of(prefecture) {
      const nowMs = clock();
      const found = known.get(prefecture);
      if (found && nowMs - found.atMs < STALE_MS) return found.overview;
      const overview = read(store, prefecture, nowMs);
      known.set(prefecture, { atMs: nowMs, overview });
      // A failure is told to those who share it, and not kept.
      overview.catch(() => known.delete(prefecture));
      return overview;
    },
    forget: (prefecture) => {
      known.delete(prefecture);
    },
  };
}

async function read(
  store: Parameters<typeof createOverviews>[0],
  prefecture: string,
  nowMs: number,
): Promise<Overview> {
  const [{ draws }, counts, desk] = await Promise.all([
    store.draws.list(prefecture, { limit: DRAWS_READ }),
    store.entries.counts(prefecture),
    store.offers.tallies(prefecture),
  ]);
  const planned = draws.filter(({ state }) => state === 'scheduled');
  const isPublished = ({ state }: DrawRecord) => state === 'published' || state === 'closed';
  const waiting = new Map(
    counts
      .filter(({ state }) => state === 'waiting')
      .map(({ requestType, entries }) => [requestType, entries]),
  );
  return {
    asOfMs: nowMs,
    nextDrawAtMs: earliest(planned),
    drawNumber: Math.max(0, ...draws.map(({ number = 0 }) => number)),
    publishedDraws: draws.filter(isPublished).length,
    weakerDraws: draws.filter(isPublished).filter(({ entropy }) => isWeaker(entropy)).length,
    repeatedDraws: draws.filter(({ replaces }) => replaces !== undefined).length,
    afterVoidDraws: draws.filter(({ afterVoid }) => afterVoid !== undefined).length,
    overdueDraws: draws.filter((draw) => isOverdue(draw, nowMs)).length,
    ...countEnded(draws),
    desk,
    waiting: (requestType) => waiting.get(requestType) ?? 0,
    nextDrawOfMs: (requestType) => earliest(planned.filter((draw) => takesType(draw, requestType))),
    lastDrawOf: (requestType) =>
      draws.find((draw) => isPublished(draw) && takesType(draw, requestType)),
  };
}

function countEnded(draws: readonly DrawRecord[]) {
  const count = (wanted: DrawState) => draws.filter(({ state }) => state === wanted).length;
  return {
    voidDraws: count('void'),
    supersededDraws: count('superseded'),
    skippedDraws: count('skipped'),
  };
}

function earliest(planned: readonly DrawRecord[]): number | undefined {
  return planned.length === 0 ? undefined : Math.min(...planned.map(({ atMs }) => atMs));
}
