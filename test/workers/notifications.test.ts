import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { suspended } from '#src/domain/absences/suspension.ts';
import {
  type Channel,
  DeliveryError,
  type OutgoingMessage,
} from '#src/notifications/channels/channel.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { type Attempt, deliver as sendMessage } from '#src/usecases/messages/deliver.ts';
import { DrawWorld } from '../support/draw-world.ts';
import {
  addWaiting,
  createPrefecture,
  hourMs,
  joinOnline,
  openHouse,
  prefecture,
  sealedEntry,
  verify,
} from '../support/house.ts';
import { redisUrl, useRedis } from '../support/redis.ts';
import { sampleNowMs } from '../support/samples.ts';

useRedis();
const sent: OutgoingMessage[] = [];
let answer: () => void = () => {};
const channel: Channel = {
  name: 'email',
  accepts: (to) => to.email !== undefined,
  send: async (message) => {
    answer();
    sent.push(message);
  },
  close: async () => {},
};
const house = openHouse({ redisUrl: redisUrl(), channels: [channel] });
const { store, time } = house;
afterAll(() => house.close());

beforeEach(async () => {
  time.nowMs = sampleNowMs;
  sent.length = 0;
  answer = () => {};
  await createPrefecture(store);
});

const attempt = (message: string, members: Partial<Attempt> = {}): Attempt => {
  return { prefecture, message, attempt: 1, lastAttempt: 8, ...members };
};
const send = (message: string, members: Partial<Attempt> = {}) =>
  sendMessage(house.steps(), attempt(message, members));
function fail(): never {
  throw new Error('nothing was sent');
}
const letters = () => store.messages.deadLetters(prefecture, { limit: 10 });

