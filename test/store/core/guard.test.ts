import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DATA_VERSION, DataVersionError } from '#src/store/core/data-version.ts';
import { DATA_VERSION_KEY, keysOf } from '#src/store/core/keys.ts';
import { MIGRATIONS } from '#src/store/core/migrations/all.ts';
import { openData } from '#src/store/core/open-data.ts';
import { compileScript, Script } from '#src/store/core/script.ts';
import type { HeaderPart } from '#src/store/core/script-header.ts';
import { addWaiting, createPrefecture, openHouse, prefecture } from '../../support/house.ts';
import { redisUrl, useRedis } from '../../support/redis.ts';
import { dumpRedis } from '../../support/release/dump.ts';
import { sampleEntry, samplePrefecture } from '../../support/samples.ts';

const redis = useRedis();
const house = openHouse({ redisUrl: redisUrl() });
const { store } = house;
const { dataVersion } = keysOf(prefecture);
const newer = DATA_VERSION + 1;

/** They set the version themselves, or look at it. */
const migrating = [
  'begin-migration',
  'end-migration',
  'write-migrated',
  'raise-version',
  'hold-lock',
];
const scripts = globSync('src/store/*/lua/*.lua')
  .filter((file) => /^-- KEYS/m.test(readFileSync(file, 'utf8')))
  .map((file) => file.replace('src/store/', '').replace('/lua/', '/'))
  .filter((file) => !migrating.includes(basename(file, '.lua')));

beforeEach(() => createPrefecture(store));
afterAll(house.close);

describe('a process whose data a newer release has migrated', () => {
  test.each([`${newer}`, `${DATA_VERSION}>${newer} token`])(
    'can run no script at all: %s',
    async (version) => {
      await redis.set(dataVersion, version);
      const before = await dumpRedis(redis);
      expect(scripts.length).toBeGreaterThan(45);
      for (const file of scripts) {
        await expect(runAny(file), file).rejects.toThrow(/newer release, or restore the backup/);
      }
      expect(await dumpRedis(redis)).toBe(before);
    },
  );

  test('is refused within the step of the migration, between two of its writes', async () => {
    await addWaiting(store, 'e1');
    const words: unknown[] = [];
    const run = async () => {
      words.push(await join('e2').catch((error: unknown) => error));
      words.push(await store.entries.leave(prefecture, 'e1', 'withdraw', 0).catch(String));
    };
    const migrations = [...MIGRATIONS, { from: DATA_VERSION, name: 'test', run }];
    await openData(redis, { log: () => {}, version: newer, migrations });
    words.push(await join('e3').catch((error: unknown) => error));
    expect(words[0]).toBeInstanceOf(DataVersionError);
    expect(words[0]).toMatchObject({
      isNewer: true,
      stored: { version: DATA_VERSION, target: newer },
    });
    expect(words[1]).toContain(`is on its way to ${newer}`);
    expect(words[2]).toMatchObject({ isNewer: true, stored: { version: newer } });
    expect(await store.entries.list(prefecture, { limit: 10 })).toMatchObject({
      entries: [{ id: 'e1', state: 'waiting' }],
    });
  });

  test('cannot make a prefecture of the older form', async () => {
    await redis.set(DATA_VERSION_KEY, `${newer}`);
    const made = store.prefectures.create('75', samplePrefecture());
    await expect(made).rejects.toThrow(DataVersionError);
    expect(await redis.exists(keysOf('75').prefecture)).toBe(0);
  });
});

test('data without a version, as 0.1.0 left it, is refused until it is migrated', async () => {
  await redis.del(dataVersion);
  await expect(join('e1')).rejects.toThrow('it must be migrated first');
  await openData(redis, { log: () => {} });
  await join('e1');
  expect(await store.entries.get(prefecture, 'e1')).toMatchObject({ id: 'e1' });
});

test('the store writes by scripts only, which are guarded', () => {
  // What is staged is not data yet: the script that flips it into place is guarded.
  const exempt = ['record-parts.ts', 'migrate.ts', 'migration-lock.ts'];
  const files = globSync('src/store/**/*.ts').filter((file) => !exempt.includes(basename(file)));
  const writes =
    /redis\b[\s)]*\.(set|setex|getset|getdel|append|incr\w*|decr\w*|del|unlink|rename\w*|p?expire\w*|persist|h(set|setnx|mset|del|incrby)|s(add|rem|pop|move)|z(add|rem|incrby)\w*|[lr](push|pop|rem|trim|set|insert)\w*|flush\w*)\(/;
  const found = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, at) => (writes.test(line) ? [`${file}:${at + 1} ${line.trim()}`] : [])),
  );
  // The set of all prefectures has no form that could change.
  expect(found).toEqual([expect.stringContaining('sadd(PREFECTURES_KEY, id)')]);
});

/** Runs a script with something for everything that its header names. */
function runAny(file: string): Promise<unknown> {
  const text = readFileSync(`src/store/${file.replace('/', '/lua/')}`, 'utf8');
  const { keys, args } = compileScript(file, text, () => '').header;
  const names = ({ names: own, list }: HeaderPart) => {
    const all = [...own, ...(list ? [`${list.name}[]`] : [])];
    return all.map((name) => name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase()));
  };
  const members = args.list?.members.map(({ name, isOptional }) =>
    isOptional ? `${name}?` : name,
  );
  const declared = { keys: names(keys), args: names(args), members: members ?? [] };
  const given = (all: readonly string[], value: string) =>
    Object.fromEntries(
      all.map((name) => (name.endsWith('[]') ? [name.slice(0, -2), []] : [name, value])),
    );
  const script = new Script(file, declared, z.unknown());
  const any = given(declared.keys, `tirage:{${prefecture}}:any`);
  // Names read at run time have no types of their own.
  return script.run(redis, any as never, given(declared.args, '1') as never);
}

function join(id: string) {
  return store.entries.join(prefecture, sampleEntry({ id }), { messages: [] });
}
