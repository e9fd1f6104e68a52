import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { EntryRecord } from '#src/domain/entries/entry.ts';
import { checkStore, INVARIANTS } from '#src/store/check/check-store.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { decodeEntry, encodeEntry } from '#src/store/entries/codec.ts';
import { createStore } from '#src/store/store.ts';
import { fillStore, first, second } from '../../support/full-store.ts';
import { openHouse, prefecture } from '../../support/house.ts';
import { redisUrl, useRedis } from '../../support/redis.ts';
import { sampleNowMs } from '../../support/samples.ts';

const redis = useRedis();
const house = openHouse({ redisUrl: redisUrl() });
const keys = keysOf(prefecture);
afterAll(() => house.close());

let dumps: { key: string; ttlMs: number; dump: Buffer }[] | undefined;

/** Filled once; put back before each test. */
beforeEach(async () => {
  if (!dumps) {
    await fillStore(house);
    const names = await redis.keys('*');
    dumps = await Promise.all(
      names.map(async (key) => ({
        ...{ key, ttlMs: await redis.pttl(key) },
        dump: await redis.dumpBuffer(key),
      })),
    );
    return;
  }
  const pipeline = redis.pipeline();
  for (const { key, ttlMs, dump } of dumps) pipeline.restore(key, Math.max(0, ttlMs), dump);
  await pipeline.exec();
});

async function faults(): Promise<string[]> {
  const context = { redis, prefecture, keys, nowMs: sampleNowMs, jobs: house.queues.draws };
  const report = await checkStore(context, { most: 1000 });
  return report.faults.map(({ invariant, text }) => `${invariant}: ${text}`);
}

async function changeEntry(id: string, change: (entry: EntryRecord) => EntryRecord): Promise<void> {
  const entry = decodeEntry(id, (await redis.hget(keys.entries, id)) ?? '');
  await redis.hset(keys.entries, id, encodeEntry(change(entry)));
}

async function changeJson(key: string, field: string, members: object): Promise<void> {
  const found = JSON.parse((await redis.hget(key, field)) ?? '{}');
  await redis.hset(key, field, JSON.stringify({ ...found, ...members }));
}

const offersOf = keys.drawOffers(first);
const root = `tirage:{${prefecture}}`;

test('a store that has something of everything is sound', async () => {
  const context = { redis, prefecture, keys, nowMs: sampleNowMs, jobs: house.queues.draws };
  const { faults: found, looked } = await checkStore(context, { most: 1000 });
  expect(found).toEqual([]);
  // Nothing is sound because it was not there.
  const nothing = INVARIANTS.map(({ things }) => things).filter((things) => !looked.get(things));
  expect(nothing).toEqual([]);
});

