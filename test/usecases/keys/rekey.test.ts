import { beforeEach, expect, test } from 'vitest';
import type { EntryRecord } from '#src/domain/entries/entry.ts';
import { parseKeyring } from '#src/identity/keys/keyring.ts';
import { createVault } from '#src/identity/keys/vault.ts';
import { personContext } from '#src/identity/person/context.ts';
import { createIdentityKeys, partKeys } from '#src/identity/person/identity-key.ts';
import type { Person } from '#src/identity/person/person.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { createStore } from '#src/store/store.ts';
import { rekeyAll } from '#src/usecases/keys/rekey.ts';
import { newKeyring, newKeyText } from '../../identity/support.ts';
import { sampleDraw } from '../../support/draw-samples.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { useRedis } from '../../support/redis.ts';
import { sampleEntry, sampleNowMs, samplePrefecture } from '../../support/samples.ts';

const prefecture = '92';
const redis = useRedis();
const store = createStore(redis);
const keys = keysOf(prefecture);
const vault = createVault(newKeyring('s1'));
const [old, fresh] = [newKeyText('i1'), newKeyText('i2')];
const former = createIdentityKeys(parseKeyring(old));
const rotated = createIdentityKeys(parseKeyring(`${fresh},${old}`));
const alone = createIdentityKeys(parseKeyring(fresh));

const person: Person = {
  name: 'Ada Exemple',
  document: { kind: 'agdref', number: '0000000001' },
  otherDocuments: [{ kind: 'passport', country: 'GBR', number: 'EX0000001' }],
  birthDate: '1985-12-10',
  email: 'ada@example.org',
};

beforeEach(() => store.prefectures.create(prefecture, samplePrefecture()));

function entryOf(who: Person, by = former, members: Partial<EntryRecord> = {}): EntryRecord {
  const entry = sampleEntry({ state: 'waiting', ...members });
  const { identities, clues } = by.keysOf(prefecture, entry.requestType, who);
  const [identity = '', ...otherIdentities] = identities;
  const sealed = vault.seal(who, personContext(prefecture, entry.id));
  return { ...entry, identity, otherIdentities, clues: [...clues], sealed };
}

const add = async (entry: EntryRecord) => {
  expect((await store.entries.join(prefecture, entry, { messages: [] })).outcome).toBe('joined');
  return entry.id;
};
const rekey = () => rekeyAll({ store, vault, identityKeys: rotated }, prefecture);
const get = (id: string) => store.entries.get(prefecture, id);

test('a person is recognised by the new key alone, by each document and each clue', async () => {
  const id = await add(entryOf(person));
  expect(await rekey()).toEqual({ rekeyed: 1, missed: 0, taken: 0, unreadable: 0 });
  expect(await rekey()).toEqual({ rekeyed: 0, missed: 0, taken: 0, unreadable: 0 });
  const { identities, clues } = alone.keysOf(prefecture, 'renewal', person);
  expect(await redis.hgetall(keys.identities)).toEqual(
    Object.fromEntries(identities.map((identity) => [identity, id])),
  );
  const after = await get(id);
  expect([after?.identity, ...(after?.otherIdentities ?? [])]).toEqual(identities);
  expect(after?.clues).toEqual(clues);
  // The same person under another document: refused, and somebody of that name and birth date: flagged.
  const again = entryOf(
    { ...person, document: person.otherDocuments?.[0] ?? person.document, otherDocuments: [] },
    alone,
  );
  const joined = await store.entries.join(prefecture, again, { messages: [] });
  expect(joined).toMatchObject({ outcome: 'duplicate', entry: id });
  const namesake: Person = { ...person, document: { kind: 'agdref', number: '0000000002' } };
  const other: Person = { ...namesake, otherDocuments: [] };
  expect(await store.entries.join(prefecture, entryOf(other, alone), { messages: [] })).toEqual({
    outcome: 'joined',
    flagged: true,
  });
  // Leaving frees all of it.
  await store.entries.leave(prefecture, id, 'withdraw', sampleNowMs);
  expect(Object.values(await redis.hgetall(keys.identities))).not.toContain(id);
  expect(await new DrawWorld(redis).faults()).toEqual([]);
});

