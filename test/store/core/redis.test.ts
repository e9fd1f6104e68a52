import { Cluster, Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { connect } from '#src/store/core/redis.ts';
import { redisUrl } from '../../support/redis.ts';

/** Opens without waiting for an answer, looks, and closes. */
function look<T>(url: string, see: (redis: Redis | Cluster) => T, options = {}): T {
  const redis = connect(url, options);
  redis.on('error', () => {});
  try {
    return see(redis);
  } finally {
    redis.disconnect();
  }
}

test('redis:// connects to one server and one database', async () => {
  const redis = connect(redisUrl(), { connectionName: 'tirage-test' });
  try {
    expect(await redis.ping()).toBe('PONG');
    expect(await redis.call('CLIENT', 'GETNAME')).toBe('tirage-test');
    expect(redis.options).toMatchObject({ db: Number(process.env.VITEST_POOL_ID) });
  } finally {
    await redis.quit();
  }
});

test('redis+sentinel:// names sentinels, master and password', () => {
  const url = 'redis+sentinel://someone:p%40ss@10.0.0.1:26379,[::1]:26380/places';
  look(url, (redis) => {
    expect(redis).toBeInstanceOf(Redis);
    expect(redis.options).toMatchObject({
      sentinels: [
        { host: '10.0.0.1', port: 26379 },
        { host: '::1', port: 26380 },
      ],
      name: 'places',
      username: 'someone',
      password: 'p@ss',
    });
  });
});

test('redis+cluster:// names nodes; each node gets the options', () => {
  const url = 'redis+cluster://:p%40ss@127.0.0.1:1,127.0.0.1:2';
  const options = { maxRetriesPerRequest: null, enableAutoPipelining: true };
  look(
    url,
    (redis) => {
      expect(redis).toBeInstanceOf(Cluster);
      expect(redis.options).toMatchObject({
        enableAutoPipelining: true,
        redisOptions: { password: 'p@ss', maxRetriesPerRequest: null },
      });
    },
    options,
  );
});
