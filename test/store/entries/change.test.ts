import { describe, expect, test } from 'vitest';
import { DomainError } from '#src/base/errors.ts';
import type { EntryRecord } from '#src/domain/entries/entry.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { EntryStore } from '#src/store/entries/store.ts';
import { SlotStore } from '#src/store/slots/store.ts';
import { useRedis } from '../../support/redis.ts';
import { sampleEntry } from '../../support/samples.ts';

const redis = useRedis();
const entries = new EntryStore(redis);
const keys = keysOf('92');

async function joined(members: Partial<EntryRecord> = {}): Promise<EntryRecord> {
  const entry = sampleEntry(members);
  await entries.join('92', entry, { messages: [] });
  return entry;
}

const verify = (entry: EntryRecord) => ({
  entry: { ...entry, state: 'waiting' as const },
  messages: [`welcome.${entry.id}.0`],
});

describe('changing', () => {
  test('a verified entry waits, is counted there, and is welcomed', async () => {
    await redis.set(keys.drawNumber, 2);
    const entry = await joined();
    const after = await entries.change('92', entry.id, verify);
    expect(after).toEqual({ ...entry, state: 'waiting', since: 2 });
    expect(await entries.get('92', entry.id)).toEqual(after);
    expect(await entries.counts('92')).toEqual([
      { state: 'waiting', requestType: 'renewal', entries: 1 },
    ]);
    expect(await redis.lrange(keys.mailDue, 0, -1)).toEqual([`welcome.${entry.id}.0`]);
  });

  test('changes that race each other all take effect, one after the other', async () => {
    const { id } = await joined();
    await Promise.all(
      Array.from({ length: 8 }, () =>
        entries.change('92', id, (entry) => ({ entry: { ...entry, missed: entry.missed + 1 } })),
      ),
    );
    expect((await entries.get('92', id))?.missed).toBe(8);
  });

  test('an entry that begins to wait while a draw begins gets the number it has then', async () => {
    const { id } = await joined();
    const seen: number[] = [];
    const raced = entries.change('92', id, (entry, { drawNumber }) => {
      seen.push(drawNumber);
      // The draw begins between the read and the write.
      if (seen.length === 1) redis.incr(keys.drawNumber);
      return verify(entry);
    });
    expect((await raced).since).toBe(1);
    expect(seen).toEqual([0, 1]);
  });

  test('an unverified entry that ends frees its identity', async () => {
    const entry = await joined();
    await entries.change('92', entry.id, (one) => ({ entry: { ...one, state: 'rejected' } }));
    expect(await entries.findByIdentity('92', entry.identity)).toBeUndefined();
    const again = sampleEntry({ identity: entry.identity });
    expect(await entries.join('92', again, { messages: [] })).toEqual({ outcome: 'joined' });
  });

  test('a refusal of the decision changes nothing', async () => {
    const entry = await joined();
    const refusal = new DomainError('code_wrong', 'wrong');
    const refused = entries.change('92', entry.id, () => {
      throw refusal;
    });
    await expect(refused).rejects.toBe(refusal);
    expect(await entries.get('92', entry.id)).toEqual(entry);
  });

  test('an unknown entry is refused', async () => {
    await expect(entries.change('92', 'nobody', verify)).rejects.toMatchObject({
      code: 'entry_not_found',
    });
  });

  test('what would bypass a record or an identity is a bug', async () => {
    const { id } = await joined({ state: 'waiting' });
    const become = (members: Partial<EntryRecord>) =>
      entries.change('92', id, (entry) => ({ entry: { ...entry, ...members } }));
    await expect(become({ state: 'withdrawn' })).rejects.toThrow('needs leave');
    await expect(become({ state: 'offered' })).rejects.toThrow('or an offer');
    await expect(become({ identity: 'another' })).rejects.toThrow('never change');
    await expect(become({ requestType: 'another' })).rejects.toThrow('never change');
  });
});

