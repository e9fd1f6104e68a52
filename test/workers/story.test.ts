import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { wake } from '#src/store/core/queues.ts';
import { createWorkers } from '#src/workers/workers.ts';
import { DrawWorld } from '../support/draw-world.ts';
import {
  addSlots,
  createPrefecture,
  hourMs,
  joinOnline,
  openHouse,
  openMail,
  prefecture,
  verify,
} from '../support/house.ts';
import { recordVerdict } from '../support/record-verdict.ts';
import { redisUrl, useRedis } from '../support/redis.ts';
import { sampleNowMs } from '../support/samples.ts';

const redis = useRedis();
const mail = await openMail();
const house = openHouse({ redisUrl: redisUrl(), channels: [mail.channel] });
const { store, queues, time, scheduler } = house;
const world = new DrawWorld(house.redis);
beforeEach(() => createPrefecture(store));
afterAll(async () => {
  await house.close();
  await mail.close();
});

const people = ['e1', 'e2', 'e3', 'e4', 'e5', 'e6'];

async function readMail(id: string) {
  return simpleParser(await readFile(join(mail.directory, `${id}@example.org.eml`)));
}

/** Draws what is due and answers the draw's id, once every winner has the offer in the mail. */
async function drawNow(winners: number): Promise<string> {
  const { id } = await scheduler.scheduleOnce(prefecture, time.nowMs, 'agent1');
  await mail.arrived((ids) => offersIn(ids, id).length === winners);
  return id;
}
const offersIn = (ids: readonly string[], draw: string) =>
  ids.filter((id) => id.startsWith('offer.') && id.endsWith(`.${draw}`));

test('from joining to the next draw, with every message and a record that verifies', async () => {
  const workers = await createWorkers(house.deps);
  await addSlots(store, [{ id: 's1', capacity: 3 }]);
  for (const id of people) await joinOnline(store, id, time.nowMs);
  await wake(queues, 'dispatch', prefecture);
  await mail.arrived((ids) => people.every((id) => ids.includes(`code.${id}.1`)));
  expect((await readMail('code.e1.1')).text).toContain(house.deps.tokens.code(prefecture, 'e1', 1));
  for (const id of people) await verify(store, id);

  const first = await drawNow(3);
  const [accepts, declines, silent] = offersIn(await mail.ids(), first).map(
    (id) => id.split('.')[1],
  );
  const offer = await readMail(`offer.${accepts}.${first}`);
  expect(offer.text).toContain(`/v1/prefectures/${prefecture}/offers/${first}.${accepts}/answer?`);

  await store.offers.settle(prefecture, `${first}.${accepts}`, 'accept', time.nowMs);
  await store.offers.settle(prefecture, `${first}.${declines}`, 'decline', time.nowMs);
  await wake(queues, 'offers', prefecture);
  await mail.arrived((ids) => offersIn(ids, first).length === 4);
  await mail.arrived((ids) => ids.includes(`booked.${accepts}.${first}`));
  const booked = await readMail(`booked.${accepts}.${first}`);
  expect(booked.attachments[0]?.content.toString()).toContain(`UID:${first}.${accepts}`);

  time.nowMs = sampleNowMs + 72 * hourMs;
  await wake(queues, 'offers', prefecture);
  await mail.arrived((ids) => ids.includes(`expired.${silent}.${first}`));
  await mail.arrived((ids) => offersIn(ids, first).length === 6);
  expect(await recordVerdict(store, first)).toMatchObject({ verdict: 'verified', refills: 3 });

  await addSlots(store, [{ id: 's2', capacity: 2 }], time.nowMs);
  const second = await drawNow(2);
  await workers.close();

  expect(await recordVerdict(store, second)).toMatchObject({ verdict: 'verified', winners: 2 });
  expect(await world.faults()).toEqual([]);
  const { free, idle, held } = await world.places();
  expect(free + idle + held).toBe(5);
  expect(mail.received.length).toBe(new Set(mail.received).size);
  await expectNoContact();
}, 60_000);

/** No key of Redis but the sealed entries may hold anything of a person; those hold it sealed. */
async function expectNoContact(): Promise<void> {
  for (const key of await redis.keys('*')) {
    const text = (await redis.dump(key))?.toString() ?? '';
    expect(text, key).not.toMatch(/@example|Person|0123456789/);
  }
}
