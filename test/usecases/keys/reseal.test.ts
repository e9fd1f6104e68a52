import { expect, test } from 'vitest';
import type { EntryRecord } from '#src/domain/entries/entry.ts';
import { operatorEntropy } from '#src/identity/entropy/entropy.ts';
import { newAgentKey } from '#src/identity/keys/agent-keys.ts';
import { type Keyring, parseKeyring } from '#src/identity/keys/keyring.ts';
import { createVault } from '#src/identity/keys/vault.ts';
import {
  appealContext,
  letterContext,
  mandateContext,
  personContext,
} from '#src/identity/person/context.ts';
import type { Person } from '#src/identity/person/person.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { createStore } from '#src/store/store.ts';
import { resealAll } from '#src/usecases/keys/reseal.ts';
import { newKeyText } from '../../identity/support.ts';
import { sampleDraw } from '../../support/draw-samples.ts';
import { useRedis } from '../../support/redis.ts';
import { sampleEntry, sampleNowMs, samplePrefecture } from '../../support/samples.ts';

const prefecture = '92';
const redis = useRedis();
const store = createStore(redis);
const [oldest, old, fresh] = [newKeyText('k0'), newKeyText('k1'), newKeyText('k2')];
const former = createVault(parseKeyring(old));
const rotated = parseKeyring(`${fresh},${old}`);
const person: Person = { name: 'Ada Exemple', document: { kind: 'agdref', number: '0000000001' } };

/** Entries that wait, sealed by a vault. */
async function enter(count: number, vault = former): Promise<EntryRecord[]> {
  const entries = Array.from({ length: count }, () => {
    const entry = sampleEntry({ state: 'waiting', joinedAtMs: sampleNowMs });
    return { ...entry, sealed: vault.seal(person, personContext(prefecture, entry.id)) };
  });
  await Promise.all(
    entries.map((entry) => store.entries.join(prefecture, entry, { messages: [] })),
  );
  return entries;
}

const reseal = (keys: Keyring = rotated) =>
  resealAll({ store, vault: createVault(keys) }, prefecture);

test('people and the secret of a draw are sealed anew, and open without the former key', async () => {
  await store.prefectures.create(prefecture, samplePrefecture());
  const entries = await enter(700);
  const prepared = await operatorEntropy(former).prepare(prefecture, 'd1');
  await store.draws.schedule(prefecture, { ...sampleDraw({ id: 'd1' }), ...prepared });

  expect(await reseal()).toMatchObject({ resealed: 701, missed: 0, unreadable: 0 });
  const again = await reseal();
  expect(again).toMatchObject({ resealed: 0, missed: 0 });
  expect([...again.byKey]).toEqual([['k2', 701]]);

  const alone = createVault(parseKeyring(fresh));
  for (const { id, sealed: _sealed, ...rest } of entries) {
    const after = await store.entries.get(prefecture, id);
    expect(after).toMatchObject(rest);
    expect(alone.open(after?.sealed ?? '', personContext(prefecture, id))).toEqual(person);
  }
  const draw = await store.draws.get(prefecture, 'd1');
  const revealed = draw && (await operatorEntropy(alone).reveal(prefecture, draw));
  expect(revealed?.outcome).toBe('revealed');
  expect(draw).toMatchObject({ state: 'scheduled', entropy: prepared.entropy });
});

test('appeals, letters and references of mandates are sealed anew, and open without the former key', async () => {
  const [entry] = await enter(1);
  const id = entry?.id ?? '';
  const message = `welcome.${id}.1`;
  const absence = { cause: 'no_show', untilDraw: 1, state: 'standing' } as const;
  await store.entries.change(prefecture, id, (found) => ({ entry: { ...found, absence } }));
  const appeal = former.sealText('a train', appealContext(prefecture, id));
  await store.absences.appeal(prefecture, id, { sealed: appeal, atMs: sampleNowMs });
  const letter = former.sealText('a letter', letterContext(prefecture, message));
  await store.letters.keep(prefecture, { message, day: '2026-12-01', sealed: letter });
  const helper = { id: 'h1', category: 'lawyer', label: 'h', cap: 1, createdAtMs: 0 } as const;
  await store.helpers.add(prefecture, helper);
  const sealedReference = former.sealText('a file', mandateContext(prefecture, id));
  const term = { from: '2026-12-01', until: '2026-12-31' };
  await store.helpers.reserve(prefecture, id, { helper: 'h1', sealedReference, ...term });

  expect(await reseal()).toMatchObject({ resealed: 4, missed: 0, unreadable: 0 });
  const again = await reseal();
  expect([again.resealed, ...again.byKey]).toEqual([0, ['k2', 4]]);

  const alone = createVault(parseKeyring(fresh));
  const heard = await store.absences.appealOf(prefecture, id);
  expect(heard?.atMs).toBe(sampleNowMs);
  expect(alone.openText(heard?.sealed ?? '', appealContext(prefecture, id))).toBe('a train');
  const [printed] = await store.letters.batch(prefecture, '2026-12-01');
  expect(alone.openText(printed?.sealed ?? '', letterContext(prefecture, message))).toBe(
    'a letter',
  );
  const mandate = await store.helpers.mandate(prefecture, id);
  expect(mandate).toMatchObject({ helper: 'h1', ...term });
  const reference = mandate?.sealedReference ?? '';
  expect(alone.openText(reference, mandateContext(prefecture, id))).toBe('a file');
});

