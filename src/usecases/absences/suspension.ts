import type { Suspension } from '../../domain/absences/rule.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { keysOfEntry } from '../../store/entries/keys.ts';
import type { UseCaseDeps } from '../deps.ts';

/**
 * What the person of some identities sits out, while the prefecture has such a rule. It may be over:
 * an entry waits from the later of both on.
 */
export async function suspensionOf(
  { absences }: Pick<UseCaseDeps['store'], 'absences'>,
  { id, settings }: Prefecture,
  identities: readonly string[],
): Promise<Suspension | undefined> {
  return settings.absenceDraws > 0 ? absences.suspensionOf(id, identities) : undefined;
}

/** The same for the person of an entry; nothing where there is no such entry. */
export async function suspensionOfEntry(
  store: Pick<UseCaseDeps['store'], 'absences' | 'entries'>,
  prefecture: Prefecture,
  entryId: string,
): Promise<Suspension | undefined> {
  if (prefecture.settings.absenceDraws === 0) return undefined;
  const entry = await store.entries.get(prefecture.id, entryId);
  return entry && suspensionOf(store, prefecture, keysOfEntry(entry).identities);
}
