import { beforeEach, expect, test } from 'vitest';
import { PrefectureStore } from '#src/store/prefectures/store.ts';
import { createPrefectureCache } from '#src/usecases/prefectures/cache.ts';
import { useRedis } from '../../support/redis.ts';
import { sampleNowMs, samplePrefecture } from '../../support/samples.ts';

const store = new PrefectureStore(useRedis());
let reads = 0;
let nowMs = sampleNowMs;
const counted = {
  get: (id: string) => {
    reads += 1;
    return store.get(id);
  },
};
const open = () => createPrefectureCache(counted, () => nowMs, 1000);

beforeEach(() => {
  reads = 0;
  nowMs = sampleNowMs;
});

test('whoever asks within the time is answered by one read, also while it is under way', async () => {
  await store.create('92', samplePrefecture());
  const cache = open();
  const asked = await Promise.all([cache.get('92'), cache.find('92'), cache.get('92')]);
  expect(asked.map((one) => one?.id)).toEqual(['92', '92', '92']);
  nowMs += 999;
  await cache.get('92');
  expect(reads).toBe(1);
  nowMs += 1;
  await cache.get('92');
  expect(reads).toBe(2);
  // A clock that was set back does not keep what it knows for hours.
  nowMs -= 5000;
  await cache.get('92');
  expect(reads).toBe(3);
});

test('a prefecture that is not there is refused, and seen as soon as it is made', async () => {
  const cache = open();
  await expect(cache.get('92')).rejects.toThrow(
    expect.objectContaining({ code: 'prefecture_not_found' }),
  );
  expect(await cache.find('92')).toBeUndefined();
  await store.create('92', samplePrefecture());
  expect((await cache.get('92')).id).toBe('92');
  const before = reads;
  expect(await cache.find('no/id')).toBeUndefined();
  expect(reads).toBe(before);
});

test('a change of this process is known at once, whatever is being read', async () => {
  await store.create('92', samplePrefecture());
  const cache = open();
  const before = cache.get('92');
  const changed = { ...(await cache.get('92')), paused: { sinceMs: nowMs, reason: 'flood' } };
  cache.put(changed);
  await before;
  expect(await cache.get('92')).toBe(changed);
  expect(reads).toBe(1);
});

test('a read that fails is told, and tried again', async () => {
  await store.create('92', samplePrefecture());
  const failing = {
    get: (id: string) => (++reads === 1 ? Promise.reject(new Error('down')) : store.get(id)),
  };
  const cache = createPrefectureCache(failing, () => nowMs, 1000);
  await expect(cache.find('92')).rejects.toThrow('down');
  expect((await cache.get('92')).id).toBe('92');
});
