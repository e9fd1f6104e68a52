import { newEntryId } from '../../src/identity/keys/ids.ts';
import type { Keyring } from '../../src/identity/keys/keyring.ts';
import { createVault } from '../../src/identity/keys/vault.ts';
import { personContext } from '../../src/identity/person/context.ts';
import { createIdentityKeys } from '../../src/identity/person/identity-key.ts';
import type { Store } from '../../src/store/store.ts';
import { inventCrowd } from '../demo/crowd.ts';
import type { Example } from '../demo/example.ts';

/** Joins under way at the same time. */
const atOnce = 500;

export interface Filling {
  readonly people: number;
  readonly sealing: Keyring;
  readonly identity: Keyring;
}

/** Fills a prefecture with the example's crowd, as if all were verified. */
export async function fillPool(
  store: Store,
  { id: prefecture, crowd: mix, requestTypes }: Example,
  { people, sealing, identity }: Filling,
): Promise<void> {
  const vault = createVault(sealing);
  const identities = createIdentityKeys(identity);
  const crowd = inventCrowd({ mix, requestTypes, people, seed: 'memory', firstDay: '2026-12-07' });
  for (let from = 0; from < crowd.length; from += atOnce) {
    await Promise.all(
      crowd.slice(from, from + atOnce).map(({ request }) => {
        const { person, contact, requestType, language, accepts } = request;
        const id = newEntryId();
        // The crowd is invented in the shape that the API takes.
        const whole = { ...person, ...contact } as Parameters<typeof vault.seal>[0];
        return store.entries.join(
          prefecture,
          {
            id,
            state: 'waiting',
            requestType,
            missed: 0,
            language,
            origin: 'online',
            identity: identities.keyOf(prefecture, requestType, whole.document, whole.name),
            sealed: vault.seal(whole, personContext(prefecture, id)),
            joinedAtMs: Date.now(),
            ...(accepts === undefined ? {} : { accepts }),
          },
          { messages: [] },
        );
      }),
    );
  }
}
