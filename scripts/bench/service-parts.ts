import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { SlotRecord } from '../../src/domain/slots/slot.ts';
import { newAgentKey } from '../../src/identity/keys/agent-keys.ts';
import { parseKeyring } from '../../src/identity/keys/keyring.ts';
import type { Closer } from '../../src/shutdown.ts';
import type { Store } from '../../src/store/store.ts';
import type { Example } from '../demo/example.ts';
import { firstLine, newKey, scriptPath, startNode, stopChild } from './children.ts';
import { fillPool } from './fill-pool.ts';

const SLOTS = 2_000;
const PLACES_A_SLOT = 10;
const dayMs = 86_400_000;

/** A prefecture with places and a crowd; gives the key of its admin. */
export async function prepare(
  store: Store,
  example: Example,
  { people, sealing, identity }: { people: number; sealing: string; identity: string },
): Promise<string> {
  const { id, settings, sites, requestTypes, rules } = example;
  await store.prefectures.create(id, { settings, sites, requestTypes, rules });
  const { key, id: agent, hash } = newAgentKey();
  const createdAtMs = Date.now();
  await store.agents.put(id, { id: agent, role: 'admin', label: 'bench', hash, createdAtMs });
  const types = requestTypes.map((requestType) => requestType.id);
  const slots = Array.from({ length: SLOTS }, (_, index): SlotRecord => {
    const day = new Date(createdAtMs + (30 + Math.floor(index / 64)) * dayMs);
    const hour = String(9 + (Math.floor(index / 4) % 7)).padStart(2, '0');
    return {
      id: `s${index}`,
      site: sites[index % sites.length]?.id ?? '',
      start: `${day.toISOString().slice(0, 10)}T${hour}:00:00+01:00`,
      capacity: PLACES_A_SLOT,
      requestTypes: types,
    };
  });
  await store.slots.importAll(id, slots, createdAtMs);
  const keyrings = { sealing: parseKeyring(sealing), identity: parseKeyring(identity) };
  await fillPool(store, example, { people, ...keyrings });
  return key;
}

/** The service as it runs in life: each part a process. */
export interface Parts {
  readonly apiUrl: string;
  readonly workerUrl: string;
  /** What the worker logged, a line each. */
  readonly log: string[];
}

/** Starts API, worker and mail server; `closers` end them. */
export async function startParts(
  redisUrl: string,
  directory: string,
  { sealing, identity }: { sealing: string; identity: string },
  closers: Closer[],
): Promise<Parts> {
  const mail = join(directory, 'mail');
  await mkdir(mail);
  const sink = startNode([scriptPath('./mail-sink.ts'), mail]);
  closers.push(() => stopChild(sink));
  const env = {
    REDIS_URL: redisUrl,
    SMTP_URL: await firstLine(sink, (line) => line.startsWith('smtp')),
    PORT: '0',
    REQUESTS_PER_MINUTE: '1000000',
    WORK_TRIES: '0', // the load does not work for its joins
    ENTROPY_SOURCE: 'operator',
    TIRAGE_SEALING_KEYS: sealing,
    TIRAGE_IDENTITY_KEYS: identity,
    TIRAGE_TOKEN_KEYS: newKey(),
    TIRAGE_SIGNING_KEYS: newKey(),
  };
  const log: string[] = [];
  const start = async (role: string): Promise<string> => {
    const child = startNode([scriptPath('../../src/main.ts'), role], env);
    closers.push(() => stopChild(child));
    const isUp = (line: string) => line.includes('"url"');
    const up = await firstLine(child, isUp, (line) => {
      // The API logs every request: only the worker's lines are kept.
      if (role === 'worker') log.push(line);
    });
    return z.object({ url: z.string() }).parse(JSON.parse(up)).url;
  };
  return { apiUrl: await start('api'), workerUrl: await start('worker'), log };
}
