import { describe, expect, test } from 'vitest';
import { keysOf } from '#src/store/core/keys.ts';
import { PrefectureStore } from '#src/store/prefectures/store.ts';
import { failAfter } from '../../support/faulty-redis.ts';
import { useRedis } from '../../support/redis.ts';
import { sampleNowMs, samplePrefecture } from '../../support/samples.ts';

const redis = useRedis();
const prefectures = new PrefectureStore(redis);
const keys = keysOf('92');
const hourMs = 3_600_000;

describe('a prefecture', () => {
  test('is created once, with the defaults of its settings', async () => {
    expect(await prefectures.create('92', samplePrefecture())).toBe('created');
    expect(await prefectures.create('92', { ...samplePrefecture(), sites: [] })).toBe('exists');
    const stored = await prefectures.get('92');
    expect(stored).toEqual({
      id: '92',
      ...samplePrefecture(),
      paused: undefined,
      graceUntilMs: 0,
    });
    expect(stored?.settings.answerHours).toBe(72);
    expect(await prefectures.get('93')).toBeUndefined();
    expect(await prefectures.list()).toEqual(['92']);
  });

  test('is listed even if its creation was cut short and repeated', async () => {
    await prefectures.create('93', samplePrefecture()); // the server knows the script from now on
    const dying = new PrefectureStore(failAfter(redis, 3));
    await expect(dying.create('92', samplePrefecture())).rejects.toThrow('killed');
    expect(await prefectures.create('92', samplePrefecture())).toBe('exists');
    expect(await prefectures.list()).toEqual(['92', '93']);
  });

  test('keeps its rules as given, `__proto__` included', async () => {
    const rules = JSON.parse('{"quotas":{"__proto__":{"max":2}},"priorityMax":1}');
    await prefectures.create('92', { ...samplePrefecture(), rules });
    expect(JSON.stringify((await prefectures.get('92'))?.rules)).toBe(JSON.stringify(rules));
  });

  test('loses no change when several race', async () => {
    await prefectures.create('92', samplePrefecture());
    await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        prefectures.update('92', (prefecture) => ({
          ...prefecture,
          requestTypes: [
            ...prefecture.requestTypes,
            ...samplePrefecture().requestTypes.map((type) => ({ ...type, id: `type-${i}` })),
          ],
        })),
      ),
    );
    expect((await prefectures.get('92'))?.requestTypes).toHaveLength(9);
  });

  test('that does not exist cannot change', async () => {
    await expect(prefectures.update('93', (same) => same)).rejects.toMatchObject({
      code: 'prefecture_not_found',
    });
    expect(await redis.exists(keysOf('93').prefecture)).toBe(0);
  });
});

describe('the kill switch', () => {
  test('is seen by scripts, and repeating it keeps the beginning of the pause', async () => {
    await prefectures.create('92', samplePrefecture());
    await prefectures.pause('92', 'outage', sampleNowMs);
    await prefectures.pause('92', 'outage goes on', sampleNowMs + 1);
    expect((await prefectures.get('92'))?.paused).toEqual({
      reason: 'outage goes on',
      sinceMs: sampleNowMs,
    });
    expect(await redis.exists(keys.paused)).toBe(1);
    await prefectures.resume('92', sampleNowMs + 2);
    expect(await redis.exists(keys.paused)).toBe(0);
    expect((await prefectures.get('92'))?.paused).toBeUndefined();
  });

  test.each([
    ['an hour, which cost nobody anything,', hourMs, 0],
    ['more than an hour', hourMs + 1, sampleNowMs + hourMs + 1 + 24 * hourMs],
  ])(
    'that was on for %s gives people the time they lost, once',
    async (_, pausedMs, graceUntilMs) => {
      await prefectures.create('92', samplePrefecture());
      await prefectures.pause('92', 'outage', sampleNowMs);
      const resumed = await prefectures.resume('92', sampleNowMs + pausedMs);
      expect(resumed.graceUntilMs).toBe(graceUntilMs);
      // A second resume is no longer pause.
      expect((await prefectures.resume('92', sampleNowMs + 9 * hourMs)).graceUntilMs).toBe(
        graceUntilMs,
      );
    },
  );
});
