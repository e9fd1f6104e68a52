import type { Accepts } from '../../allocator/types.ts';
import { DomainError } from '../../base/errors.ts';
import { mayChangeAvailability } from '../../domain/entries/actions.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { UseCaseDeps } from '../deps.ts';
import { checkSites, requestTypeOf } from './application.ts';
import { linkMessages } from './tell.ts';

/**
 * Sets where and when the person of an entry can come; undefined: any site, any time.
 *
 * @throws DomainError `entry_not_found`, `entry_settled`, `site_unknown`, `request_type_unknown`
 */
export async function setAvailability(
  { store, waker }: Pick<UseCaseDeps, 'store' | 'waker'>,
  prefecture: Prefecture,
  entryId: string,
  accepts: Accepts | undefined,
  nowMs: number,
): Promise<EntryRecord> {
  const changed = await store.entries.change(prefecture.id, entryId, (entry) => {
    if (!mayChangeAvailability(entry.state)) {
      throw new DomainError('entry_settled', `this entry is ${entry.state}`);
    }
    const { accepts: _before, ...others } = entry;
    const rest = { ...others, acceptsSinceMs: nowMs };
    const messages = linkMessages(entry, 'availability', nowMs);
    if (accepts === undefined) return { entry: rest, messages };
    checkSites(requestTypeOf(prefecture, entry.requestType), accepts);
    return { entry: { ...rest, accepts }, messages };
  });
  if (changed.origin !== 'online') waker.soon('dispatch', prefecture.id);
  return changed;
}