describe('counting misses', () => {
  test('adds one to whom the draw could have served and did not, once', async () => {
    const lost = await joined({ state: 'waiting', since: 0 });
    await redis.set(keys.drawNumber, 1);
    const late = await joined({ state: 'waiting' });
    const unverified = await joined();
    expect(await entries.countMisses('92', { number: 1, isEligible: () => true })).toBe(1);
    expect(await entries.countMisses('92', { number: 1, isEligible: () => true })).toBe(0);
    const missed = async (id: string) => (await entries.get('92', id))?.missed;
    expect(await missed(lost.id)).toBe(1);
    expect(await missed(late.id)).toBe(0);
    expect(await missed(unverified.id)).toBe(0);
    await redis.set(keys.drawNumber, 2);
    expect(await entries.countMisses('92', { number: 2, isEligible: () => true })).toBe(2);
    expect(await missed(lost.id)).toBe(2);
  });

  test('counts each of many exactly once while they change', async () => {
    const crowd = Array.from({ length: 1200 }, () => sampleEntry({ state: 'waiting' }));
    await Promise.all(crowd.map((entry) => entries.join('92', entry, { messages: [] })));
    await redis.set(keys.drawNumber, 1);
    const changing = crowd.slice(0, 200).map(({ id }) =>
      entries.change('92', id, (entry) => ({
        entry: { ...entry, accepts: { sites: ['nanterre'] } },
      })),
    );
    const [first, second] = await Promise.all([
      entries.countMisses('92', { number: 1, isEligible: () => true }),
      entries.countMisses('92', { number: 1, isEligible: () => true }),
      ...changing,
    ]);
    expect(first + second).toBe(1200);
    const after = await entries.getMany(
      '92',
      crowd.map(({ id }) => id),
    );
    expect(after.every((stored) => stored?.value.missed === 1)).toBe(true);
    expect(after.filter((stored) => stored?.value.accepts)).toHaveLength(200);
  });
});

describe('reading', () => {
  test('pages cover every entry, filtered if asked', async () => {
    const renewals = Array.from({ length: 300 }, () => sampleEntry());
    const students = Array.from({ length: 20 }, () =>
      sampleEntry({ requestType: 'student', state: 'waiting' }),
    );
    await Promise.all(
      [...renewals, ...students].map((entry) => entries.join('92', entry, { messages: [] })),
    );
    const all = async (filter: { state?: 'waiting'; requestType?: string }) => {
      const ids = new Set<string>();
      let cursor: string | undefined;
      do {
        const from = cursor === undefined ? {} : { cursor };
        const page = await entries.list('92', { limit: 50, ...filter, ...from });
        for (const entry of page.entries) ids.add(entry.id);
        cursor = page.cursor;
      } while (cursor !== undefined);
      return ids;
    };
    expect((await all({})).size).toBe(320);
    const studentIds = new Set(students.map(({ id }) => id));
    expect(await all({ requestType: 'student' })).toEqual(studentIds);
    expect(await all({ state: 'waiting' })).toEqual(studentIds);
    expect(await all({ state: 'waiting', requestType: 'renewal' })).toEqual(new Set());
  });

  test.each(['', '-1', 'abc', '99999999999999999999'])(
    'the cursor %j is refused',
    async (cursor) => {
      const refusal = { code: 'input_malformed', member: 'cursor' };
      await expect(entries.list('92', { limit: 5, cursor })).rejects.toMatchObject(refusal);
      await expect(new SlotStore(redis).list('92', { limit: 5, cursor })).rejects.toMatchObject(
        refusal,
      );
    },
  );

  test('many entries come in the order asked, unknown ones as gaps', async () => {
    const a = await joined();
    const b = await joined();
    const found = await entries.getMany('92', [b.id, 'nobody', a.id]);
    expect(found.map((stored) => stored?.value)).toEqual([b, undefined, a]);
    expect(await entries.getMany('92', [])).toEqual([]);
  });
});
