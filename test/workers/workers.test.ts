import { once } from 'node:events';
import { QueueEvents } from 'bullmq';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { type Channel, DeliveryError } from '#src/notifications/channels/channel.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { queuePrefix, wake } from '#src/store/core/queues.ts';
import { advanceDraws } from '#src/usecases/draws/advance.ts';
import { deliver as sendMessage } from '#src/usecases/messages/deliver.ts';
import { createWorkers, type Workers } from '#src/workers/workers.ts';
import {
  addSlots,
  addWaiting,
  createPrefecture,
  hourMs,
  joinOnline,
  openHouse,
  prefecture,
} from '../support/house.ts';
import { redisUrl, useRedis } from '../support/redis.ts';
import { sampleNowMs, samplePrefecture } from '../support/samples.ts';

const redis = useRedis();
let send: (id: string) => Promise<void> = async () => {};
const channel: Channel = {
  name: 'email',
  accepts: (to) => to.email !== undefined,
  send: ({ id }) => send(id),
  close: async () => {},
};
const house = openHouse({ redisUrl: redisUrl(), channels: [channel] });
const { store, queues, time, scheduler } = house;
let workers: Workers | undefined;
let events: QueueEvents | undefined;
beforeEach(async () => {
  time.nowMs = sampleNowMs;
  await createPrefecture(store);
});
afterEach(async () => {
  await workers?.close();
  await events?.close();
  workers = undefined;
  events = undefined;
});
afterAll(() => house.close());

async function watch(name: 'draws' | 'offers' | 'notifications'): Promise<QueueEvents> {
  const connection = house.deps.connect();
  events = new QueueEvents(name, { connection, prefix: queuePrefix(name) });
  const close = events.close.bind(events);
  events.close = async () => {
    await close();
    connection.disconnect();
  };
  await events.waitUntilReady();
  return events;
}

test('a refusal ends a job at once, with its code', async () => {
  const failed = once(await watch('draws'), 'failed');
  workers = await createWorkers(house.deps);
  await wake(queues, 'draws', 'nowhere');
  const [{ jobId, failedReason }] = await failed;
  expect(failedReason).toBe('prefecture_not_found');
  expect(await queues.draws.getJob(jobId)).toMatchObject({ attemptsMade: 1 });
});

test('a message is not sent while its data is of a newer release: it could not be noted', async () => {
  const sent: string[] = [];
  send = async (id) => void sent.push(id);
  const delayed = once(await watch('notifications'), 'delayed');
  await joinOnline(store, 'e1', time.nowMs);
  await queues.notifications.add(
    'send',
    { prefecture, message: 'code.e1.1' },
    { attempts: 3, backoff: 60_000 },
  );
  await redis.set(keysOf(prefecture).dataVersion, '1>2 token');
  workers = await createWorkers(house.deps);
  const [{ jobId }] = await delayed;
  expect((await queues.notifications.getJob(jobId))?.failedReason).toContain('on its way to 2');
  expect(sent).toEqual([]);
});

test('a message that fails is tried again later, and its job holds no word of it', async () => {
  let attempts = 0;
  send = async () => {
    attempts += 1;
    if (attempts === 1) throw new DeliveryError('unreachable', false);
  };
  const seen = await watch('notifications');
  const delayed = once(seen, 'delayed');
  const completed = once(seen, 'completed');
  workers = await createWorkers(house.deps);
  await joinOnline(store, 'e1', time.nowMs);
  await wake(queues, 'dispatch', prefecture);
  await delayed;
  const job = await queues.notifications.getJob('code.e1.1');
  expect(job?.failedReason).toBe('unreachable');
  expect(job?.delay).toBeGreaterThanOrEqual(75_000);
  expect(JSON.stringify(job)).not.toMatch(/@example|Person/);
  await job?.promote();
  const [{ returnvalue }] = await completed;
  expect(returnvalue).toBe('sent');
  expect(attempts).toBe(2);
});

test('closing lets the message under way be sent', async () => {
  const begun = Promise.withResolvers<void>();
  const let_ = Promise.withResolvers<void>();
  send = async () => {
    begun.resolve();
    await let_.promise;
  };
  workers = await createWorkers(house.deps);
  await joinOnline(store, 'e1', time.nowMs);
  await wake(queues, 'dispatch', prefecture);
  await begun.promise;
  const closed = workers.close();
  workers = undefined;
  let_.resolve();
  await closed;
  expect(await store.messages.wasSent(prefecture, 'code.e1.1')).toBe(true);
});

test('one timer sweeps every prefecture, those created later included', async () => {
  await store.prefectures.create('974', samplePrefecture());
  await addSlots(store, [{ id: 's1', capacity: 1 }]);
  await addWaiting(store, 'e1');
  await scheduler.scheduleOnce(prefecture, time.nowMs, 'agent1');
  await queues.draws.drain(true);
  const sent = Promise.withResolvers<string>();
  send = async (id) => sent.resolve(id);
  workers = await createWorkers(house.deps);
  expect(await sent.promise).toMatch(/^offer\.e1\./);
  const timers = await queues.offers.getJobSchedulers();
  expect(timers).toMatchObject([{ key: 'sweep-all', every: 30_000 }]);
});

test('timers of a draw only wake: the job that works is one for each prefecture', async () => {
  const completed = once(await watch('draws'), 'completed');
  await queues.draws.add('tick', { prefecture }, { jobId: 'once.test' });
  const paused = await createWorkers(house.deps);
  const [{ jobId }] = await completed;
  expect(jobId).toBe('once.test');
  await paused.close();
});

test('an offer that cannot be delivered has its deadline moved, once', async () => {
  await addSlots(store, [{ id: 's1', capacity: 1 }]);
  await addWaiting(store, 'e1');
  const { id } = await scheduler.scheduleOnce(prefecture, time.nowMs, 'agent1');
  await advanceDraws(house.steps(), prefecture);
  const deadline = async () => (await store.offers.get(prefecture, `${id}.e1`))?.deadlineMs;
  const firstMs = await deadline();
  send = async () => {
    throw new DeliveryError('address_refused', true, 550);
  };
  const message = `offer.e1.${id}`;
  const attempt = { prefecture, message, attempt: 1, lastAttempt: 8 };
  time.nowMs += 24 * hourMs;
  expect(await sendMessage(house.steps(), attempt)).toBe('dead');
  expect(await deadline()).toBe((firstMs ?? 0) + 24 * hourMs);
  time.nowMs += 24 * hourMs;
  const reminder = { ...attempt, message: `reminder.e1.${id}` };
  expect(await sendMessage(house.steps(), reminder)).toBe('dead');
  expect(await deadline()).toBe((firstMs ?? 0) + 24 * hourMs);
  const metric = await house.deps.metrics.registry.getSingleMetricAsString(
    'tirage_notifications_total',
  );
  expect(metric).toContain('channel="email",kind="offer",outcome="bounced"} 1');
  expect(await redis.exists(`tirage:{${prefecture}}:sent:${message}`)).toBe(0);
});
