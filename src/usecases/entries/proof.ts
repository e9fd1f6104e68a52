import { DomainError } from '../../base/errors.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { Document } from '../../identity/person/person.ts';
import { keysOfEntry } from '../../store/entries/keys.ts';
import type { UseCaseDeps } from '../deps.ts';
import { needEntry } from './hands.ts';

/** By what somebody shows that they speak for an entry: a document of it, or its call code. */
export interface Proof {
  readonly document?: Document;
  /** As it stands in the document. */
  readonly name?: string;
  readonly callCode?: string;
}

type Deps = Pick<UseCaseDeps, 'store' | 'identityKeys' | 'tokens' | 'personLimits'>;

/**
 * Refuses what nobody of the entry has agreed to: staff and helpers act only where its person shows a
 * document, or says the call code. Wrong ones are counted; after five in a day none is looked at.
 *
 * @throws DomainError `entry_not_found`, `proof_wrong`, `requests_too_many`
 */
export async function needProof(
  deps: Deps,
  prefecture: string,
  entryId: string,
  proof: Proof,
): Promise<void> {
  const { document, name = '', callCode = '' } = proof;
  const entry = await needEntry(deps, prefecture, entryId);
  // Counted before it is looked at, so that many at once are no way round it.
  await deps.personLimits.proof(prefecture, entryId);
  const isGood =
    document === undefined
      ? deps.tokens.isCallCode(prefecture, entryId, entry.callRound ?? 0, callCode)
      : isShown(deps, prefecture, entry, document, name);
  if (!isGood) {
    throw new DomainError(
      'proof_wrong',
      'is neither a document of the entry nor its call code',
      'proof',
    );
  }
  await deps.personLimits.proven(prefecture, entryId);
}

/** Documents are compared by their keyed hashes, under every key of the keyring: nothing is opened for it. */
function isShown(
  { identityKeys }: Deps,
  prefecture: string,
  entry: EntryRecord,
  document: Document,
  name: string,
): boolean {
  const keys = new Set(identityKeys.allKeysOf(prefecture, entry.requestType, document, name));
  return keysOfEntry(entry).identities.some((identity) => keys.has(identity));
}

/**
 * Changes the call code of an entry: the one before is no longer good.
 *
 * @throws DomainError `entry_not_found`
 */
export async function changeCallCode(
  { store, tokens }: Pick<UseCaseDeps, 'store' | 'tokens'>,
  prefecture: string,
  entryId: string,
): Promise<string> {
  const { callRound = 0 } = await store.entries.change(prefecture, entryId, (entry) => ({
    entry: { ...entry, callRound: (entry.callRound ?? 0) + 1 },
  }));
  return tokens.callCode(prefecture, entryId, callRound);
}
