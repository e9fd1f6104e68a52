import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { keysOf } from '#src/store/core/keys.ts';
import { advanceDraws } from '#src/usecases/draws/advance.ts';
import { signRegister } from '#src/usecases/register/sign.ts';
import { runVerify } from '../../../scripts/verify/command.ts';
import {
  addSlots,
  addWaiting,
  createPrefecture,
  hourMs,
  openHouse,
  prefecture,
} from '../../support/house.ts';
import { redisUrl, useRedis } from '../../support/redis.ts';
import { sampleNowMs } from '../../support/samples.ts';

useRedis();
const house = openHouse({ redisUrl: redisUrl() });
const { store, time, scheduler, redis } = house;
const directory = mkdtempSync(join(tmpdir(), 'tirage-after-void-'));
afterAll(async () => {
  await house.close();
  rmSync(directory, { recursive: true });
});

const dayMs = 24 * hourMs;
const keys = keysOf(prefecture);

beforeEach(async () => {
  time.nowMs = sampleNowMs;
  await createPrefecture(store);
  await addSlots(store, [{ id: 's1', capacity: 1 }]);
  for (const id of ['e1', 'e2', 'e3']) await addWaiting(store, id);
});

const plan = async (atMs = time.nowMs, requestTypes?: readonly string[]) =>
  (await scheduler.scheduleOnce(prefecture, atMs, 'agent1', requestTypes)).id;
const advance = () => advanceDraws(house.steps(), prefecture);
const hold = async (requestTypes?: readonly string[]) => {
  const id = await plan(time.nowMs, requestTypes);
  await advance();
  return id;
};
const makeVoid = async (id: string) => {
  await store.draws.void(prefecture, id, { reason: 'wrong', agent: 'agent1' }, time.nowMs);
  await advance();
};
const drawOf = async (id: string) => {
  const found = await store.draws.get(prefecture, id);
  if (!found) throw new Error('no draw');
  return found;
};
const marks = async (ids: readonly string[]) =>
  Promise.all(ids.map(async (id) => (await drawOf(id)).afterVoid));
const leaves = async () =>
  (await redis.lrange(keys.registerLeaves, 0, -1)).map((leaf) => JSON.parse(leaf));
const counts = async () => {
  await signRegister(house.deps, prefecture);
  return store.register.counts(prefecture);
};
/** What the verifier says of the register alone. */
const verified = async () => {
  const file = join(directory, 'register.ndjson');
  writeFileSync(file, `${(await redis.lrange(keys.registerLeaves, 0, -1)).join('\n')}\n`);
  return runVerify(['--register', file]);
};

describe('a draw that comes after a void one of its types', () => {
  test('void, then a plain new draw, three times: each is marked, in the register and its counts', async () => {
    const ids: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      ids.push(await hold());
      await makeVoid(ids[round] ?? '');
      time.nowMs += dayMs;
    }
    const last = await hold();
    const [a, b, c] = ids;
    const expected = [undefined, [a], [a, b].sort(), [a, b, c].sort()];
    expect(await marks([...ids, last])).toEqual(expected);
    const marked = async (kind: string) =>
      (await leaves()).filter((leaf) => leaf.kind === kind).map(({ afterVoid }) => afterVoid);
    expect(await marked('scheduled')).toEqual(expected);
    expect(await marked('manifest')).toEqual(expected);
    expect(await counts()).toMatchObject({ scheduled: 4, void: 3, repeated: 0, afterVoid: 3 });
    const { exitCode, out } = await verified();
    expect(exitCode).toBe(0);
    expect(out.match(/^register: draw .* is not said to repeat it$/gm)).toHaveLength(6);
    expect(out).toContain(
      `was frozen 1 days after draw ${c} of its request types was declared void, and is not said to repeat it`,
    );
  });

  test('is marked by its freeze where it was planned before the other was void', async () => {
    const first = await hold();
    const second = await plan(time.nowMs + hourMs);
    await makeVoid(first);
    expect(await marks([second])).toEqual([undefined]);
    time.nowMs += hourMs;
    await advance();
    expect((await drawOf(second)).state).toBe('published');
    expect(await marks([second])).toEqual([[first]]);
    expect(await counts()).toMatchObject({ afterVoid: 1 });
  });

  test('of a schedule is marked likewise', async () => {
    const first = await hold();
    await makeVoid(first);
    const { id } = await scheduler.upsert(prefecture, 'daily', '0 9 * * *', 'agent1');
    expect(await marks([id])).toEqual([[first]]);
  });

  test('is marked where it shares one of several request types, and no other is', async () => {
    const type = { ...(await store.prefectures.get(prefecture))?.requestTypes[0], id: 'first' };
    await store.prefectures.update(
      prefecture,
      (now) => ({
        ...now,
        requestTypes: [...now.requestTypes, type as (typeof now.requestTypes)[0]],
      }),
      time.nowMs,
    );
    const all = await hold();
    await makeVoid(all);
    const one = await plan(time.nowMs + dayMs, ['renewal']);
    expect(await marks([one])).toEqual([[all]]);
    const held = await hold(['renewal']);
    await makeVoid(held);
    expect(await marks([await plan(time.nowMs + dayMs, ['first'])])).toEqual([[all]]);
  });

  test('is not marked as its repeat, a fortnight later, or once one was held', async () => {
    const first = await hold();
    await makeVoid(first);
    const repeat = await scheduler.repeat(
      prefecture,
      { replaces: first, atMs: undefined },
      'agent1',
    );
    expect(await marks([repeat.id, await plan()])).toEqual([undefined, undefined]);
    await advance();
    await addSlots(store, [{ id: 's2', capacity: 1 }]);
    const second = await hold();
    await makeVoid(second);
    await addSlots(store, [{ id: 's3', capacity: 1 }]);
    const held = await hold();
    expect(await marks([held])).toEqual([[second]]);
    expect(await marks([await plan()])).toEqual([undefined]);
    expect(await counts()).toMatchObject({ repeated: 1, afterVoid: 1 });
    expect((await verified()).out.match(/is not said to repeat it/g)).toHaveLength(1);
    await makeVoid(held);
    time.nowMs += 14 * dayMs + 1;
    expect(await marks([await plan()])).toEqual([undefined]);
  });
});
