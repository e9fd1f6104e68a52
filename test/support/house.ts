import { EventEmitter, once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import type { EntryRecord } from '#src/domain/entries/entry.ts';
import { nextEntryState } from '#src/domain/entries/state.ts';
import type { SlotRecord } from '#src/domain/slots/slot.ts';
import { operatorEntropy } from '#src/identity/entropy/entropy.ts';
import { parseKeyring } from '#src/identity/keys/keyring.ts';
import { createSigner } from '#src/identity/keys/signer.ts';
import { createTokens } from '#src/identity/keys/tokens.ts';
import { createVault } from '#src/identity/keys/vault.ts';
import { personContext } from '#src/identity/person/context.ts';
import type { Person } from '#src/identity/person/person.ts';
import { createMetrics } from '#src/metrics/metrics.ts';
import type { Channel } from '#src/notifications/channels/channel.ts';
import { createEmailChannel } from '#src/notifications/channels/email.ts';
import { createMailSink } from '#src/notifications/channels/sink.ts';
import { createRenderer } from '#src/notifications/render/render.ts';
import { createQueues } from '#src/store/core/queues.ts';
import { connect } from '#src/store/core/redis.ts';
import { createStore, type Store } from '#src/store/store.ts';
import { createDrawScheduler } from '#src/usecases/draws/scheduler.ts';
import type { OnStep } from '#src/usecases/steps.ts';
import { AllocationThread } from '#src/workers/allocation/allocation.ts';
import type { WorkerDeps } from '#src/workers/deps.ts';
import { sampleEntry, sampleNowMs, samplePrefecture, sampleSlot } from './samples.ts';

export const prefecture = '92';
export const hourMs = 3_600_000;

const keys = (byte: string) =>
  parseKeyring(`k1:${Buffer.from(byte.repeat(32)).toString('base64')}`);
const vault = createVault(keys('a'));
const tokens = createTokens(keys('b'));
export const signer = createSigner(keys('d'));

/** Everything workers need around one Redis database, with a clock that stands still. */
export type House = ReturnType<typeof openHouse>;

interface HouseOptions {
  readonly redisUrl: string;
  readonly channels?: readonly Channel[];
  readonly onStep?: OnStep;
  readonly nowMs?: number;
}

/** Opens connections, queues and the parts that workers are given. Close it. */
export function openHouse({ redisUrl, channels = [], onStep, nowMs }: HouseOptions) {
  const time = { nowMs: nowMs ?? sampleNowMs };
  const clock = () => time.nowMs;
  const redis = new Redis(redisUrl, { enableAutoPipelining: true });
  const queueRedis = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const store = createStore(redis);
  const queues = createQueues(queueRedis);
  const entropy = operatorEntropy(vault);
  const deps: WorkerDeps = {
    store,
    connect: () => connect(redisUrl, { maxRetriesPerRequest: null }),
    queues,
    vault,
    tokens,
    channels,
    renderer: createRenderer({ organizerEmail: 'tirage@example.org' }),
    entropy,
    clock,
    playsTime: true,
    logger: pino({ level: 'silent' }),
    metrics: createMetrics(),
    signer,
    registerOrigin: 'tirage.example.org',
    witnesses: [],
    publicUrl: 'https://tirage.example.org',
    ...(onStep ? { onStep } : {}),
  };
  const allocation = new AllocationThread();
  const scheduler = createDrawScheduler(deps);
  const close = async () => {
    await allocation.close();
    for (const queue of Object.values(queues)) await queue.close();
    await Promise.all(deps.channels.map((channel) => channel.close()));
    await Promise.all([redis.quit(), queueRedis.quit()]);
  };
  /** What steps are given; with another store, to see one fail. */
  const steps = (over: Partial<WorkerDeps> = {}) => {
    const all = { ...deps, ...over };
    const readPrefecture = (id: string) => all.store.prefectures.get(id);
    return { ...all, allocation, scheduler: createDrawScheduler(all), readPrefecture };
  };
  return { redis, store, queues, deps, steps, time, scheduler, allocation, close };
}

/** A mail server that keeps files, and the channel that leads to it. */
export async function openMail() {
  const directory = await mkdtemp(join(tmpdir(), 'tirage-mail-'));
  const received: string[] = [];
  const arrivals = new EventEmitter();
  const sink = await createMailSink({
    directory,
    onMessage: (file) => {
      received.push(messageOf(file));
      arrivals.emit('mail');
    },
  });
  return {
    url: sink.url,
    directory,
    /** Ids of messages, one for each time it came. */
    received,
    /** Waits until what has come is enough. */
    arrived: async (enough: (ids: readonly string[]) => boolean) => {
      while (!enough(received)) await once(arrivals, 'mail');
    },
    /** Ids of messages that lie there. */
    ids: async () => (await readdir(directory)).map(messageOf).sort(),
    channel: emailTo(sink.url),
    close: async () => {
      await sink.close();
      await rm(directory, { recursive: true });
    },
  };
}

/** The e-mail channel that leads to a mail server. */
export function emailTo(url: string): Channel {
  return createEmailChannel({ url, from: 'Tirage <tirage@example.org>' });
}

function messageOf(file: string): string {
  return file.replace(/^.*\//, '').replace(/@.*$/, '');
}

/** An entry of a person of its own, sealed as the API would. */
export function sealedEntry(
  id: string,
  members: Partial<EntryRecord> = {},
  person: Partial<Person> = { email: `${id}@example.org` },
): EntryRecord {
  const document = { kind: 'agdref', number: '0123456789' } as const;
  const sealed = vault.seal(
    { name: `Person ${id}`, document, ...person },
    personContext(prefecture, id),
  );
  return sampleEntry({ id, identity: id.padEnd(22, '-'), sealed, ...members });
}

/** Creates the prefecture. */
export async function createPrefecture(store: Store, rules = {}): Promise<void> {
  await store.prefectures.create(prefecture, { ...samplePrefecture(), rules });
}

/** Adds an entry that waits for a draw. */
export async function addWaiting(
  store: Store,
  id: string,
  members: Partial<EntryRecord> = {},
  person?: Partial<Person>,
): Promise<void> {
  const entry = sealedEntry(id, { state: 'waiting', ...members }, person);
  await store.entries.join(prefecture, entry, { messages: [] });
}

/** Adds an entry as somebody who joins online, with the code on its way. */
export async function joinOnline(store: Store, id: string, nowMs: number): Promise<void> {
  const code = { round: 1, triesLeft: 5, expiresAtMs: nowMs + hourMs / 4 };
  await store.entries.join(prefecture, sealedEntry(id, { code }), { messages: [`code.${id}.1`] });
}

/** Verifies an entry as the API does with the right code. */
export async function verify(store: Store, id: string): Promise<void> {
  await store.entries.change(prefecture, id, ({ code: _code, ...entry }) => ({
    entry: { ...entry, state: nextEntryState(entry.state, 'verify') },
    messages: [`welcome.${id}.1`],
  }));
}

/** Adds slots of the sample site. */
export async function addSlots(
  store: Store,
  slots: readonly (Partial<SlotRecord> & { id: string })[],
  nowMs = sampleNowMs,
): Promise<void> {
  await store.slots.importAll(prefecture, slots.map(sampleSlot), nowMs);
}