test('what is stored by identity goes along', async () => {
  const id = await add(entryOf(person));
  const before = await get(id);
  const identity = before?.identity ?? '';
  await redis.hset(keys.suspensions, identity, '3:no_show');
  await redis.hset(keys.different, identity, 'someone', 'someone', `${identity} third`);
  await rekey();
  const now = (await get(id))?.identity ?? '';
  expect(now).not.toBe(identity);
  expect(await redis.hgetall(keys.suspensions)).toEqual({ [now]: '3:no_show' });
  expect(await redis.hgetall(keys.different)).toEqual({
    [now]: 'someone',
    someone: `third ${now}`,
  });
});

test('a freeze under way reads what was, and an ended entry takes no place', async () => {
  const id = await add(entryOf(person));
  const left = await add(
    entryOf({ ...person, document: { kind: 'agdref', number: '0000000009' }, otherDocuments: [] }),
  );
  await store.entries.leave(prefecture, left, 'withdraw', sampleNowMs);
  await store.draws.schedule(prefecture, sampleDraw({ id: 'd1' }));
  await store.draws.beginFreeze(prefecture, 'd1', sampleNowMs);
  const pool = await store.entries.readFrozen(prefecture);
  expect(await rekey()).toMatchObject({ rekeyed: 2 });
  expect(await store.entries.readFrozen(prefecture)).toEqual(pool);
  expect(pool.entries.map((entry) => entry.id)).toEqual([id]);
  expect(new Set(Object.values(await redis.hgetall(keys.identities)))).toEqual(new Set([id]));
});

test('a document that another live entry has is left alone and counted', async () => {
  // As if both had joined while the keyrings of two processes differed.
  const first = await add(entryOf(person));
  await add(entryOf(person, alone));
  expect(await rekey()).toMatchObject({ rekeyed: 0, taken: 1 });
  expect(rotated.isCurrent((await get(first))?.identity ?? '')).toBe(false);
});

test('what does not open keeps its identities, and what changes meanwhile is found again', async () => {
  const sealed = createVault(newKeyring('s1')).seal(person, 'elsewhere');
  await add({ ...entryOf(person), sealed });
  expect(await rekey()).toMatchObject({ rekeyed: 0, unreadable: 1 });
  const [stored] = (await store.entries.page(prefecture)).entries;
  if (!stored) throw new Error('an entry was added');
  const stale = { ...stored, raw: `${stored.raw} ` };
  const made = alone.keysOf(prefecture, 'renewal', person);
  expect(await store.entries.rekey(prefecture, stale, made)).toBe('conflict');
});

test('of a party each person is recognised by the new key, and can still leave it', async () => {
  const others = [
    { name: 'Zoé', document: { kind: 'passport' as const, country: 'MLI', number: 'AA12' } },
    { name: 'Bo', birthDate: '2019-12-31' },
  ];
  const family = { ...person, others };
  const id = await add(entryOf(family, former, { party: 3 }));
  expect(await rekey()).toMatchObject({ rekeyed: 1, unreadable: 0 });
  const { identities, clues, holders } = alone.keysOf(prefecture, 'renewal', family);
  expect(await get(id)).toMatchObject({ clues, otherIdentities: identities.slice(1) });
  const { leaving, staying } = partKeys(family, { identities, clues }, 1);
  expect(leaving.identities).toEqual(identities.filter((_, at) => holders[at] === 1));
  expect(staying.identities).toEqual(identities.filter((_, at) => holders[at] !== 1));
  expect(leaving.clues.map((clue) => clue.charAt(0))).toEqual(['e']);
  expect(staying.clues).toEqual(clues);
});
