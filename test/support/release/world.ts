import { Redis } from 'ioredis';
import { pino } from 'pino';
import { readConfig } from '#src/config/config.ts';
import { type Role, startService } from '#src/service.ts';
import { createQueues, wake } from '#src/store/core/queues.ts';
import { type Client, createClient } from '../../../scripts/demo/client.ts';
import { openGateway, openMail, type Sent } from '../marked-servers.ts';

/** The prefecture where everything happens, and one that stands still. */
export const prefecture = '92';
export const quietPrefecture = '93';

/** The secrets of a release: made for its vectors, of no use anywhere else. */
export type ReleaseKeys = Readonly<Record<string, string>>;

export interface ReleaseOptions {
  readonly redisUrl: string;
  readonly keys: ReleaseKeys;
  readonly nowMs: number;
  readonly role: Role;
}

export type ReleaseWorld = Awaited<ReturnType<typeof openReleaseWorld>>;

/** How often one looks whether all work is done: each look is some requests long. */
const mostLooks = 5000;

/**
 * The whole service around a Redis, as it makes and continues the vectors of a release: with a mail
 * server, an SMS gateway, and a clock that stands still until it is set.
 */
export async function openReleaseWorld({ redisUrl, keys, nowMs, role }: ReleaseOptions) {
  const sent: Sent[] = [];
  const mail = await openMail((message) => void sent.push(message));
  const gateway = await openGateway((message) => void sent.push(message));
  const logs: string[] = [];
  const logger = pino({ level: 'warn' }, { write: (line: string) => void logs.push(line) });
  const time = { nowMs };
  const config = readConfig({
    ...keys,
    REDIS_URL: redisUrl,
    SMTP_URL: mail.url,
    SMS_GATEWAY_URL: gateway.url,
    SMS_GATEWAY_TOKEN: 'a-token-of-the-test',
    PUBLIC_URL: 'https://rdv.example.org',
    REGISTER_ORIGIN: 'rdv.example.org',
    PORT: '0',
    REQUESTS_PER_MINUTE: '1000000',
    WORK_TRIES: '1',
    ENTROPY_SOURCE: 'operator',
  });
  const service = await startService({
    config,
    role,
    clock: () => time.nowMs,
    playsTime: true,
    logger,
  });
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const queues = createQueues(redis);
  const client: Client = createClient(service.url, prefecture);
  return {
    service,
    store: service.store,
    redis,
    client,
    time,
    sent,
    logs,
    /** Does what is due until nothing is left to do. */
    async settle(): Promise<void> {
      // Several times: what one queue does makes work for the others.
      for (let rounds = 0; rounds < 3; rounds += 1) {
        for (const name of ['draws', 'offers', 'dispatch', 'register', 'retention'] as const) {
          await wake(queues, name, prefecture);
          await until(() => isQuiet(client, redis));
        }
      }
    },
    async close(): Promise<void> {
      await service.stop();
      for (const queue of Object.values(queues)) await queue.close();
      await mail.close();
      await gateway.close();
      redis.disconnect();
    },
  };
}

/** Looks again and again, within bounds. @throws Error if it never comes true */
export async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let looks = 0; looks < mostLooks; looks += 1) if (await isTrue()) return;
  throw new Error('what was waited for did not come');
}

/** No job waits or runs, now and once more after whoever had just taken one could begin. */
async function isQuiet(client: Client, redis: Redis): Promise<boolean> {
  for (let looks = 0; looks < 3; looks += 1) {
    await redis.ping();
    if (!(await client.isIdle())) return false;
  }
  return true;
}
