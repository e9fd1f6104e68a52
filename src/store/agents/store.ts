import { z } from 'zod';
import { DomainError } from '../../base/errors.ts';
import { minuteMs } from '../../base/units.ts';
import { type AgentKey, keyThatStays, Role } from '../../domain/agents/agent.ts';
import type { Stored } from '../../domain/values.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { retryOnConflict } from '../core/retry.ts';
import { Script, WriteWord } from '../core/script.ts';
import { putField } from '../core/write.ts';

const StoredKey = z.strictObject({
  role: Role,
  label: z.string(),
  hash: z.string(),
  createdAtMs: z.int(),
  scopes: z.array(z.string()).exactOptional(),
  expiresAtMs: z.int().exactOptional(),
  revoked: z.strictObject({ atMs: z.int(), by: z.string() }).exactOptional(),
});

const revokeScript = new Script(
  'agents/revoke-agent.lua',
  { keys: ['agents'], args: ['id before after other otherBefore'] },
  WriteWord,
);

/** Keys of a prefecture, those that were taken away among them. */
const mostKeys = 2000;
/** How exactly the last use of a key is known: so that a busy key does not cost a write each time. */
const useMs = minuteMs;
/** Keys whose last use this process remembers. */
const mostRemembered = 10_000;

/** The API keys of agents. Only hashes of their secrets are stored. */
export class AgentStore {
  readonly #redis: Connection;
  /** Last uses that were written, by prefecture and key. */
  readonly #written = new Map<string, number>();

  constructor(redis: Connection) {
    this.#redis = redis;
  }

  /**
   * Adds a key, or replaces the one of the same id.
   *
   * @throws DomainError `agents_full`
   */
  async put(prefecture: string, { id, ...key }: AgentKey): Promise<void> {
    const { agents } = keysOf(prefecture);
    if ((await this.#redis.hlen(agents)) >= mostKeys) {
      throw new DomainError('agents_full', `a prefecture has ${mostKeys} keys at most`);
    }
    await putField(this.#redis, agents, id, JSON.stringify(key));
  }

  /** A key, also one that is no longer valid. */
  async get(prefecture: string, keyId: string): Promise<AgentKey | undefined> {
    const raw = await this.#redis.hget(keysOf(prefecture).agents, keyId);
    return raw === null ? undefined : decodeAgentKey(keyId, raw);
  }

  /** All keys, by age, also those that are no longer valid. */
  async list(prefecture: string): Promise<AgentKey[]> {
    return (await this.#all(prefecture)).map(({ value }) => value);
  }

  /**
   * Takes a key away for good. One that was, stays as it was.
   *
   * @param isNeeded whether a valid key can make others: the last of these stays
   * @throws DomainError `agent_not_found`, `agent_last`
   */
  async revoke(
    prefecture: string,
    keyId: string,
    revoked: { readonly atMs: number; readonly by: string },
    isNeeded: (key: AgentKey) => boolean,
  ): Promise<void> {
    await retryOnConflict(`the keys of prefecture ${prefecture}`, async () => {
      const keys = await this.#all(prefecture);
      const doomed = keys.find(({ value }) => value.id === keyId);
      if (!doomed) throw new DomainError('agent_not_found', 'no such key');
      if (doomed.value.revoked) return 'done';
      const values = keys.map(({ value }) => value);
      const stays = keyThatStays(values, keyId, isNeeded, revoked.atMs);
      const other = keys.find(({ value }) => value === stays);
      const { id, ...key } = doomed.value;
      return revokeScript.run(
        this.#redis,
        { agents: keysOf(prefecture).agents },
        {
          id,
          before: doomed.raw,
          after: JSON.stringify({ ...key, revoked }),
          other: other?.value.id ?? '',
          otherBefore: other?.raw ?? '',
        },
      );
    });
  }

  /** Notes that a key was used, at most once a minute. Nobody waits for it. */
  noteUse(prefecture: string, keyId: string, nowMs: number): void {
    const name = `${prefecture} ${keyId}`;
    const last = this.#written.get(name);
    if (last !== undefined && Math.abs(nowMs - last) < useMs) return;
    if (this.#written.size >= mostRemembered) this.#written.clear();
    this.#written.set(name, nowMs);
    const { agentsUsed } = keysOf(prefecture);
    // A lost note costs nothing but itself: the next use writes another.
    putField(this.#redis, agentsUsed, keyId, nowMs).catch(() => this.#written.delete(name));
  }

  /** When keys were last used, to the minute, by id. */
  async lastUses(prefecture: string): Promise<ReadonlyMap<string, number>> {
    const all = await this.#redis.hgetall(keysOf(prefecture).agentsUsed);
    return new Map(Object.entries(all).map(([id, ms]) => [id, Number(ms)]));
  }

  async #all(prefecture: string): Promise<Stored<AgentKey>[]> {
    const all = await this.#redis.hgetall(keysOf(prefecture).agents);
    return Object.entries(all)
      .map(([id, raw]) => ({ value: decodeAgentKey(id, raw), raw }))
      .sort(
        ({ value: a }, { value: b }) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1),
      );
  }
}

/** Reads a key as stored. Pure. */
export function decodeAgentKey(id: string, raw: string): AgentKey {
  return { id, ...StoredKey.parse(JSON.parse(raw)) };
}
