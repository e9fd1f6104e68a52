import { Redis } from 'ioredis';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { DATA_VERSION, DataVersionError } from '#src/store/core/data-version.ts';
import { DATA_VERSION_KEY, keysOf, MIGRATION_LOCK_KEY } from '#src/store/core/keys.ts';
import { checkMigrations, type Migration } from '#src/store/core/migration.ts';
import { MIGRATIONS } from '#src/store/core/migrations/all.ts';
import { openData, watchData } from '#src/store/core/open-data.ts';
import { createStore } from '#src/store/store.ts';
import { redisUrl, useRedis } from '../../support/redis.ts';
import { dumpRedis } from '../../support/release/dump.ts';
import { samplePrefecture } from '../../support/samples.ts';

const redis = useRedis();
const other = new Redis(redisUrl());
const store = createStore(redis);
const said: string[] = [];
const ran: string[] = [];
const log = ({ prefecture, from }: Readonly<Record<string, unknown>>, text: string) =>
  void said.push([prefecture, from, text].filter(Boolean).join(' '));
const patient = { log, waitMs: 5 };
afterAll(() => other.quit());

/** Two prefectures as 0.1.0 left them: without a version. */
beforeEach(async () => {
  said.length = 0;
  ran.length = 0;
  for (const id of ['92', '93']) {
    await store.prefectures.create(id, samplePrefecture());
    await redis.del(keysOf(id).dataVersion);
  }
});

/** A step that writes its version into a hash of a test: `run` may do something before. */
function step(from: number, run: Migration['run'] = async () => {}): Migration {
  return {
    from,
    name: `step ${from}`,
    run: async (migrated) => {
      ran.push(`${migrated.prefecture} ${from}`);
      await run(migrated);
      const field = String(from + 1);
      await migrated.write('HSET', keysOf(migrated.prefecture).tallies, field, field);
    },
  };
}
const steps = [step(1), step(2)];
const newer = DATA_VERSION + 1;
const inOrder = ['92 1', '93 1', '92 2', '93 2'];

async function versions() {
  const [all, ...each] = await redis.mget(
    ...[DATA_VERSION_KEY, keysOf('92').dataVersion, keysOf('93').dataVersion],
  );
  return { all, each };
}

