import { Redis } from 'ioredis';
import { afterAll, beforeEach, inject } from 'vitest';

/** Address of the logical database that no other test file uses at the same time. */
export function redisUrl(): string {
  const url = new URL(inject('redisUrl'));
  url.pathname = `/${process.env.VITEST_POOL_ID}`;
  return url.href;
}

/** A client on that database, which is emptied before each test and closed after the last. */
export function useRedis(): Redis {
  const redis = new Redis(redisUrl());
  beforeEach(async () => {
    await redis.flushdb();
  });
  afterAll(() => redis.quit());
  return redis;
}
