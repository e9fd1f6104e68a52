import { expect, test } from 'vitest';
import { keysOf } from '#src/store/core/keys.ts';
import { MessageStore } from '#src/store/messages/store.ts';
import { useRedis } from '../../support/redis.ts';
import { sampleNowMs } from '../../support/samples.ts';

const redis = useRedis();
const messages = new MessageStore(redis);
const keys = keysOf('92');

test('messages are due in order until they are done', async () => {
  await redis.rpush(keys.mailDue, 'code.a.1', 'code.b.1', 'code.c.1');
  const due = await messages.due('92', 2);
  expect(due).toEqual(['code.a.1', 'code.b.1']);
  await messages.done('92', due);
  expect(await messages.due('92', 2)).toEqual(['code.c.1']);
  await messages.done('92', []);
  expect(await messages.due('92', 2)).toEqual(['code.c.1']);
});

test('two dispatchers with the same messages drop none of the others', async () => {
  await redis.rpush(keys.mailDue, 'a', 'b', 'c', 'd');
  const [one, two] = await Promise.all([messages.due('92', 2), messages.due('92', 3)]);
  await messages.done('92', one);
  await messages.done('92', two);
  expect(await messages.due('92', 9)).toEqual(['c', 'd']);
});

test('a message was sent once it is marked, for as long as asked', async () => {
  expect(await messages.wasSent('92', 'code.a.1')).toBe(false);
  await messages.markSent('92', 'code.a.1', 3600);
  expect(await messages.wasSent('92', 'code.a.1')).toBe(true);
  expect(await redis.ttl(keys.messageSent('code.a.1'))).toBeGreaterThan(3590);
});

test('an agent sees what could not be delivered, the latest first, and sends it again', async () => {
  const letter = { id: 'offer.a.d1', reason: 'mailbox_unknown', attempts: 5, atMs: sampleNowMs };
  const later = { ...letter, id: 'offer.b.d1', atMs: sampleNowMs + 1 };
  await messages.bury('92', letter);
  await messages.bury('92', later);
  expect(await messages.deadLetters('92', { limit: 9 })).toEqual([later, letter]);
  expect(await messages.deadLetters('92', { limit: 1 })).toEqual([later]);
  await messages.replay('92', letter.id);
  expect(await messages.due('92', 9)).toEqual([letter.id]);
  expect(await messages.deadLetters('92', { limit: 9 })).toEqual([later]);
  await expect(messages.replay('92', letter.id)).rejects.toMatchObject({
    code: 'message_not_found',
  });
  expect(await messages.due('92', 9)).toEqual([letter.id]);
});

test('a message that was sent and came back is sent again when it is replayed', async () => {
  const letter = { id: 'offer.a.d1', reason: 'bounced', attempts: 1, atMs: sampleNowMs };
  await messages.markSent('92', letter.id, 3600);
  await messages.bury('92', letter);
  await messages.replay('92', letter.id);
  expect(await messages.wasSent('92', letter.id)).toBe(false);
});
