import type { EntryRecord } from '#src/domain/entries/entry.ts';
import { registerLeaf } from '#src/domain/register/leaf.ts';
import type { Store } from '#src/store/store.ts';
import { signRegister } from '#src/usecases/register/sign.ts';
import { DrawWorld } from './draw-world.ts';
import { hourMs, type openHouse, prefecture } from './house.ts';
import { sampleEntry, sampleNowMs } from './samples.ts';

export type House = ReturnType<typeof openHouse>;
export const [first, second] = ['20261201-abcdef', '20261208-abcdef'];

const dayMs = 24 * hourMs;
const agents = ['agent1', 'agent2'] as const;

/**
 * A prefecture that has something of everything: two draws and what came of them, one planned by a
 * rule and one by hand, flags, priorities, an absence and its appeal, a helper, letters, an audit log
 * and a register of some tiles.
 */
export async function fillStore(house: House): Promise<DrawWorld> {
  const world = new DrawWorld(house.redis);
  world.nowMs = sampleNowMs;
  const { store } = house;
  await world.open({ places: 0, entries: 0 });
  await store.prefectures.update(
    prefecture,
    (found) => ({ ...found, settings: { ...found.settings, absenceDraws: 2 } }),
    world.nowMs,
  );
  await world.addSlot('s1', 5);
  await world.addSlot('s2', 1);
  await world.addSlot('s3', 1);
  await joinAll(store);
  await playDraws(world);
  await addAround(store);
  await addLogs(house);
  return world;
}

const clue = (letter: string, name: string) => `${letter}${name.padEnd(12, '-')}`;

async function joinAll(store: Store): Promise<void> {
  for (let at = 1; at <= 12; at += 1) {
    const id = `e${String(at).padStart(2, '0')}`;
    await join(store, id, { clues: [clue('e', id), clue('n', at < 3 ? 'shared' : id)] });
  }
  await join(store, 'young', { state: 'unverified' });
  await join(store, 'unchecked', { documentCheck: 'due' });
}

async function join(store: Store, id: string, members: Partial<EntryRecord>): Promise<void> {
  const entry = sampleEntry({
    ...{ id, state: 'waiting', identity: `one-${id}`, otherIdentities: [`two-${id}`] },
    ...members,
  });
  const checkAtMs = members.documentCheck === 'due' ? sampleNowMs : undefined;
  const options = { messages: [`welcome.${id}.1`], ...(checkAtMs ? { checkAtMs } : {}) };
  const { outcome } = await store.entries.join(prefecture, entry, options);
  if (outcome !== 'joined') throw new Error(`${id}: ${outcome}`);
}

/** The first draw gives e01 to e06 a place each; the second what came back. */
async function playDraws(world: DrawWorld): Promise<void> {
  const { offers, entries } = world.store;
  await world.draw(first);
  for (const id of ['e01', 'e03', 'e04', 'e05']) {
    await offers.settle(prefecture, `${first}.${id}`, 'accept', world.nowMs);
  }
  await offers.settle(prefecture, `${first}.e02`, 'decline', world.nowMs);
  await offers.cancel(prefecture, `${first}.e03`, world.nowMs);
  await offers.attend(prefecture, `${first}.e04`, 'attend', world.nowMs);
  await offers.attend(prefecture, `${first}.e05`, 'miss', world.nowMs);
  const { reserve, events } = await world.replay(first);
  const [freed] = reserve.freed();
  const next = freed && reserve.next(freed.slot);
  if (!freed || !next) throw new Error('nobody is next');
  const offer = world.newOffer(first, { entry: next, slot: freed.slot });
  await offers.refill(prefecture, offer, events);
  await entries.leave(prefecture, 'e12', 'withdraw', world.nowMs);
  await entries.leave(prefecture, 'e11', 'erase', world.nowMs);
  await world.draw(second);
}

async function addAround(store: Store): Promise<void> {
  const nowMs = sampleNowMs;
  await closeSlot(store, 's3', nowMs);
  await store.absences.appeal(prefecture, 'e05', { sealed: 'sealed', atMs: nowMs });
  await store.flags.raise(prefecture, ['e08', 'e09'], 'phone', nowMs);
  await store.flags.raise(prefecture, ['e09', 'e10'], 'phone', nowMs);
  const settled = { decision: 'different_people', reason: 'r', agent: agents[0] } as const;
  await store.flags.settle(prefecture, 'e09-e10-phone', { ...settled, atMs: nowMs });
  const until = { ground: 'health', untilMs: nowMs + 90 * dayMs } as const;
  await store.priorities.propose(prefecture, 'e10', { ...until, agent: agents[0], nowMs });
  await store.priorities.decide(prefecture, 'e10', 'approve', { agent: agents[1], nowMs });
  await store.priorities.propose(prefecture, 'e09', { ...until, agent: agents[0], nowMs });
  await store.helpers.add(prefecture, {
    ...{ id: 'h1', category: 'lawyer', label: 'A lawyer', cap: 5, createdAtMs: nowMs },
  });
  await store.helpers.addKey(prefecture, 'h1', agents[0]);
  const term = { from: '2026-01-01', until: '2027-01-01', sealedReference: 'sealed' };
  await store.helpers.reserve(prefecture, 'helped', { helper: 'h1', ...term });
  await join(store, 'helped', { origin: 'lawyer' });
  await join(store, 'family', { party: 3, otherIdentities: ['two-family', 'three-family'] });
  await store.entries.changePeople(prefecture, 'family', (entry) => ({
    entry: { ...entry, parting: 1 },
    messages: [],
  }));
  const letter = { day: '2026-12-01', sealed: 'sealed' };
  await store.letters.keep(prefecture, { message: `offer.e10.${second}`, ...letter });
  await store.messages.bury(prefecture, {
    id: 'welcome.e10.1',
    reason: 'r',
    attempts: 1,
    atMs: nowMs,
  });
  await store.agents.put(prefecture, {
    ...{ id: agents[0], role: 'admin', label: 'admin', hash: 'h', createdAtMs: nowMs },
  });
}

/** A slot of no draw, closed by the morning's closure. */
async function closeSlot(store: Store, slot: string, nowMs: number): Promise<void> {
  const of = { atMs: nowMs, agent: agents[0], cause: 'strike', scope: { slots: [slot] } } as const;
  const closure = { id: 'closure1', slots: 1, ...of };
  await store.closures.begin(prefecture, closure, [{ slot }]);
  await store.closures.closeSlots(prefecture, closure, [slot]);
}

async function addLogs(house: House): Promise<void> {
  const { store, scheduler, redis } = house;
  const line = { at: '2026-12-01T08:00:00.000Z', agent: agents[0], role: 'agent' };
  for (let at = 0; at < 5; at += 1) {
    await store.audit.append(prefecture, { ...line, kind: 'read', operation: 'listEntries' });
  }
  await store.audit.anchor(prefecture, sampleNowMs);
  await scheduler.upsert(prefecture, 'weekly', '0 9 * * 1', agents[0]);
  await scheduler.scheduleOnce(prefecture, sampleNowMs + 30 * dayMs, agents[0]);
  const leaf = registerLeaf({ at: '2026-12-01T08:00:00Z', kind: 'rules', rules: {}, settings: {} });
  await redis.rpush(`tirage:{${prefecture}}:register`, ...Array.from({ length: 600 }, () => leaf));
  await signRegister(house.deps, prefecture);
}