test('a mandate is replaced and ended whatever the order of its members in the store', async () => {
  const helper = { id: 'h1', category: 'lawyer', label: 'h', cap: 1, createdAtMs: 0 } as const;
  await store.helpers.add(prefecture, helper);
  const text = { helper: 'h1', sealedReference: 'r', from: '2026-12-01', until: '2026-12-31' };
  const other = Object.fromEntries(Object.entries(text).reverse());
  await redis.hset(keysOf(prefecture).mandates, 'e1', JSON.stringify(other));
  const before = await store.helpers.mandate(prefecture, 'e1');
  if (!before) throw new Error('no mandate');
  const renewed = { ...before, until: '2027-01-31' };
  const replace = () => store.helpers.replaceMandate(prefecture, 'e1', before, renewed);
  expect([await replace(), await replace()]).toEqual(['done', 'conflict']);
  await redis.hset(keysOf(prefecture).mandates, 'e1', JSON.stringify(other));
  const ended = { by: 'person', atMs: 1 } as const;
  expect(await store.helpers.endMandate(prefecture, 'e1', ended)).toMatchObject({ ended });
});

test('what a freeze reads is what it was before, and it can be broken off and repeated', async () => {
  await store.prefectures.create(prefecture, samplePrefecture());
  const entries = await enter(30);
  await store.draws.schedule(prefecture, sampleDraw({ id: 'd1' }));
  await store.draws.beginFreeze(prefecture, 'd1', sampleNowMs);
  const pool = await store.entries.readFrozen(prefecture);
  expect(pool.entries).toHaveLength(30);
  // Some in a first run that ended there.
  await store.entries.replace(
    prefecture,
    (
      await store.entries.getMany(
        prefecture,
        entries.slice(0, 10).map(({ id }) => id),
      )
    ).flatMap((before) => {
      if (!before) return [];
      const context = personContext(prefecture, before.value.id);
      const sealed = createVault(rotated).reseal(before.value.sealed, context);
      return [{ before, after: { ...before.value, sealed } }];
    }),
  );
  expect(await reseal()).toMatchObject({ resealed: 20, missed: 0 });
  expect(await store.entries.readFrozen(prefecture)).toEqual(pool);
  expect(await redis.hlen(keysOf(prefecture).before)).toBe(30);
});

test('a change that somebody makes meanwhile is never lost', async () => {
  const [entry] = await enter(1);
  const stored = await store.entries.page(prefecture);
  await store.entries.change(prefecture, entry?.id ?? '', (now) => ({
    entry: { ...now, accepts: { sites: ['nanterre'] } },
  }));
  const replacements = stored.entries.map((before) => ({
    before,
    after: { ...before.value, sealed: 'other' },
  }));
  expect(await store.entries.replace(prefecture, replacements)).toBe(0);
  expect(await reseal()).toMatchObject({ resealed: 1 });
  expect(await store.entries.get(prefecture, entry?.id ?? '')).toMatchObject({
    accepts: { sites: ['nanterre'] },
  });
});

test('what no key of the ring opens stays, is counted, and keeps its key in use', async () => {
  await enter(2);
  await enter(1, createVault(parseKeyring(oldest)));
  const seen = await reseal();
  expect(seen).toMatchObject({ resealed: 2, unreadable: 1 });
  expect([...seen.byKey].sort()).toEqual([
    ['k0', 1],
    ['k2', 2],
  ]);
});

test('a replacement that would change state or identity is refused', async () => {
  await enter(1);
  const [before] = (await store.entries.page(prefecture)).entries;
  if (!before) throw new Error('an entry was added');
  for (const other of [{ state: 'served' }, { identity: newAgentKey().id }] as const) {
    const after = { ...before.value, ...other };
    await expect(store.entries.replace(prefecture, [{ before, after }])).rejects.toThrow(
      'must stay',
    );
  }
});
