import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { Stored } from '../../domain/values.ts';
import type { Vault } from '../../identity/keys/vault.ts';
import { personContext } from '../../identity/person/context.ts';
import type { IdentityKeys } from '../../identity/person/identity-key.ts';
import type { Person } from '../../identity/person/person.ts';
import { pagesByCursor } from '../../store/core/pages.ts';
import type { Store } from '../../store/store.ts';

export interface RekeyDeps {
  readonly store: Pick<Store, 'entries'>;
  readonly vault: Pick<Vault, 'open'>;
  readonly identityKeys: Pick<IdentityKeys, 'keysOf' | 'isCurrent'>;
  readonly onLooked?: (looked: number) => void;
}

/** Entries of a prefecture, after all were looked at once. */
export interface Rekeyed {
  /** Have identities of the current key now. */
  rekeyed: number;
  /** Somebody changed them meanwhile: the next round finds them. */
  missed: number;
  /** Another live entry has the same identity already: one for an agent to look at. */
  taken: number;
  /** Their sealed person does not open. They keep the identities of a former key. */
  unreadable: number;
}

/** Entries rekeyed at once: they share the disk's time. */
const atOnce = 100;

/**
 * Gives every entry whose identities a former key made those of the current key, from its sealed
 * person, once through. Compares and sets each through a script that keeps a freeze whole, so it
 * may run beside the service, be broken off anywhere and be repeated. People are recognised all the
 * while: the service looks for them under every key of the keyring.
 */
export async function rekeyAll(deps: RekeyDeps, prefecture: string): Promise<Rekeyed> {
  const { store, identityKeys, onLooked } = deps;
  const count: Rekeyed = { rekeyed: 0, missed: 0, taken: 0, unreadable: 0 };
  const read = (cursor: string) => store.entries.page(prefecture, cursor);
  for await (const page of pagesByCursor('entries', read)) {
    const former = page.entries.filter(
      ({ value }) => value.identity !== '' && !identityKeys.isCurrent(value.identity),
    );
    for (let at = 0; at < former.length; at += atOnce) {
      const some = former.slice(at, at + atOnce);
      await Promise.all(some.map((entry) => rekey(deps, prefecture, entry, count)));
    }
    onLooked?.(page.entries.length);
  }
  return count;
}

const countedAs = { done: 'rekeyed', conflict: 'missed', taken: 'taken' } as const;

async function rekey(
  { store, vault, identityKeys }: RekeyDeps,
  prefecture: string,
  entry: Stored<EntryRecord>,
  count: Rekeyed,
): Promise<void> {
  const { id, requestType, sealed } = entry.value;
  let person: Person;
  try {
    person = vault.open(sealed, personContext(prefecture, id));
  } catch {
    count.unreadable += 1;
    return;
  }
  const keys = identityKeys.keysOf(prefecture, requestType, person);
  const outcome = await store.entries.rekey(prefecture, entry, keys);
  count[countedAs[outcome]] += 1;
}
