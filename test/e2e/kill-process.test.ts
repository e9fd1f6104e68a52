import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { DrawWorld } from '../support/draw-world.ts';
import {
  addSlots,
  addWaiting,
  createPrefecture,
  openHouse,
  openMail,
  prefecture,
} from '../support/house.ts';
import { recordVerdict } from '../support/record-verdict.ts';
import { redisUrl, useRedis } from '../support/redis.ts';

useRedis();
const mail = await openMail();
const house = openHouse({ redisUrl: redisUrl() });
const { store, time, scheduler } = house;
const world = new DrawWorld(house.redis);
const children = new Set<ChildProcess>();
beforeEach(() => createPrefecture(store));
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await house.close();
  await mail.close();
});

function startWorkers(killedAt: readonly string[]) {
  const file = new URL('../support/worker-child.ts', import.meta.url).pathname;
  const orders = { redisUrl: redisUrl(), smtpUrl: mail.url, nowMs: time.nowMs, killedAt };
  const child = spawn(process.execPath, [file, JSON.stringify(orders)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  const exit = once(child, 'exit').finally(() => children.delete(child));
  return { child, exit, output: text(child.stdout) };
}

test('workers killed at every step, one after the other, make one draw and one of each message', async () => {
  const places = 4;
  await addSlots(store, [{ id: 's1', capacity: places }]);
  for (let n = 0; n < 12; n += 1) await addWaiting(store, `e${n}`);
  const { id } = await scheduler.scheduleOnce(prefecture, time.nowMs, 'agent1');

  const killedAt: string[] = [];
  const mailed = mail.arrived((ids) => new Set(ids).size === places).then(() => 'mailed' as const);
  for (;;) {
    const { child, exit, output } = startWorkers(killedAt);
    // Before that step there is always another one to be killed at.
    const over = killedAt.includes('publish:end') ? [mailed] : [];
    const ended = await Promise.race([exit.then(() => 'killed' as const), ...over]);
    if (ended === 'mailed') child.kill('SIGTERM');
    await exit;
    const at = await output;
    if (at !== '') killedAt.push(at);
    if (ended === 'mailed') break;
    expect(child.signalCode).toBe('SIGKILL');
  }

  for (const step of ['freeze', 'snapshot', 'manifest', 'allocate', 'seal', 'offers', 'publish']) {
    expect(killedAt).toEqual(expect.arrayContaining([`${step}:begin`, `${step}:end`]));
  }
  expect(killedAt).toEqual(expect.arrayContaining(['dispatch:begin', 'dispatch:end']));
  expect(await store.draws.get(prefecture, id)).toMatchObject({ state: 'published', number: 1 });
  expect(await recordVerdict(store, id)).toMatchObject({ verdict: 'verified', winners: places });
  expect(await world.places()).toEqual({ free: 0, idle: 0, held: places });
  expect(await world.faults()).toEqual([]);
  const { offers } = await store.offers.list(prefecture, id, { limit: 100 });
  expect(await mail.ids()).toEqual(offers.map(({ entry }) => `offer.${entry}.${id}`).sort());
  expect(mail.received).toHaveLength(places);
}, 180_000);
