import { DomainError } from '../../base/errors.ts';
import { minuteMs } from '../../base/units.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { isLiveEntry } from '../../domain/entries/state.ts';
import { checkDocuments, type Registry } from '../../identity/directory/directory.ts';
import type { Vault } from '../../identity/keys/vault.ts';
import { personContext } from '../../identity/person/context.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import type { Store } from '../../store/store.ts';
import { placedDocuments } from './person-keys.ts';

/** Entries checked by one sweep; the rest is for the next one. */
const perSweep = 200;
const againAfterMs = 5 * minuteMs;

export interface RecheckDeps {
  readonly store: Pick<Store, 'checks' | 'entries' | 'flags'>;
  readonly vault: Pick<Vault, 'open'>;
  /** Which AGDREF numbers exist; absent: nobody is asked. */
  readonly registry?: Registry | undefined;
  readonly clock: () => number;
  readonly metrics: Pick<Metrics, 'flags' | 'registryChecks'>;
}

/**
 * Asks the registry about documents that could not be checked when their people joined. A known
 * number is said no more of; an unknown one goes to an agent, in a flagged set, and the entry stays.
 * Ends as soon as the registry does not answer. Safe to repeat.
 */
export async function recheckDocuments(deps: RecheckDeps, prefecture: string): Promise<void> {
  const { store, registry, clock, metrics } = deps;
  if (registry === undefined) return;
  for (const id of await store.checks.due(prefecture, clock(), perSweep)) {
    const entry = await store.entries.get(prefecture, id);
    if (entry && isToCheck(entry)) {
      const person = deps.vault.open(entry.sealed, personContext(prefecture, id));
      const documents = placedDocuments(person).map(({ document }) => document);
      const { answer } = await checkDocuments(registry, documents);
      metrics.registryChecks.inc({ outcome: answer });
      if (answer === 'unavailable') {
        await store.checks.postpone(prefecture, id, clock() + againAfterMs);
        return;
      }
      if (answer === 'unknown') {
        await store.flags.raise(prefecture, [id], 'registry', clock());
        metrics.flags.inc({ outcome: 'raised' });
      }
      await noteAnswer(deps, prefecture, id, answer);
    }
    await store.checks.done(prefecture, id);
  }
}

function isToCheck({ state, documentCheck, sealed }: EntryRecord): boolean {
  return isLiveEntry(state) && documentCheck === 'due' && sealed !== '';
}

async function noteAnswer(
  { store }: RecheckDeps,
  prefecture: string,
  id: string,
  answer: 'known' | 'unknown',
): Promise<void> {
  try {
    await store.entries.change(prefecture, id, (entry) => {
      if (!isToCheck(entry)) return { entry };
      const { documentCheck: _due, ...checked } = entry;
      return { entry: answer === 'known' ? checked : { ...checked, documentCheck: answer } };
    });
  } catch (error) {
    // It was erased meanwhile.
    if (!(error instanceof DomainError) || error.code !== 'entry_not_found') throw error;
  }
}
