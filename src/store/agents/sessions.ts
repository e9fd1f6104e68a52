import { z } from 'zod';
import { Role } from '../../domain/agents/agent.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { addText, dropKey, putText } from '../core/write.ts';

/** A person who signed in to act for a prefecture. Only a hash of the secret is stored. */
export interface Session {
  /** Stands for the person, and says nothing of who it is. */
  readonly agent: string;
  readonly role: Role;
  /** SHA-256 of the secret, hex. */
  readonly hash: string;
  readonly expiresAtMs: number;
}

const StoredSession = z.strictObject({ role: Role, hash: z.string(), expiresAtMs: z.int() });

/** Sessions of agents who signed in: one for each person and prefecture, the latest. */
export class SessionStore {
  readonly #redis: Connection;

  constructor(redis: Connection) {
    this.#redis = redis;
  }

  /** Begins a session, and ends the one before. */
  async begin(prefecture: string, { agent, ...rest }: Session, nowMs: number): Promise<void> {
    const key = keysOf(prefecture).session(agent);
    await putText(this.#redis, key, JSON.stringify(rest), rest.expiresAtMs - nowMs);
  }

  async get(prefecture: string, agent: string): Promise<Session | undefined> {
    const raw = await this.#redis.get(keysOf(prefecture).session(agent));
    return raw === null ? undefined : { agent, ...StoredSession.parse(JSON.parse(raw)) };
  }

  /** Whether there was one. */
  async end(prefecture: string, agent: string): Promise<boolean> {
    return dropKey(this.#redis, keysOf(prefecture).session(agent));
  }

  /** Whether nobody came back with this state yet. It stays used as long as a login may take. */
  async useState(prefecture: string, state: string, forMs: number): Promise<boolean> {
    const key = keysOf(prefecture).loginState(state);
    return addText(this.#redis, key, '1', forMs);
  }
}
