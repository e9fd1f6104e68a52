import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { MandateTerm } from '../../domain/helpers/mandate.ts';
import type { UseCaseDeps } from '../deps.ts';

/** An entry with the mandate by which a helper acts for its person. */
export interface HelpedEntry {
  readonly entry: EntryRecord;
  readonly mandate: MandateTerm;
}

/**
 * The entries that the helper of this agent holds a mandate for, by id, without those whose mandate
 * was ended.
 *
 * @throws DomainError `helper_not_found`
 */
export async function helpedBy(
  { store }: Pick<UseCaseDeps, 'store'>,
  prefecture: string,
  agent: string,
): Promise<HelpedEntry[]> {
  const { helpers } = store;
  const helper = await helpers.ofAgent(prefecture, agent);
  const ids = await helpers.entriesOf(prefecture, helper.id);
  const found = await store.entries.getMany(prefecture, ids);
  const mandates = await Promise.all(ids.map((id) => helpers.mandate(prefecture, id)));
  return ids.flatMap((_, index) => {
    const [entry, mandate] = [found[index]?.value, mandates[index]];
    return entry && mandate && !mandate.ended ? [{ entry, mandate }] : [];
  });
}
