import { expect, test } from 'vitest';
import { failAfter, killEverywhere } from './faulty-redis.ts';
import { useRedis } from './redis.ts';

const redis = useRedis();

test('commands before the n-th take effect; it and all later ones throw', async () => {
  const dying = failAfter(redis, 2);
  await dying.set('a', '1');
  await expect(dying.set('b', '1')).rejects.toThrow('killed');
  await expect(dying.get('a')).rejects.toThrow('killed');
  expect(await redis.keys('*')).toEqual(['a']);
});

test('a lost reply leaves the effect', async () => {
  const dying = failAfter(redis, 2, { lost: 'reply' });
  await dying.set('a', '1');
  await expect(dying.set('b', '1')).rejects.toThrow('killed');
  await expect(dying.set('c', '1')).rejects.toThrow('killed');
  expect((await redis.keys('*')).sort()).toEqual(['a', 'b']);
});

test('bytes stay bytes when the reply is lost', async () => {
  const bytes = Buffer.from([0, 255, 128]);
  await expect(failAfter(redis, 1, { lost: 'reply' }).set('a', bytes)).rejects.toThrow('killed');
  expect(await redis.getBuffer('a')).toEqual(bytes);
});

test('a pipeline or a transaction is one command', async () => {
  const dying = failAfter(redis, 3);
  await dying.pipeline().set('a', '1').set('b', '1').exec();
  await dying.multi().set('c', '1').set('d', '1').exec();
  await expect(dying.multi().set('e', '1').exec()).rejects.toThrow('killed');
  const replies = await failAfter(redis, 1).pipeline().set('f', '1').get('a').exec();
  expect(replies?.map(([error]) => error?.message)).toEqual(['killed', 'killed']);
  expect((await redis.keys('*')).sort()).toEqual(['a', 'b', 'c', 'd']);
});

test('a transaction whose reply is lost took effect whole', async () => {
  const dying = failAfter(redis, 1, { lost: 'reply' });
  await expect(dying.multi().set('a', '1').set('b', '1').exec()).rejects.toThrow('killed');
  expect((await redis.keys('*')).sort()).toEqual(['a', 'b']);
});

test('every command is a place to die', async () => {
  const seen: string[][] = [];
  const deaths = await killEverywhere(
    redis,
    'command',
    async (dying) => {
      await redis.flushdb();
      await dying.set('a', '1');
      await dying.set('b', '1');
    },
    async () => {
      seen.push((await redis.keys('*')).sort());
    },
  );
  expect(deaths).toBe(2);
  expect(seen).toEqual([[], ['a']]);
});
