import { z } from 'zod';
import { offerMessage } from '../../domain/offers/change.ts';
import { parseOfferId } from '../../domain/offers/id.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { Script } from '../core/script.ts';

const sendReminders = new Script(
  'offers/send-reminders.lua',
  { keys: ['reminders mailDue'], args: ['due[]'], members: ['offer message'] },
  z.int().min(0),
);

/** Offer ids of a zset whose time has come, the oldest first. */
export function dueOffers(
  redis: Connection,
  key: string,
  nowMs: number,
  limit: number,
): Promise<string[]> {
  return redis.zrangebyscore(key, '-inf', nowMs, 'LIMIT', 0, limit);
}

/** Hands over the reminders of offers that are still open, each once. Answers how many. */
export async function handOverReminders(
  redis: Connection,
  prefecture: string,
  offerIds: readonly string[],
): Promise<number> {
  const { reminders, mailDue } = keysOf(prefecture);
  let sent = 0;
  for (let start = 0; start < offerIds.length; start += sendReminders.most) {
    const due = offerIds.slice(start, start + sendReminders.most).flatMap((id) => {
      const address = parseOfferId(id);
      return address ? [{ offer: id, message: offerMessage('reminder', address) }] : [];
    });
    sent += await sendReminders.run(redis, { reminders, mailDue }, { due });
  }
  return sent;
}
