import { describe, expect, test } from 'vitest';
import type { EntryRecord } from '#src/domain/entries/entry.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { EntryStore } from '#src/store/entries/store.ts';
import { PriorityStore } from '#src/store/priorities/store.ts';
import { useRedis } from '../../support/redis.ts';
import { sampleNowMs as nowMs, sampleEntry } from '../../support/samples.ts';

const redis = useRedis();
const entries = new EntryStore(redis);
const priorities = new PriorityStore(redis);
const keys = keysOf('92');
const untilMs = nowMs + 1000;
const asked = { ground: 'health', untilMs, agent: 'a1', nowMs } as const;
const other = { agent: 'a2', nowMs };

async function waiting(members: Partial<EntryRecord> = {}): Promise<string> {
  const entry = sampleEntry({ state: 'waiting', ...members });
  await entries.join('92', entry, { messages: [] });
  return entry.id;
}

async function approved(members: Partial<EntryRecord> = {}): Promise<string> {
  const id = await waiting(members);
  await priorities.propose('92', id, asked);
  await priorities.decide('92', id, 'approve', other);
  return id;
}

const priorityOf = async (id: string) => (await entries.get('92', id))?.priority;

/** The pool of a draw that begins at an instant. */
async function poolAt(atMs: number) {
  await redis.incr(keys.drawNumber);
  const number = await redis.get(keys.drawNumber);
  await redis.hset(keys.freezing, { draw: 'd1', number, at: atMs });
  return entries.readFrozen('92');
}

describe('two agents decide', () => {
  test('a proposal alone gives nothing; its approval by another gives the priority', async () => {
    const id = await waiting();
    expect(await priorities.propose('92', id, asked)).toMatchObject({ state: 'proposed' });
    expect(await priorityOf(id)).toBeUndefined();
    await priorities.decide('92', id, 'approve', other);
    expect(await priorityOf(id)).toEqual({ ground: 'health', untilMs });
  });

  test('the agent who proposed cannot approve, whatever else happened', async () => {
    const id = await waiting();
    await priorities.propose('92', id, asked);
    const own = priorities.decide('92', id, 'approve', { agent: 'a1', nowMs });
    await expect(own).rejects.toMatchObject({ code: 'approver_same' });
    await priorities.decide('92', id, 'refuse', other);
    await priorities.propose('92', id, { ...asked, agent: 'a2' });
    const again = priorities.decide('92', id, 'approve', other);
    await expect(again).rejects.toMatchObject({ code: 'approver_same' });
    expect(await priorityOf(id)).toBeUndefined();
  });

  test('of an approval and a refusal at once one counts, and the entry agrees with it', async () => {
    for (let time = 0; time < 10; time += 1) {
      const id = await waiting();
      await priorities.propose('92', id, asked);
      await Promise.allSettled([
        priorities.decide('92', id, 'approve', other),
        priorities.decide('92', id, 'refuse', { agent: 'a3', nowMs }),
      ]);
      const state = (await priorities.get('92', id))?.state;
      expect((await priorityOf(id)) !== undefined).toBe(state === 'approved');
    }
  });

  test('a decision repeated changes nothing, not even its time', async () => {
    const id = await approved();
    const before = await priorities.get('92', id);
    const later = { agent: 'a2', nowMs: nowMs + 5 };
    expect(await priorities.decide('92', id, 'approve', later)).toEqual(before);
    const third = priorities.decide('92', id, 'approve', { agent: 'a3', nowMs });
    await expect(third).rejects.toMatchObject({ code: 'priority_settled' });
  });

  test('what was never proposed, or whose entry has left, is refused', async () => {
    const id = await waiting();
    const none = priorities.decide('92', id, 'approve', other);
    await expect(none).rejects.toMatchObject({ code: 'priority_not_found' });
    const absent = priorities.propose('92', 'absent', asked);
    await expect(absent).rejects.toMatchObject({ code: 'entry_not_found' });
    await priorities.propose('92', id, asked);
    await entries.leave('92', id, 'withdraw', nowMs);
    const gone = priorities.decide('92', id, 'approve', other);
    await expect(gone).rejects.toMatchObject({ code: 'entry_settled' });
    const anew = priorities.propose('92', id, asked);
    await expect(anew).rejects.toMatchObject({ code: 'entry_settled' });
  });
});

describe('a draw', () => {
  test('knows a priority until the instant it ends, and counts its ground', async () => {
    const id = await approved();
    const { entries: pool, grounds } = await poolAt(untilMs - 1);
    expect(pool).toEqual([{ id, requestType: 'renewal', missed: 0, priority: true }]);
    expect(grounds).toEqual(['health']);
    const after = await poolAt(untilMs);
    expect(after.entries).toEqual([{ id, requestType: 'renewal', missed: 0 }]);
    expect(after.grounds).toEqual([]);
  });

  test('that has begun is not changed by an approval', async () => {
    const id = await waiting();
    await priorities.propose('92', id, asked);
    await redis.incr(keys.drawNumber);
    await redis.hset(keys.freezing, { draw: 'd1', number: 1, at: nowMs });
    await priorities.decide('92', id, 'approve', other);
    const { entries: pool, grounds } = await entries.readFrozen('92');
    expect(pool).toEqual([{ id, requestType: 'renewal', missed: 0 }]);
    expect(grounds).toEqual([]);
  });
});

test('one that ended early, or ran out, can be proposed anew', async () => {
  const early = await approved();
  await priorities.decide('92', early, 'end', { agent: 'a1', nowMs });
  expect(await priorityOf(early)).toBeUndefined();
  const late = await approved();
  const running = priorities.propose('92', late, asked);
  await expect(running).rejects.toMatchObject({ code: 'priority_settled' });
  for (const id of [early, late]) {
    const anew = { ...asked, nowMs: untilMs, untilMs: untilMs + 1 };
    expect(await priorities.propose('92', id, anew)).toMatchObject({ state: 'proposed' });
    expect(await priorityOf(id)).toBeUndefined();
  }
});

test('an approval comes too late once the priority has run out', async () => {
  const id = await waiting();
  await priorities.propose('92', id, asked);
  const late = priorities.decide('92', id, 'approve', { agent: 'a2', nowMs: untilMs });
  await expect(late).rejects.toMatchObject({ code: 'priority_settled' });
});

test('pages hold every priority of a state', async () => {
  const ids = await Promise.all([waiting(), waiting(), approved()]);
  await priorities.propose('92', ids[0] ?? '', asked);
  const proposed = await priorities.list('92', { limit: 10, state: 'proposed' });
  expect([...proposed.priorities.keys()]).toEqual([ids[0]]);
  const all = await priorities.list('92', { limit: 10 });
  expect([...all.priorities.keys()].sort()).toEqual([ids[0], ids[2]].sort());
});
