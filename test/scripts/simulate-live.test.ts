import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '#src/config/config.ts';
import type { EmbeddedRedis } from '#src/embedded/redis.ts';
import { createMailSink, type MailSink } from '#src/notifications/channels/sink.ts';
import { type Service, startService } from '#src/service.ts';
import { closeAll } from '#src/shutdown.ts';
import { createClient } from '../../scripts/demo/client.ts';
import { readExample } from '../../scripts/demo/example.ts';
import { createPrefecture, loadExample } from '../../scripts/demo/load.ts';
import { nextMonday } from '../../scripts/demo/state.ts';
import { createScraper } from '../../scripts/simulate/live-bots.ts';
import { followBuyers } from '../../scripts/simulate/live-buyers.ts';
import { compare } from '../../scripts/simulate/live-compare.ts';
import { percentile, routeOf } from '../../scripts/simulate/live-meter.ts';
import { hypergeometricRange } from '../../scripts/simulate/live-odds.ts';
import type { LiveReport } from '../../scripts/simulate/live-run.ts';
import { testEnvironment } from '../support/environment.ts';
import { startRedisServer } from '../support/redis-server.ts';

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const live = (...args: string[]) => liveWith({}, ...args);

function liveWith(env: NodeJS.ProcessEnv, ...args: string[]): Promise<Ran> {
  const child = spawn(process.execPath, ['scripts/simulate.ts', 'live', ...args], {
    env: { ...process.env, ...env },
  });
  const ran = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    ran.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    ran.err += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...ran }));
  });
}

describe('a service with the example', () => {
  let directory = '';
  let redis: EmbeddedRedis;
  let sink: MailSink;
  let service: Service;
  let key = '';

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tirage-live-'));
    redis = await startRedisServer();
    sink = await createMailSink({ directory });
    const config = readConfig(testEnvironment(redis.url, sink.url));
    const logger = pino({ level: config.logLevel });
    service = await startService({ config, role: 'all', clock: Date.now, logger });
    const example = readExample();
    key = await createPrefecture(service.store, example, Date.now());
    const client = createClient(service.url, example.id);
    // A sixth of the example's slots: a small crowd must have something to compete for.
    const slotsCsv = (monday: string) =>
      example
        .slotsCsv(monday)
        .split('\n')
        .filter((_, index) => index % 6 === 0)
        .join('\n');
    await loadExample(client, { ...example, slotsCsv }, key, nextMonday(Date.now(), []));
  });

  afterAll(() =>
    closeAll([
      () => rm(directory, { recursive: true, force: true }),
      () => redis.stop(),
      () => sink.close(),
      () => service.stop(),
    ]),
  );

  const run = (...args: string[]) => live(service.url, '--key', key, '--mail', directory, ...args);

  test('treats bots like people, shows them no slot, and favours no buyer', async () => {
    const crowd = ['--people', '120', '--bots', '20', '--concurrency', '16', '--seed', '5'];
    const { code, out, err } = await run(...crowd, '--json');
    const report = JSON.parse(out) as LiveReport; // printed by the command itself
    expect(report.faults, err).toEqual([]);
    expect(code).toBe(0);
    expect(report.traffic.errors).toEqual({});
    expect(report.people).toEqual({ asked: 120, joined: 120 });
    expect(report.bots).toMatchObject({ asked: 20, joined: 20, slotsSeen: 0 });
    expect(report.bots.slotsHidden).toBeGreaterThan(40);
    expect(report.bots.scrapes).toBeGreaterThanOrEqual(20 * 8);

    const { comparison, buyers, answers, traffic } = report;
    const drawn = comparison.requestTypes.reduce((sum, { bots }) => sum + bots.drawn, 0);
    const peopleDrawn = comparison.requestTypes.reduce((sum, { people }) => sum + people.drawn, 0);
    // Scarce enough for a preference to show, of bots or of buyers.
    expect(peopleDrawn).toBeLessThan(90);
    expect(Math.abs(comparison.botShareOfDrawn - comparison.botShareOfEntries)).toBeLessThan(0.15);
    expect(answers.givenUp).toBeGreaterThanOrEqual(drawn);
    expect(buyers.givenUp).toBe(answers.givenUp);
    expect(buyers.buyers).toBeGreaterThan(10);
    // Now and then one gets it by chance; most of them would if paying helped.
    expect(buyers.gotByBuyer).toBeLessThanOrEqual(4 + 2 * buyers.expectedByChance);
    expect(answers.accept).toBeGreaterThan(0);
    const join = traffic.routes.find(({ route }) => route === 'POST /entries');
    expect(join?.requests).toBe(140);
    expect(join?.p50).toBeLessThanOrEqual(join?.p99 ?? 0);
  }, 60_000);

  test('prints a table, and keeps to a rate; its key may come from the environment', async () => {
    const crowd = ['--people', '10', '--rate', '20', '--seed', '6', '--mail', directory];
    const { code, out } = await liveWith({ TIRAGE_AGENT_KEY: key }, service.url, ...crowd);
    expect(code).toBe(0);
    expect(out).toContain('10 of 10 people and 0 of 0 bots joined');
    expect(out).toContain('POST /entries/{id}/verification');
    expect(out).toContain('All as it should be.');
  }, 60_000);

  test('who joins a second time is a fault that is told', async () => {
    const { code, out } = await run('--people', '10', '--rate', '50', '--seed', '6');
    expect(code).toBe(1);
    expect(out).toContain('0 of 10 people');
    expect(out).toContain('errors: 10 × 409 entry_duplicate');
  }, 60_000);

  test('a key of nobody ends it with one line', async () => {
    const wrong = ['--key', 'nobody', '--mail', directory, '--people', '1', '--rate', '1'];
    const { code, err } = await live(service.url, ...wrong);
    expect(code).toBe(1);
    expect(err).toMatch(/^GET \/slots\?limit=500: 401 .*\n$/);
  });
});

