import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { parseKeyring } from '#src/identity/keys/keyring.ts';
import { createVault } from '#src/identity/keys/vault.ts';
import { personContext } from '#src/identity/person/context.ts';
import { createStore } from '#src/store/store.ts';
import { newKeyText } from '../identity/support.ts';
import { redisUrl, useRedis } from '../support/redis.ts';
import { sampleEntry, samplePrefecture } from '../support/samples.ts';

const store = createStore(useRedis());
const [old, fresh] = [newKeyText('k1'), newKeyText('k2')];
const identity = newKeyText('i2', 'i1');

async function rotate(keys: string) {
  const child = spawn(process.execPath, ['scripts/rotate-keys.ts'], {
    env: {
      PATH: process.env.PATH,
      REDIS_URL: redisUrl(),
      TIRAGE_SEALING_KEYS: keys,
      TIRAGE_IDENTITY_KEYS: identity,
    },
  });
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await exited, out, errors };
}

test('the command says when a former key may go, and shows no key', async () => {
  await store.prefectures.create('92', samplePrefecture());
  const vault = createVault(parseKeyring(old));
  for (let at = 0; at < 3; at += 1) {
    const entry = sampleEntry();
    const document = { kind: 'agdref', number: `000000000${at}` } as const;
    const person = { name: 'Ada', document };
    const sealed = vault.seal(person, personContext('92', entry.id));
    await store.entries.join('92', { ...entry, sealed }, { messages: [] });
  }
  const { code, out, errors } = await rotate(`${fresh},${old}`);
  expect(out).toContain('92: 3 sealed again; 3 under k2 now');
  expect(out).toContain('key k1 seals nothing any more');
  expect(out).toContain('92: 3 entries have new identities');
  expect(out).toContain('identity key i1 recognises nobody any more');
  expect(code).toBe(0);
  for (const key of [old, fresh]) expect(out + errors).not.toContain(key.slice(3, 20));

  const without = await rotate(old);
  expect(without).toMatchObject({ code: 1 });
  expect(without.out).toContain('key k2 is not in TIRAGE_SEALING_KEYS and seals 3');
});

test('a weak key is refused before anything is read', async () => {
  const { code, errors } = await rotate(`k1:${Buffer.alloc(32, 7).toString('base64')}`);
  expect(code).toBe(2);
  expect(errors).toContain('TIRAGE_SEALING_KEYS');
});