/** What is broken, the fault that is named, and how it is done. */
const cases: readonly [what: string, fault: RegExp, harm: () => Promise<unknown>][] = [
  // The prefecture and its keys
  [
    'a prefecture that is not listed',
    /list of prefectures/,
    () => redis.srem('tirage:prefectures', prefecture),
  ],
  [
    'a prefecture that cannot be read',
    /prefecture cannot be read/,
    () => redis.set(keys.prefecture, '{}'),
  ],
  ['a kill switch that nobody set', /kill switch/, () => redis.set(keys.paused, '1')],
  ['what a freeze kept', /freeze that has ended/, () => redis.hset(keys.before, 'e01', '')],
  [
    'a pointer to no draw',
    /published draw nowhere is not there/,
    () => redis.hset(keys.reserves, 'other', 'nowhere'),
  ],
  ['a pass that cannot be read', /pass of retention/, () => redis.set(keys.retention, 'x')],
  [
    'a tally that cannot be read',
    /tallies cannot/,
    () => redis.hset(keys.tallies, 'attended', 'x'),
  ],
  ['a key that nobody knows', /:other is not one that/, () => redis.set(`${root}:other`, '1')],
  [
    'a key of another type',
    /places is a list/,
    async () => {
      await redis.del(keys.drawPlaces(second));
      await redis.rpush(keys.drawPlaces(second), '1');
    },
  ],
  [
    'a key that is to expire and does not',
    /should expire/,
    () => redis.set(keys.messageSent('m'), '1'),
  ],
  ['a key that expires', /entries expires/, () => redis.expire(keys.entries, 1000)],
  ['a key of no draw', /is of no draw/, () => redis.hset(keys.drawOffers('nowhere'), 'e01', '{}')],
  ['a key of no helper', /is of no helper/, () => redis.sadd(keys.helperEntries('nobody'), 'e01')],
  // Entries and what leads to them
  [
    'an entry that cannot be read',
    /entry e09 cannot be read/,
    () => redis.hset(keys.entries, 'e09', '["w"]'),
  ],
  [
    'an identity that leads nowhere',
    /identity x leads to entry nobody, which is not there/,
    () => redis.hset(keys.identities, 'x', 'nobody'),
  ],
  [
    'an identity that is lost',
    /entry e09 is live and its identity/,
    () => redis.hdel(keys.identities, 'two-e09'),
  ],
  [
    'an identity of another entry',
    /identity one-e09 leads to entry e10, which has not/,
    () => redis.hset(keys.identities, 'one-e09', 'e10'),
  ],
  [
    'an identity of one that has left',
    /entry e12 is withdrawn and still holds/,
    () => redis.hset(keys.identities, 'one-e12', 'e12'),
  ],
  ['a clue that is lost', /entry e09 is live and a clue/, () => redis.del(`${keys.clues}:ee0`)],
  [
    'a clue of one that has left',
    /leads to entry e12, which is withdrawn/,
    () => redis.hset(`${keys.clues}:ee1`, '2---------', 'e12'),
  ],
  [
    'an entry that holds nothing',
    /entry e01 is booked and holds nothing/,
    () => changeEntry('e01', ({ held: _held, ...entry }) => entry),
  ],
  [
    'an entry that holds another slot',
    /holds another slot/,
    () => changeEntry('e01', (entry) => ({ ...entry, held: { draw: first, slot: 's2' } })),
  ],
  [
    'an entry in another state than its offer',
    /e01 is offered and its offer is booked/,
    () => changeEntry('e01', (entry) => ({ ...entry, state: 'offered' })),
  ],
  [
    'a priority that nobody approved',
    /was not approved/,
    () => changeEntry('e09', (entry) => ({ ...entry, priority: { ground: 'health', untilMs: 1 } })),
  ],
  [
    'a priority that is lost',
    /without the priority that was approved/,
    () => changeEntry('e10', ({ priority: _priority, ...entry }) => entry),
  ],
  [
    'a priority of nobody',
    /priority nobody is of an entry that is not/,
    async () =>
      redis.hset(keys.priorities, 'nobody', (await redis.hget(keys.priorities, 'e09')) ?? ''),
  ],
  [
    'an absence that is not sat out',
    /waits for a draw that it sits out/,
    () =>
      changeEntry('e09', (entry) => ({
        ...entry,
        absence: { cause: 'late_cancel', untilDraw: 9, state: 'standing' },
      })),
  ],
  ['an appeal without its text', /e05 appeals and its text/, () => redis.hdel(keys.appeals, 'e05')],
  [
    'a text of somebody erased',
    /appeal e11 is of an entry that was erased/,
    () => redis.hset(keys.appeals, 'e11', '{"sealed":"s","atMs":1}'),
  ],
  [
    'somebody who goes on alone and is forgotten',
    /family lets somebody go and nobody will/,
    () => redis.srem(keys.partings, 'family'),
  ],
  [
    'somebody who leaves a party and is not of it',
    /family lets somebody go who is not/,
    () => changeEntry('family', (entry) => ({ ...entry, parting: 3 })),
  ],
  [
    'a party with people that nobody knows',
    /family has fewer identities than people/,
    () => changeEntry('family', (entry) => ({ ...entry, party: 4 })),
  ],
  [
    'a document that nobody will check',
    /unchecked has a document to check/,
    () => redis.zrem(keys.toCheck, 'unchecked'),
  ],
  [
    'a suspension that cannot be read',
    /suspension one-e05 cannot/,
    () => redis.hset(keys.suspensions, 'one-e05', 'x'),
  ],
  [
    'a count that is too high',
    /waiting:renewal says \d+, there are \d+$/,
    () => redis.hincrby(keys.counts, 'waiting:renewal', 1),
  ],
  [
    'a count of nothing',
    /served:other says 0 and should/,
    () => redis.hset(keys.counts, 'served:other', 0),
  ],
  [
    'an agent that cannot be read',
    /agent agent1 cannot/,
    () => redis.hset(keys.agents, 'agent1', '{}'),
  ],
  // Flags, helpers, messages
  [
    'a flag that is not listed',
    /flag e08-e09-phone is not listed as open/,
    () => redis.del(keys.openFlags),
  ],
  [
    'a list of flags that are not there',
    /names a set that is not there/,
    () => redis.zadd(keys.settledFlags, 0, '1:nothing'),
  ],
  [
    'a mandate that does not count',
    /mandate helped is not counted/,
    () => redis.del(keys.helperEntries('h1')),
  ],
  [
    'a mandate of no helper',
    /mandate helped is of a helper/,
    () => changeJson(keys.mandates, 'helped', { helper: 'h2' }),
  ],
  [
    'an entry that counts for a helper without a mandate',
    /e09 of h1 is there without/,
    () => redis.sadd(keys.helperEntries('h1'), 'e09'),
  ],
  [
    'a key of a helper that is gone',
    /helper key agent1 is of a helper/,
    () => redis.hdel(keys.helpers, 'h1'),
  ],
  ['a helper that cannot be read', /helper h1 cannot/, () => redis.hset(keys.helpers, 'h1', '{}')],
  ['a message that is none', /message due x is none/, () => redis.rpush(keys.mailDue, 'x')],
  [
    'a letter to somebody erased',
    /waits for an entry that is erased/,
    () => redis.hset(keys.letters, 'offer.e11.d1', '{"day":"2026-12-01","sealed":"s"}'),
  ],
  [
    'an undelivered message that cannot be read',
    /dead letter welcome.e10.1 cannot/,
    () => redis.hset(keys.deadLetters, 'welcome.e10.1', '{}'),
  ],
  // Draws, offers, places
  [
    'a slot that cannot be read',
    /slot s1 cannot be read/,
    () => redis.hset(keys.slots, 's1', '{}'),
  ],
  [
    'a place too many',
    /slot s2 has 1 places, and 2 are/,
    () => redis.hincrby(keys.places, 's2', 1),
  ],
  [
    'a place too few',
    /slot s1 has 6 places, and 5 are/,
    () => changeJson(keys.slots, 's1', { capacity: 6 }),
  ],
  [
    'places below nothing',
    /number of free places that cannot be/,
    () => redis.hset(keys.places, 's1', '-1'),
  ],
  [
    'places of no slot',
    /slot s9 is not there and has places/,
    () => redis.hset(keys.places, 's9', 1),
  ],
  [
    'an offer that cannot be read',
    /offer e01 of .* cannot/,
    () => redis.hset(offersOf, 'e01', '{}'),
  ],
  [
    'an offer whose entry knows nothing',
    /offer e01 of .* is booked and its entry is waiting/,
    () => changeEntry('e01', ({ held: _held, ...entry }) => ({ ...entry, state: 'waiting' })),
  ],
  [
    'a deadline that is lost',
    /offer e06 .* is open and its deadline/,
    () => redis.zrem(keys.deadlines, `${first}.e06`),
  ],
  [
    'a deadline at another time',
    /offer e06 .* is open and its deadline/,
    () => redis.zincrby(keys.deadlines, 1, `${first}.e06`),
  ],
  [
    'a deadline of what is settled',
    /offer e01 .* is accepted and has a deadline/,
    () => redis.zadd(keys.deadlines, 1, `${first}.e01`),
  ],
  [
    'a reminder of what is settled',
    /reminder .*e01 is of an offer that is settled/,
    () => redis.zadd(keys.reminders, 1, `${first}.e01`),
  ],
  [
    'a deadline of no offer',
    /deadline x.y is of an offer that is not there/,
    () => redis.zadd(keys.deadlines, 1, 'x.y'),
  ],
  [
    'a draw that is lost',
    new RegExp(`draw ${first} cannot be read`),
    () => redis.del(keys.draw(first)),
  ],
  [
    'a draw in another state',
    new RegExp(`draw ${second} is drawn and lacks|draw ${second} is drawn and not among`),
    () => redis.hset(keys.draw(second), 'state', 'drawn'),
  ],
  [
    'an active draw that is published',
    new RegExp(`draw ${second} is published and the active`),
    () => redis.set(keys.activeDraw, second),
  ],
  [
    'a reserve list that is forgotten',
    new RegExp(`draw ${second} is published and its reserve list is not in use`),
    () => redis.del(keys.reserves),
  ],
  [
    'a reserve list that is in use and has ended',
    new RegExp(`draw ${second} has a reserve list in use for a request type that .*has ended`),
    () => redis.hset(keys.draw(second), 'ended', 'renewal'),
  ],
  [
    'idle places where a list has ended',
    new RegExp(`slot s-shared keeps idle places in draw ${second}`),
    async () => {
      const shared = { capacity: 1, requestTypes: ['other', 'renewal'] };
      const slot = { site: 'nanterre', start: '2030-01-07T09:00:00+01:00', ...shared };
      await redis.hset(keys.slots, 's-shared', JSON.stringify(slot));
      await redis.hset(keys.drawPlaces(second), 's-shared', 1);
      await redis.hset(keys.draw(second), 'ended', 'other');
    },
  ],
  [
    'a draw that is being closed and is not closed',
    new RegExp(`draw ${second} is being closed and is not closed`),
    () => redis.set(keys.closingDraw, `${second} renewal`),
  ],
  [
    'a draw that is never finished',
    new RegExp(`draw ${first} is closed and still among`),
    () => redis.zadd(keys.unfinishedDraws, 1, first),
  ],
  [
    'an unfinished draw that nobody planned',
    /unfinished draw nowhere was never/,
    () => redis.zadd(keys.unfinishedDraws, 1, 'nowhere'),
  ],
  [
    'a freeze that is not listed',
    /not listed at the instant of its freeze/,
    () => redis.zrem(keys.frozenDraws, first),
  ],
  [
    'a closed draw that keeps places',
    /is closed and keeps idle places/,
    () => redis.hset(keys.drawPlaces(first), 's1', 1),
  ],
  [
    'a number that is not reached',
    /has a number that is not reached/,
    () => redis.set(keys.drawNumber, 1),
  ],
  [
    'a record without its result',
    /has an outcome without a record/,
    () => redis.del(keys.drawResult(first)),
  ],
  [
    'a record that lacks lines',
    /has not the lines that its manifest counts/,
    () => redis.rpop(keys.drawInput(first)),
  ],
  [
    'a record that cannot be unpacked',
    /cannot be unpacked/,
    () => redis.lset(keys.drawInput(first), 1, 'x'),
  ],
  [
    'events that lead elsewhere',
    /do not lead entry e01/,
    () => changeJson(offersOf, 'e01', { appointment: 'cancelled' }),
  ],
  [
    'an event that is lost',
    /do not agree about its events|do not lead entry/,
    () => redis.rpop(keys.drawEvents(first)),
  ],
  [
    'an event of an offer that is not there',
    /tells of an offer to entry nobody/,
    () =>
      redis.rpush(
        keys.drawEvents(first),
        '{"at":"2026-12-01T08:00:00Z","entry":"nobody","kind":"event","slot":"s1","type":"accepted"}',
      ),
  ],
  // Jobs, logs
  [
    'a schedule without a job',
    /schedule weekly has no job/,
    async () => {
      await house.queues.draws.removeJobScheduler(`draw/${prefecture}/weekly`);
    },
  ],
  [
    'a job by another rule',
    /schedule weekly has a job by another rule/,
    () => changeJson(keys.schedules, 'weekly', { pattern: '0 9 * * 2' }),
  ],
  [
    'a job without its schedule',
    /a job is left of schedule weekly/,
    () => redis.hdel(keys.schedules, 'weekly'),
  ],
  [
    'a planned draw without a job',
    /is planned and has no job/,
    async () => {
      for (const job of await house.queues.draws.getDelayed()) {
        if (job.id?.startsWith('once.')) await job.remove();
      }
    },
  ],
  [
    'an audit line that is lost',
    /the audit log has 4 lines, its head says 5/,
    () => redis.rpop(keys.audit),
  ],
  [
    'an audit line that was changed',
    /line 2 of the audit log: /,
    async () => {
      const line = (await redis.lindex(keys.audit, 2)) ?? '';
      await redis.lset(keys.audit, 2, line.replace('listEntries', 'listDraws'));
    },
  ],
  [
    'an audit log written anew',
    /not that of the register|head of the audit log/,
    async () => {
      await redis.del(keys.audit, keys.auditHead);
      const line = { at: '2026-12-01T08:00:00.000Z', agent: 'other', role: 'agent' };
      const { audit } = createStore(redis);
      for (let at = 0; at < 5; at += 1) {
        await audit.append(prefecture, { ...line, kind: 'read', operation: 'listEntries' });
      }
    },
  ],
  [
    'a leaf that was changed',
    /tile 0\/0 of the register is not of its leaves/,
    () => redis.lset(keys.registerLeaves, 1, '{"at":"x","kind":"audit"}'),
  ],
  [
    'a leaf after the tiles that was changed',
    /head of \d+ leaves is not of these/,
    async () => {
      const size = await redis.llen(keys.registerLeaves);
      const leaf = (await redis.lindex(keys.registerLeaves, size - 1)) ?? '';
      await redis.lset(keys.registerLeaves, size - 1, leaf.replace('T08', 'T09'));
    },
  ],
  [
    'a tile that was changed',
    /tile 1\/0 of the register/,
    () => redis.hset(keys.registerTiles, '1/0', 'x'.repeat(64)),
  ],
  [
    'leaves that are lost',
    /lost leaves|tile|do not agree|counts/,
    () => redis.ltrim(keys.registerLeaves, 0, 400),
  ],
  [
    'counts of the register',
    /counts of the register are not/,
    () => changeJson(keys.registerState, 'counts', { void: 7 }),
  ],
  [
    'a head that cannot be read',
    /head 0 of the register cannot/,
    () => redis.lset(keys.registerHeads, 0, 'x'),
  ],
  [
    'a leaf of no draw',
    /leaves tell of draw nowhere/,
    () =>
      redis.rpush(
        keys.registerLeaves,
        '{"at":"2026-12-01T08:00:00Z","draw":"nowhere","entry":"e1","kind":"event","slot":"s1","type":"accepted"}',
      ),
  ],
  [
    'another manifest than was registered',
    /do not agree about its manifest/,
    () => changeJson(keys.draw(first), 'json', { manifestHash: 'cd'.repeat(32) }),
  ],
];

describe('it names', () => {
  test.each(cases)('%s', async (_what, fault, harm) => {
    await harm();
    expect(await faults()).toContainEqual(expect.stringMatching(fault));
  });
});
