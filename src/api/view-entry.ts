import type { z } from 'zod';
import type { EntryRecord, Prefecture } from '../store/types.ts';
import type { ApiDeps } from './deps.ts';
import { heldBy } from './entry-hands.ts';
import { entryView } from './entry-view.ts';
import type { Overviews } from './overview.ts';
import type { EntryView } from './schemas/entries.ts';

/** An entry as its person sees it, with what it holds. */
export async function viewOf(
  deps: Pick<ApiDeps, 'store'>,
  overviews: Overviews,
  prefecture: Prefecture,
  entry: EntryRecord,
): Promise<z.infer<typeof EntryView>> {
  const [offer, overview] = await Promise.all([
    heldBy(deps, prefecture.id, entry),
    overviews.of(prefecture.id),
  ]);
  return entryView(prefecture, entry, offer, overview);
}
