import { describe, expect, test } from 'vitest';
import { keysOf } from '#src/store/core/keys.ts';
import { judgeNear } from '#src/store/entries/near.ts';
import { EntryStore } from '#src/store/entries/store.ts';
import { MessageStore } from '#src/store/messages/store.ts';
import { useRedis } from '../../support/redis.ts';
import { sampleEntry, sampleNowMs } from '../../support/samples.ts';

const redis = useRedis();
const entries = new EntryStore(redis);
const keys = keysOf('92');
const noMessages = { messages: [] };

describe('joining', () => {
  test('an entry is stored, counted, found by its identity, and its messages are due', async () => {
    const entry = sampleEntry();
    const messages = [`code.${entry.id}.1`];
    expect(await entries.join('92', entry, { messages })).toEqual({ outcome: 'joined' });
    expect(await entries.get('92', entry.id)).toEqual(entry);
    expect(await entries.findByIdentity('92', entry.identity)).toBe(entry.id);
    expect(await entries.counts('92')).toEqual([
      { state: 'unverified', requestType: 'renewal', entries: 1 },
    ]);
    expect(await new MessageStore(redis).due('92', 10)).toEqual(messages);
  });

  test('whoever shared a clue and has left meanwhile is nobody to look at', async () => {
    const entry = sampleEntry();
    expect(await judgeNear(redis, '92', entry, '', { entriesPerContact: 5 })).toEqual({ flag: '' });
  });

  test('200 parallel joins of one person make exactly one entry', async () => {
    const people = Array.from({ length: 200 }, () => sampleEntry({ identity: 'one-person' }));
    const outcomes = await Promise.all(
      people.map((entry) => entries.join('92', entry, { messages: [`code.${entry.id}.1`] })),
    );
    expect(outcomes.filter(({ outcome }) => outcome === 'joined')).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === 'duplicate')).toHaveLength(199);
    const winner = await entries.findByIdentity('92', 'one-person');
    for (const answer of outcomes) {
      if (answer.outcome === 'duplicate') expect(answer.entry).toBe(winner);
    }
    expect(await redis.hlen(keys.entries)).toBe(1);
    expect(await redis.llen(keys.mailDue)).toBe(1);
    expect(await entries.counts('92')).toMatchObject([{ entries: 1 }]);
  });

  test('the same Idempotency-Key answers with the entry it made', async () => {
    const idempotency = { keyHash: 'key', fingerprint: 'asked' };
    const entry = sampleEntry();
    await entries.join('92', entry, { ...noMessages, idempotency });
    const again = await entries.join('92', sampleEntry(), { ...noMessages, idempotency });
    expect(again).toEqual({ outcome: 'replayed', entry: entry.id });
    const other = { keyHash: 'key', fingerprint: 'asked something else' };
    const mismatch = await entries.join('92', sampleEntry(), {
      ...noMessages,
      idempotency: { ...other, fingerprint: 'other' },
    });
    expect(mismatch).toEqual({ outcome: 'mismatch' });
    expect(await redis.hlen(keys.entries)).toBe(1);
    expect(await redis.ttl(keys.idempotency('key'))).toBeGreaterThan(86_000);
  });

  test('200 parallel joins with one Idempotency-Key make exactly one entry', async () => {
    const idempotency = { keyHash: 'key', fingerprint: 'asked' };
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, () =>
        entries.join('92', sampleEntry({ identity: 'one-person' }), { ...noMessages, idempotency }),
      ),
    );
    expect(outcomes.filter(({ outcome }) => outcome === 'replayed')).toHaveLength(199);
    expect(await redis.hlen(keys.entries)).toBe(1);
  });

  test('a refused join leaves no trace, not even its Idempotency-Key', async () => {
    await entries.join('92', sampleEntry({ identity: 'one-person' }), noMessages);
    const before = await redis.keys('*');
    const refused = await entries.join('92', sampleEntry({ identity: 'one-person' }), {
      messages: ['code.x.1'],
      idempotency: { keyHash: 'key', fingerprint: 'asked' },
    });
    expect(refused.outcome).toBe('duplicate');
    expect(await redis.keys('*')).toEqual(before);
  });

  test('what is taken from a budget comes back one by one, and nothing is kept once it is whole', async () => {
    const budgets = [
      { name: 'mailbox:one', holds: 2, everyMs: 60_000 },
      { name: 'mailbox:two', holds: 3, everyMs: 90_000 },
    ];
    const joinAt = (nowMs: number) =>
      entries.join('92', sampleEntry(), { ...noMessages, guard: { budgets, nowMs } });
    const start = sampleNowMs;
    expect((await joinAt(start)).outcome).toBe('joined');
    expect((await joinAt(start)).outcome).toBe('joined');
    // The first is empty, and nothing is taken from the second for it.
    expect(await joinAt(start + 1)).toEqual({ outcome: 'crowded', waitMs: 59_999 });
    expect(await joinAt(start + 59_999)).toEqual({ outcome: 'crowded', waitMs: 1 });
    expect((await joinAt(start + 60_000)).outcome).toBe('joined');
    expect(await joinAt(start + 60_000)).toEqual({ outcome: 'crowded', waitMs: 60_000 });
    const [ttl = 0] = await Promise.all([redis.pttl(keys.limit('mailbox:two'))]);
    expect([ttl > 200_000, ttl <= 210_000]).toEqual([true, true]);
    // After a rest it holds as many as before, and no more.
    const rested = start + 600_000;
    const outcomes = [await joinAt(rested), await joinAt(rested), await joinAt(rested)];
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['joined', 'joined', 'crowded']);
  });

  test('a proof of work is spent for as long as it could be handed in again', async () => {
    const work = { id: 'proof', ttlSeconds: 600, effort: 1 };
    const guard = { work, budgets: [], nowMs: sampleNowMs };
    await entries.join('92', sampleEntry(), { ...noMessages, guard });
    const ttl = await redis.ttl(keys.workSpent(work.id));
    expect([ttl > 590, ttl <= 600]).toEqual([true, true]);
  });

  test('a desk entry waits at once, from the draws there were until now', async () => {
    await redis.set(keys.drawNumber, 3);
    const entry = sampleEntry({ state: 'waiting', origin: 'desk' });
    await entries.join('92', entry, noMessages);
    expect(await entries.get('92', entry.id)).toEqual({ ...entry, since: 3 });
  });

  test('an id that exists is a bug, never a second entry', async () => {
    const entry = sampleEntry();
    await entries.join('92', entry, noMessages);
    const twin = sampleEntry({ id: entry.id, identity: 'another' });
    await expect(entries.join('92', twin, noMessages)).rejects.toThrow('exists already');
    expect(await entries.get('92', entry.id)).toEqual(entry);
  });

  test('prefectures do not see each other', async () => {
    const entry = sampleEntry();
    await entries.join('92', entry, noMessages);
    expect(await entries.get('93', entry.id)).toBeUndefined();
    expect(await entries.join('93', entry, noMessages)).toEqual({ outcome: 'joined' });
  });
});
