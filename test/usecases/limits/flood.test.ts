import { beforeEach, describe, expect, test } from 'vitest';
import { dayFactor, HALF_LIFE_MS } from '#src/domain/limits/day-load.ts';
import { mailDomainOf } from '#src/identity/person/mail-domain.ts';
import { EntryStore } from '#src/store/entries/store.ts';
import { LimitStore } from '#src/store/limits/store.ts';
import { networkOf } from '#src/usecases/limits/address-block.ts';
import { useRedis } from '../../support/redis.ts';
import { sampleEntry, sampleNowMs } from '../../support/samples.ts';

const redis = useRedis();
const entries = new EntryStore(redis);
const limits = new LimitStore(redis);
const DAY_MS = 2 * HALF_LIFE_MS;
/** By default: half of `REQUESTS_PER_MINUTE`, and 2,000 tries, which a core of a server does in 0.2 s. */
const [CALM, LEAST_MS] = [60, 200];

let nowMs = sampleNowMs;
beforeEach(() => {
  nowMs = sampleNowMs;
});

const join = (effort: number, network: string, domain?: string) =>
  entries.join('92', sampleEntry(), {
    messages: [],
    guard: {
      ...{ nowMs, budgets: [] },
      work: { id: `${nowMs}-${network}`, ttlSeconds: 1200, effort },
      loads: { network, ...(domain === undefined ? {} : { domain }), calm: CALM },
    },
  });

/** How many entries somebody gets in a day who does nothing but the work that is asked of them. */
async function play(networks: number, cores: number, domain?: string): Promise<number> {
  let joined = 0;
  while (nowMs < sampleNowMs + DAY_MS) {
    const network = `network-${joined % networks}`;
    const names = domain === undefined ? [network] : [network, domain];
    const factor = dayFactor(await limits.readLoad('92', names, nowMs), CALM);
    nowMs += Math.max(1, Math.round((LEAST_MS * factor) / cores));
    expect(await join(factor, network, domain)).toEqual({ outcome: 'joined' });
    joined += 1;
  }
  return joined;
}

describe('a day of one who joins people that do not exist', () => {
  // Without the load of a day: 5 a second and core, or what REQUESTS_PER_MINUTE lets through: 64,800 at 45 a minute.
  test('from one network brings some thousands of entries, whatever the machine', async () => {
    const alone = await play(1, 1);
    expect(alone).toBeGreaterThan(1500);
    expect(alone).toBeLessThan(2400);
  }, 60_000);

  test('with ten networks, and one mail domain of one’s own, brings no more', async () => {
    expect(await play(10, 1, 'own-domain')).toBeLessThan(2400);
  }, 60_000);

  test('costs eight times the cores for twice the entries', async () => {
    const many = await play(1, 8);
    expect(many).toBeGreaterThan(3000);
    expect(many).toBeLessThan(4800);
  }, 60_000);
});

describe('work that was asked for before the load', () => {
  test('is not enough later, however much of it was put away', async () => {
    const outcomes = [];
    for (let n = 0; n < 200; n += 1) {
      nowMs += 1;
      outcomes.push((await join(1, 'one')).outcome);
    }
    // Half of what is due will do: up to √2 times what is calm.
    expect(outcomes.indexOf('light')).toBe(85);
    expect(outcomes.slice(85).every((outcome) => outcome === 'light')).toBe(true);
    expect((await join(1, 'another')).outcome).toBe('joined');
    nowMs += DAY_MS;
    expect((await join(1, 'one')).outcome).toBe('joined');
  });

  test('by mail domain as well; refused work is not taken', async () => {
    for (let n = 0; n < 85; n += 1) {
      nowMs += 1;
      await join(1, `network-${n}`, 'own-domain');
    }
    nowMs += 1;
    expect((await join(1, 'fresh', 'own-domain')).outcome).toBe('light');
    expect(await redis.exists(`tirage:{92}:work:${nowMs}-fresh`)).toBe(0);
    expect((await join(1, 'fresh')).outcome).toBe('joined');
  });
});

test('a network is an IPv4 /24 or an IPv6 /48', () => {
  expect([networkOf('192.0.2.77'), networkOf('::ffff:192.0.2.78')]).toEqual([
    '192.0.2.0/24',
    '192.0.2.0/24',
  ]);
  expect(networkOf('2001:db8:7:1::9')).toBe('2001:db8:7::/48');
  expect(networkOf('')).toBe('');
});

test.each([
  ['a@example.org', 'example.org'],
  ['a@x.y.Example.org.', 'example.org'],
  ['a@mail.example.asso.fr', 'example.asso.fr'],
  ['a@example.co.uk', 'example.co.uk'],
  ['a@ac.com', 'ac.com'],
  ['a@gmail.com', undefined],
  ['a@orange.fr', undefined],
])('the domain of %s is %s: names below it cost nothing', (email, domain) => {
  expect(mailDomainOf(email)).toBe(domain);
});
