import { type Job, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, expect, test } from 'vitest';
import { createQueues, MessageJob, queuePrefix, wake } from '#src/store/core/queues.ts';
import { redisUrl, useRedis } from '../../support/redis.ts';

useRedis();
const connection = new Redis(redisUrl(), { maxRetriesPerRequest: null });
const queues = createQueues(connection);
afterAll(async () => {
  await Promise.all(Object.values(queues).map((queue) => queue.close()));
  await connection.quit();
});

test('many calls while a job waits make one job for each prefecture', async () => {
  await Promise.all(Array.from({ length: 20 }, () => wake(queues, 'offers', '92')));
  await wake(queues, 'offers', '93');
  const waiting = await queues.offers.getWaiting();
  expect(waiting.map(({ data }) => data.prefecture).sort()).toEqual(['92', '93']);
});

test('calls while a job runs make exactly one more after it', async () => {
  let runs = 0;
  let finished: () => void = () => {};
  const twice = new Promise<void>((resolve) => {
    finished = resolve;
  });
  const process = async (_job: Job) => {
    runs += 1;
    // Called three times in the middle of the first run.
    if (runs === 1) {
      for (let i = 0; i < 3; i += 1) await wake(queues, 'dispatch', '92');
    } else {
      finished();
    }
  };
  const own = new Redis(redisUrl(), { maxRetriesPerRequest: null });
  const worker = new Worker('dispatch', process, {
    connection: own,
    prefix: queuePrefix('dispatch'),
  });
  try {
    await wake(queues, 'dispatch', '92');
    await twice;
  } finally {
    // Waits for the second run to end.
    await worker.close();
    await own.quit();
  }
  expect(runs).toBe(2);
  expect(await queues.dispatch.getJobCounts('waiting', 'active', 'delayed')).toEqual({
    waiting: 0,
    active: 0,
    delayed: 0,
  });
});

test('a message job carries ids and nothing else', () => {
  const job = { prefecture: '92', message: 'offer.e1.20261201-abcdef' };
  expect(MessageJob.parse(job)).toEqual(job);
  for (const bad of [
    { ...job, email: 'someone@example.org' },
    { ...job, message: 'someone@example.org' },
    { ...job, prefecture: 'a b' },
  ]) {
    expect(MessageJob.safeParse(bad).success).toBe(false);
  }
});