describe('a message', () => {
  test('is sent once, however often its job comes', async () => {
    await joinOnline(store, 'e1', time.nowMs);
    expect(await send('code.e1.1')).toBe('sent');
    expect(await send('code.e1.1')).toBe('skipped');
    expect(sent.map(({ id, to }) => [id, to.email])).toEqual([['code.e1.1', 'e1@example.org']]);
    expect(sent[0]?.rendered.text).toMatch(/\b\d{6}\b/);
  });

  test('with a link goes to the contact of an entry that was confirmed, while it lives', async () => {
    await joinOnline(store, 'e1', time.nowMs);
    expect(await send('link.e1.1')).toBe('skipped');
    await verify(store, 'e1');
    expect(await send('link.e1.2')).toBe('sent');
    const [{ to, rendered } = fail()] = sent;
    expect(to.email).toBe('e1@example.org');
    expect(rendered.text).toContain(house.deps.tokens.entryToken(prefecture, 'e1'));
    await store.entries.leave(prefecture, 'e1', 'withdraw', time.nowMs);
    expect(await send('link.e1.3')).toBe('skipped');
  });

  test('about an offer is sent while a pause lets people answer it', async () => {
    const world = new DrawWorld(house.redis);
    await world.addSlot('s1', 1);
    await addWaiting(store, 'e1');
    await world.draw('d1');
    await store.prefectures.pause(prefecture, 'a test', time.nowMs);
    time.nowMs += 73 * hourMs;
    expect(await send('offer.e1.d1')).toBe('sent');
    await store.prefectures.resume(prefecture, time.nowMs);
    time.nowMs += 24 * hourMs;
    expect(await send('reminder.e1.d1')).toBe('skipped');
  });

  test('is dropped when it is no longer true', async () => {
    await joinOnline(store, 'e1', time.nowMs);
    await joinOnline(store, 'e2', time.nowMs);
    await verify(store, 'e1');
    time.nowMs += hourMs;
    expect(await send('code.e1.1')).toBe('skipped');
    expect(await send('code.e2.1')).toBe('skipped');
    expect(await send('code.e2.2')).toBe('skipped');
    expect(await send('welcome.e2.1')).toBe('skipped');
    expect(await send('welcome.gone.1')).toBe('skipped');
    expect(await send('welcome.e1.1')).toBe('sent');
    await store.entries.leave(prefecture, 'e1', 'erase', time.nowMs);
    await house.redis.del(`tirage:{${prefecture}}:sent:welcome.e1.1`);
    expect(await send('welcome.e1.1')).toBe('skipped');
  });

  test('tells of an absence what it costs, and what was decided on it', async () => {
    await addWaiting(store, 'e1');
    const suspension = { untilDraw: 2, cause: 'no_show' } as const;
    await store.entries.change(prefecture, 'e1', (entry) => ({
      entry: suspended(entry, suspension),
    }));
    expect(await send('absence.e1.3')).toBe('skipped');
    expect(await send('absence.e1.2')).toBe('sent');
    expect(sent[0]?.rendered.text).toContain('aux 2 prochains tirages');
    expect(await send('absence_decided.e1.2-lifted')).toBe('skipped');
    const { absences, messages } = store;
    await absences.decide(prefecture, 'e1', 'lift');
    await absences.decide(prefecture, 'e1', 'lift');
    const due = await messages.due(prefecture, 100);
    const told = due.filter((message) => message.startsWith('absence'));
    expect(told).toEqual(['absence_decided.e1.2-lifted']);
    expect(await send('absence_decided.e1.2-lifted')).toBe('sent');
    expect(sent[1]?.rendered.text).toContain('Un agent a retiré');
    await house.redis.del(`tirage:{${prefecture}}:sent:absence.e1.2`);
    expect(await send('absence.e1.2')).toBe('skipped');
  });

  test('that may get through later is tried again', async () => {
    await joinOnline(store, 'e1', time.nowMs);
    answer = () => {
      throw new DeliveryError('unreachable', false);
    };
    await expect(send('code.e1.1')).rejects.toThrow('unreachable');
    expect(await letters()).toEqual([]);
    answer = () => {};
    expect(await send('code.e1.1', { attempt: 2 })).toBe('sent');
  });

  test('that never will, or did not at the last attempt, is a dead letter to replay', async () => {
    await addWaiting(store, 'e1');
    answer = () => {
      throw new DeliveryError('address_refused', true, 550);
    };
    expect(await send('welcome.e1.1')).toBe('dead');
    expect(await letters()).toEqual([
      { id: 'welcome.e1.1', reason: 'address_refused', attempts: 1, atMs: time.nowMs },
    ]);
    answer = () => {
      throw new DeliveryError('timeout', false);
    };
    expect(await send('welcome.e1.1', { attempt: 8 })).toBe('dead');
    expect(await letters()).toMatchObject([{ reason: 'timeout', attempts: 8 }]);
    await store.messages.replay(prefecture, 'welcome.e1.1');
    expect(await store.messages.due(prefecture, 10)).toEqual(['welcome.e1.1']);
  });

  test.each(['offer', 'reminder', 'welcome'])(
    'a %s that never arrives gives time again if it is about an offer',
    async (kind) => {
      const world = new DrawWorld(house.redis);
      await world.addSlot('s1', 1);
      await addWaiting(store, 'e1');
      await world.draw('d1');
      time.nowMs += 24 * hourMs;
      answer = () => {
        throw new DeliveryError('address_refused', true, 550);
      };
      expect(await send(`${kind}.e1.${kind === 'welcome' ? '1' : 'd1'}`)).toBe('dead');
      const { deadlineMs, extended } = await world.offer('d1.e1');
      const hours = kind === 'welcome' ? 72 : 96;
      expect([deadlineMs, extended]).toEqual([
        sampleNowMs + hours * hourMs,
        kind === 'welcome' ? undefined : true,
      ]);
    },
  );

  test.each([
    ['code', 3600],
    ['welcome', 30 * 24 * 3600],
  ])('%s is not sent again for %i seconds', async (kind, seconds) => {
    await joinOnline(store, 'e1', time.nowMs);
    if (kind === 'welcome') await verify(store, 'e1');
    expect(await send(`${kind}.e1.1`)).toBe('sent');
    const ttl = await house.redis.ttl(keysOf(prefecture).messageSent(`${kind}.e1.1`));
    expect(ttl).toBeGreaterThan(seconds - 10);
    expect(ttl).toBeLessThanOrEqual(seconds);
  });

  test('to somebody without any channel is a letter for an agent to see', async () => {
    await addWaiting(store, 'e1', { origin: 'paper' }, { email: undefined });
    expect(await send('welcome.e1.1')).toBe('dead');
    expect(await letters()).toMatchObject([{ id: 'welcome.e1.1', reason: 'undeliverable' }]);
  });

  test('fails without a word of what it says or whom it is for', async () => {
    await joinOnline(store, 'e1', time.nowMs);
    answer = () => {
      throw new Error('cannot write to Person e1 <e1@example.org>: code 123456');
    };
    const error = await send('code.e1.1').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Error);
    expect(String((error as Error).stack)).not.toMatch(/Person|example|123456/);
    expect(String((error as Error).stack)).toContain('notifications.test.ts');
    expect((error as Error).cause).toBeUndefined();
  });

  test('whose person cannot be opened fails like any other, and ends as a dead letter', async () => {
    const { sealed } = sealedEntry('other');
    await addWaiting(store, 'e1', { sealed });
    await expect(send('welcome.e1.1')).rejects.toThrow('Error');
    expect(await send('welcome.e1.1', { attempt: 8 })).toBe('dead');
    expect(await letters()).toMatchObject([{ reason: 'internal' }]);
  });
});