describe('stored data', () => {
  test('of no prefecture is given the version of the code, whatever migrations there are', async () => {
    await redis.flushdb();
    await openData(redis, { ...patient, version: 3, migrations: steps });
    expect(await redis.get(DATA_VERSION_KEY)).toBe('3');
    expect(ran).toEqual([]);
    await openData(redis, { ...patient, version: 3, migrations: steps });
  });

  test('of 0.1.0 has the first version, and says so from then on', async () => {
    await openData(redis, { ...patient, version: 1, migrations: [] });
    expect(await versions()).toEqual({ all: '1', each: ['1', '1'] });
    expect(await redis.exists(MIGRATION_LOCK_KEY)).toBe(0);
  });

  test('is migrated step by step, each step for all prefectures, once, and logged', async () => {
    await openData(redis, { ...patient, version: 3, migrations: steps });
    expect(ran).toEqual(inOrder);
    expect(await versions()).toEqual({ all: '3', each: ['3', '3'] });
    expect(await redis.hgetall(keysOf('93').tallies)).toEqual({ 2: '2', 3: '3' });
    const [begin, end] = ['migration of stored data begins', 'migration of stored data ends'];
    expect(said).toEqual(inOrder.flatMap((one) => [`${one} ${begin}`, `${one} ${end}`]));

    await openData(redis, { ...patient, version: 3, migrations: steps });
    expect(ran).toEqual(inOrder);
  });

  test('goes on where a crash broke off, in a step or between two', async () => {
    let crashes = 1;
    const crashing = step(2, async ({ prefecture, keys, write }) => {
      await write('HSET', keys.tallies, 'half', prefecture);
      if (prefecture === '93' && crashes-- > 0) throw new Error('killed');
    });
    const options = { ...patient, version: 3, migrations: [step(1), crashing] };
    await expect(openData(redis, options)).rejects.toThrow('killed');
    expect(await versions()).toMatchObject({
      all: '2',
      each: ['3', expect.stringMatching(/^2>3 /)],
    });
    await openData(redis, options);
    expect(ran).toEqual([...inOrder, '93 2']);
    expect(await versions()).toEqual({ all: '3', each: ['3', '3'] });
  });

  test('is migrated by one of two processes that start at once; the other waits', async () => {
    const options = { ...patient, version: 3, migrations: steps };
    await Promise.all([openData(redis, options), openData(other, options)]);
    expect(ran).toEqual(inOrder);
    expect(await versions()).toEqual({ all: '3', each: ['3', '3'] });
  });

  test('is waited for within bounds', async () => {
    await redis.set(MIGRATION_LOCK_KEY, 'somebody', 'PX', 60_000);
    const options = { ...patient, waitMs: 1, mostWaits: 3, version: 3, migrations: steps };
    await expect(openData(redis, options)).rejects.toThrow('does not end');
    expect(said).toEqual(['another process migrates the stored data: waiting']);
    expect(ran).toEqual([]);
  });

  test('is no longer written by a process that hung and was overtaken', async () => {
    const migrations = [step(1)];
    const hanging = step(1, async ({ prefecture }) => {
      if (prefecture !== '92') return;
      // Its lock runs out meanwhile, and another process does the whole work.
      await redis.del(MIGRATION_LOCK_KEY);
      await openData(other, { ...patient, version: 2, migrations });
      await other.hset(keysOf('92').tallies, '2', 'as the other left it');
    });
    const late = openData(redis, { ...patient, version: 2, migrations: [hanging] });
    await expect(late).rejects.toThrow('has taken over');
    expect(await redis.hget(keysOf('92').tallies, '2')).toBe('as the other left it');
    expect(await versions()).toEqual({ all: '2', each: ['2', '2'] });
  });

  test('of a prefecture that an older process made meanwhile is migrated at the next start', async () => {
    await openData(redis, { ...patient, version: 3, migrations: steps });
    await redis.set(keysOf('93').dataVersion, '1');
    await openData(redis, { ...patient, version: 3, migrations: steps });
    expect(ran).toEqual([...inOrder, '93 1', '93 2']);
    expect(await versions()).toEqual({ all: '3', each: ['3', '3'] });
  });
});

describe('data that is newer than the code', () => {
  test.each<[string, () => Promise<unknown>]>([
    ['all of it', () => redis.set(DATA_VERSION_KEY, `${newer}`)],
    ['of one prefecture', () => redis.set(keysOf('93').dataVersion, `${newer}`)],
    ['on its way there', () => redis.set(keysOf('93').dataVersion, `1>${newer} token`)],
  ])('is refused at the start, and left as it is: %s', async (_title, make) => {
    await make();
    const before = await dumpRedis(redis);
    const refusal = await openData(redis, patient).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DataVersionError);
    expect(refusal).toMatchObject({
      isNewer: true,
      message: expect.stringContaining(`this release knows versions up to ${DATA_VERSION}`),
    });
    expect(await dumpRedis(redis)).toBe(before);
  });

  test('is noticed by a process that runs', async () => {
    const { promise, resolve } = Promise.withResolvers<DataVersionError>();
    const stop = watchData(redis, resolve, 5);
    const migrations = [...MIGRATIONS, step(DATA_VERSION)];
    await openData(other, { ...patient, version: newer, migrations });
    expect((await promise).message).toContain(`has version ${newer}`);
    await stop();
  });
});

test('the migrations of this code lead from 1 to its version', () => {
  checkMigrations(MIGRATIONS, DATA_VERSION);
  expect(() => checkMigrations([step(2)], 2)).toThrow('one step after another');
  expect(() => checkMigrations(steps, 2)).toThrow('one step after another');
});
