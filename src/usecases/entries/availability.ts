import type { Accepts } from '../../allocator/types.ts';
import { DomainError } from '../../base/errors.ts';
import { mayChangeAvailability } from '../../domain/entries/actions.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { UseCaseDeps } from '../deps.ts';
import { checkSites, requestTypeOf } from './application.ts';

/**
 * Sets where and when the person of an entry can come; undefined: any site, any time.
 *
 * @throws DomainError `entry_not_found`, `entry_settled`, `site_unknown`, `request_type_unknown`
 */
export function setAvailability(
  { store }: Pick<UseCaseDeps, 'store'>,
  prefecture: Prefecture,
  entryId: string,
  accepts: Accepts | undefined,
  nowMs: number,
): Promise<EntryRecord> {
  return store.entries.change(prefecture.id, entryId, (entry) => {
    if (!mayChangeAvailability(entry.state)) {
      throw new DomainError('entry_settled', `this entry is ${entry.state}`);
    }
    const { accepts: _before, ...others } = entry;
    const rest = { ...others, acceptsSinceMs: nowMs };
    if (accepts === undefined) return { entry: rest };
    checkSites(requestTypeOf(prefecture, entry.requestType), accepts);
    return { entry: { ...rest, accepts } };
  });
}
