import { z } from 'zod';
import { keysOf } from './keys.ts';
import type { Connection } from './redis.ts';
import { type AgentKey, Role } from './types.ts';

const Stored = z.strictObject({
  role: Role,
  label: z.string(),
  hash: z.string(),
  createdAtMs: z.int(),
});

/** The API keys of agents. Only hashes of their secrets are stored. */
export class AgentStore {
  readonly #redis: Connection;

  constructor(redis: Connection) {
    this.#redis = redis;
  }

  /** Adds a key, or replaces the one of the same id. */
  async put(prefecture: string, { id, ...key }: AgentKey): Promise<void> {
    await this.#redis.hset(keysOf(prefecture).agents, id, JSON.stringify(key));
  }

  async get(prefecture: string, keyId: string): Promise<AgentKey | undefined> {
    const raw = await this.#redis.hget(keysOf(prefecture).agents, keyId);
    return raw === null ? undefined : decodeAgentKey(keyId, raw);
  }

  /** All keys, by age. */
  async list(prefecture: string): Promise<AgentKey[]> {
    const all = await this.#redis.hgetall(keysOf(prefecture).agents);
    return Object.entries(all)
      .map(([id, raw]) => decodeAgentKey(id, raw))
      .sort((a, b) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1));
  }

  /** Whether there was such a key. */
  async remove(prefecture: string, keyId: string): Promise<boolean> {
    return (await this.#redis.hdel(keysOf(prefecture).agents, keyId)) === 1;
  }
}

function decodeAgentKey(id: string, raw: string): AgentKey {
  return { id, ...Stored.parse(JSON.parse(raw)) };
}
