import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readRotationConfig } from '../src/config/config.ts';
import type { Keyring } from '../src/identity/keys/keyring.ts';
import { createVault } from '../src/identity/keys/vault.ts';
import { createIdentityKeys } from '../src/identity/person/identity-key.ts';
import { refuseNewerData } from '../src/store/core/open-data.ts';
import { connect } from '../src/store/core/redis.ts';
import { createStore, type Store } from '../src/store/store.ts';
import { type Rekeyed, rekeyAll } from '../src/usecases/keys/rekey.ts';
import { type Resealed, resealAll } from '../src/usecases/keys/reseal.ts';
import { startProgress } from './progress.ts';

const USAGE = `usage: npm run --silent rotate-keys -- [--data DIRECTORY]

Seals everything that a former key of TIRAGE_SEALING_KEYS sealed under the current one, the first, and
gives entries that a former key of TIRAGE_IDENTITY_KEYS recognises identities of the current one,
while the service runs. Breaking it off loses nothing, and repeating it changes nothing.

REDIS_URL, TIRAGE_SEALING_KEYS and TIRAGE_IDENTITY_KEYS as the service has them (or each in the file
that NAME_FILE names); without REDIS_URL, those of \`make serve\` in DIRECTORY, ./data by default.
Exit: 0 all is under the current keys, 1 something cannot be, 2 it could not begin.`;

/** What others keep changing is looked at again, this often at most. */
const MOST_ROUNDS = 20;

/** The environment, or what the embedded service keeps in its data folder. */
function environmentOf(directory: string): NodeJS.ProcessEnv {
  if (process.env.REDIS_URL || process.env.REDIS_URL_FILE) return process.env;
  try {
    const keys = JSON.parse(readFileSync(`${directory}/keys.json`, 'utf8'));
    const { port } = JSON.parse(readFileSync(`${directory}/redis/embedded.json`, 'utf8'));
    return { ...keys, REDIS_URL: `redis://127.0.0.1:${port}` };
  } catch {
    throw new Error(`no Redis: set REDIS_URL, or start the embedded service first\n\n${USAGE}`);
  }
}

/** Goes through a prefecture until once nothing was left to do: that pass counts the keys in use. */
async function rotate(store: Store, prefecture: string, sealingKeys: Keyring): Promise<Resealed> {
  const vault = createVault(sealingKeys);
  let resealed = 0;
  return untilSettled(store, prefecture, 'sealing', async (onLooked) => {
    const seen = await resealAll({ store, vault, onLooked }, prefecture);
    resealed += seen.resealed;
    return seen.resealed + seen.missed === 0 ? { ...seen, resealed } : undefined;
  });
}

/** The same for identities. */
async function rekey(
  store: Store,
  prefecture: string,
  { sealingKeys, identityKeys }: ReturnType<typeof readRotationConfig>,
): Promise<Rekeyed> {
  const deps = {
    store,
    vault: createVault(sealingKeys),
    identityKeys: createIdentityKeys(identityKeys),
  };
  let rekeyed = 0;
  return untilSettled(store, prefecture, 'identities', async (onLooked) => {
    const seen = await rekeyAll({ ...deps, onLooked }, prefecture);
    rekeyed += seen.rekeyed;
    return seen.rekeyed + seen.missed === 0 ? { ...seen, rekeyed } : undefined;
  });
}

/** Repeats a pass over all entries until it had nothing left to do, and says so by its answer. */
async function untilSettled<Seen>(
  store: Store,
  prefecture: string,
  what: string,
  pass: (onLooked: (looked: number) => void) => Promise<Seen | undefined>,
): Promise<Seen> {
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const counts = await store.entries.counts(prefecture);
    const total = counts.reduce((sum, { entries }) => sum + entries, 0);
    const progress = startProgress(`${prefecture}, ${what}, round ${round}`, total);
    const seen = await pass((looked) => progress.step(looked));
    progress.done();
    if (seen !== undefined) return seen;
  }
  throw new Error(`${prefecture} keeps changing: run it again when less happens`);
}

/** Whether the former identity keys may go. */
function reportIdentities(keys: Keyring, { taken, unreadable }: Rekeyed): void {
  if (taken > 0) {
    console.log(`${taken} entries have a document that another live entry has: look at them`);
  }
  const left = taken + unreadable;
  for (const { id } of keys.keys.slice(1)) {
    console.log(
      left === 0
        ? `identity key ${id} recognises nobody any more: it may be removed from TIRAGE_IDENTITY_KEYS`
        : `${left} entries keep identities of a former key: keep identity key ${id}`,
    );
  }
}

/** What may go, and what may not. */
function report(keys: Keyring, byKey: ReadonlyMap<string, number>): void {
  for (const { id } of keys.keys.slice(1)) {
    const uses = byKey.get(id) ?? 0;
    console.log(
      uses === 0
        ? `key ${id} seals nothing any more: it may be removed from TIRAGE_SEALING_KEYS, once every process has the new keyring. Keep it with the backups that it sealed.`
        : `key ${id} still seals ${uses}: keep it`,
    );
  }
  for (const [id, uses] of byKey) {
    if (!keys.find(id)) console.log(`key ${id} is not in TIRAGE_SEALING_KEYS and seals ${uses}`);
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { data: { type: 'string', default: './data' } } });
  const config = readRotationConfig(environmentOf(values.data));
  const { redisUrl, sealingKeys, identityKeys } = config;
  const redis = connect(redisUrl);
  redis.on('error', () => {});
  try {
    await refuseNewerData(redis);
    const store = createStore(redis);
    const byKey = new Map<string, number>();
    const identities: Rekeyed = { rekeyed: 0, missed: 0, taken: 0, unreadable: 0 };
    let unreadable = 0;
    for (const prefecture of await store.prefectures.list()) {
      const done = await rotate(store, prefecture, sealingKeys);
      const { current } = sealingKeys;
      const under = done.byKey.get(current.id) ?? 0;
      console.log(`${prefecture}: ${done.resealed} sealed again; ${under} under ${current.id} now`);
      if (done.unreadable > 0) console.log(`${prefecture}: ${done.unreadable} do not open`);
      unreadable += done.unreadable;
      for (const [id, uses] of done.byKey) byKey.set(id, (byKey.get(id) ?? 0) + uses);
      const seen = await rekey(store, prefecture, config);
      console.log(`${prefecture}: ${seen.rekeyed} entries have new identities`);
      identities.taken += seen.taken;
      identities.unreadable += seen.unreadable;
    }
    report(sealingKeys, byKey);
    reportIdentities(identityKeys, identities);
    if (unreadable + identities.unreadable + identities.taken > 0) process.exitCode = 1;
  } finally {
    redis.disconnect();
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'failed');
  process.exitCode = 2;
});