describe('options', () => {
  const good = ['--people', '5', '--rate', '5', '--key', 'k'];
  test.each([
    ['http://example.org', good, 'URL: must be on this machine'],
    ['http://127.0.0.1.example.org', good, 'URL: must be on this machine'],
    ['http://10.0.0.1:3000', good, 'URL: must be on this machine'],
    ['http://[::2]:3000', good, 'URL: must be on this machine'],
    ['https://127.0.0.1', good, 'URL: must begin with http://'],
    ['http://127.0.0.1/v1', good, 'URL: must be an origin only'],
    ['http://127.0.0.1', ['--people', '100001', '--rate', '5', '--key', 'k'], '--people: must be'],
    ['http://127.0.0.1', [...good, '--bots', '10001'], '--bots: must be'],
    ['http://127.0.0.1', [...good, '--concurrency', '5'], '--rate or --concurrency: one'],
    ['http://127.0.0.1', ['--people', '5', '--rate', '5'], '--key: must be given'],
    ['http://127.0.0.1', [...good, '--what'], '--what: is no option'],
    ['http://127.0.0.1', [...good, '--mail', '/nowhere'], '--mail: cannot be read (ENOENT)'],
  ])('%s %j is refused', async (url, args, line) => {
    const { code, out, err } = await live(url, ...args);
    expect(err).toContain(line);
    expect(err.trimEnd()).not.toContain('\n');
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});

test('a service that shows a slot is caught, before the draw only', async () => {
  let state: string;
  // A record has one object on each line.
  const read = async (path: string) =>
    path === '/draws/d' ? `{"id":"d","state":"${state}"}` : '{"id":"x"}\n{"id":"s1"}\n';
  const scraper = createScraper(read, new Set(['s1', 's2']));
  for (state of ['drawn', 'published']) {
    await scraper.scrape('d');
    expect([...scraper.seen], state).toEqual([]);
  }
  state = 'frozen';
  await scraper.scrape('d');
  expect([...scraper.seen]).toEqual(['s1']);
});

test('Ctrl-C ends the draws of the model', async () => {
  const record = {
    rules: {},
    slots: [{ id: 's', site: 'x', start: '', capacity: 1, requestTypes: ['A'] }],
    entries: ['a', 'b'].map((id) => ({ id, requestType: 'A', missed: 0 })),
    winners: [{ entry: 'a', slot: 's' }],
    events: [],
  };
  const controller = new AbortController();
  const compared = compare(record, () => 'person', { seed: '1', signal: controller.signal });
  setImmediate(() => controller.abort());
  await expect(compared).rejects.toThrow('aborted');
});

test('the hypergeometric range leaves out at most 2.5 % on each side', () => {
  // C(5,k)·C(5,5−k)/252 = 1, 25, 100, 100, 25, 1: the ends weigh 0.4 %, the next 9.9 %.
  expect(hypergeometricRange(10, 5, 5)).toEqual({ mean: 2.5, low: 1, high: 4 });
  expect(hypergeometricRange(10, 0, 5)).toEqual({ mean: 0, low: 0, high: 0 });
  expect(hypergeometricRange(10, 4, 10)).toEqual({ mean: 4, low: 4, high: 4 });
  expect(hypergeometricRange(0, 0, 0)).toEqual({ mean: 0, low: 0, high: 0 });
});

test('percentiles are those of the nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  expect([50, 95, 99, 100].map((percent) => percentile(hundred, percent))).toEqual([
    50, 95, 99, 100,
  ]);
  expect(percentile([], 50)).toBe(0);
});

test('a route is told by its pattern', () => {
  const root = 'http://127.0.0.1:1/v1/prefectures/92';
  expect(routeOf('POST', `${root}/entries/abc/verification`)).toBe(
    'POST /entries/{id}/verification',
  );
  expect(routeOf('POST', `${root}/entries`)).toBe('POST /entries');
  expect(routeOf('GET', `${root}/slots?limit=500`)).toBe('GET /slots');
  expect(routeOf('GET', root)).toBe('GET /');
});

test('a place that a bot gave up is followed to whoever got it', () => {
  const entry = (id: string) => ({ id, requestType: 'A', missed: 0 });
  const slot = { id: 's', site: 'x', start: '', capacity: 1, requestTypes: ['A'] };
  const record = {
    rules: {},
    slots: [slot],
    entries: ['bot', 'p1', 'p2', 'p3', 'p4'].map(entry),
    winners: [{ entry: 'bot', slot: 's' }],
    events: [
      { type: 'accepted', entry: 'bot', slot: 's' },
      { type: 'cancelled', entry: 'bot', slot: 's' },
      { type: 'refilled', entry: 'p2', slot: 's' },
    ] as const,
  };
  const kindOf = (id: string) => (id === 'bot' ? 'bot' : 'person');
  const follow = (buyer: string) => followBuyers(record, new Map([['bot', buyer]]), kindOf);
  expect(follow('p1')).toMatchObject({ refilled: 1, gotByBuyer: 0, expectedByChance: 0.25 });
  expect(follow('p2')).toMatchObject({ gotByBuyer: 1, buyerChance: 1, otherChance: 0 });
});
