import type { z } from 'zod';
import type { DrawRecord, RequestTypeStatistics } from '../../domain/draws/draw.ts';
import { typeStatistics } from '../../domain/draws/statistics.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { Overview } from '../../usecases/public/overview.ts';
import type { StatisticsView } from '../draws/schemas.ts';
import { chanceOf, strengthView } from '../draws/view.ts';
import type { Frozen } from '../http/route.ts';
import { instant, instantOrNull } from '../http/schemas.ts';
import type { PrefectureView } from '../prefectures/schemas.ts';
import { pauseView } from '../prefectures/view.ts';

/** What a prefecture offers. Pure. */
export function prefectureView(
  { id, settings, sites, requestTypes, paused }: Prefecture,
  { nextDrawAtMs }: Overview,
): Frozen<z.infer<typeof PrefectureView>> {
  const nextDrawAt = instantOrNull(nextDrawAtMs);
  return { id, settings, sites, requestTypes, paused: pauseView(paused), nextDrawAt };
}

/** Who waits, and what the chances were. Pure. */
export function statisticsView(
  prefecture: Prefecture,
  overview: Overview,
): Frozen<z.infer<typeof StatisticsView>> {
  const { asOfMs, nextDrawAtMs } = overview;
  const { attended, unchecked, no_show: noShow, refused } = overview.desk;
  return {
    asOf: instant(asOfMs),
    nextDrawAt: instantOrNull(nextDrawAtMs),
    desk: { attended, unchecked, noShow, refused },
    requestTypes: prefecture.requestTypes.map(({ id }) => {
      const lastDraw = overview.lastDrawOf(id);
      const row = typeStatistics(lastDraw, id);
      const waiting = overview.waiting(id);
      const last = lastDraw && row ? lastDrawView(lastDraw, row) : null;
      const nextDrawAt = instantOrNull(overview.nextDrawOfMs(id));
      return { requestType: id, waiting, nextDrawAt, lastDraw: last };
    }),
    latestDraws: {
      published: overview.publishedDraws,
      weaker: overview.weakerDraws,
      void: overview.voidDraws,
      superseded: overview.supersededDraws,
      skipped: overview.skippedDraws,
      repeated: overview.repeatedDraws,
      afterVoid: overview.afterVoidDraws,
      overdue: overview.overdueDraws,
    },
  };
}

function lastDrawView(draw: DrawRecord, row: RequestTypeStatistics) {
  return { draw: draw.id, ...row, chance: chanceOf(row), entropy: strengthView(draw) };
}
