import type { z } from 'zod';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { heldBy } from '../../usecases/entries/hands.ts';
import type { Overviews } from '../../usecases/public/overview.ts';
import type { ApiDeps } from '../http/deps.ts';
import type { EntryView } from './schemas.ts';
import { entryView } from './view.ts';

/** An entry as its person sees it, with what it holds. */
export async function viewOf(
  deps: Pick<ApiDeps, 'store'>,
  overviews: Overviews,
  prefecture: Prefecture,
  entry: EntryRecord,
  nowMs: number,
): Promise<z.infer<typeof EntryView>> {
  const [offer, overview] = await Promise.all([
    heldBy(deps, prefecture.id, entry),
    overviews.of(prefecture.id),
  ]);
  return entryView(prefecture, entry, offer, overview, nowMs);
}
