import { DomainError } from '../../base/errors.ts';
import type { AgentKey, Role } from '../../domain/agents/agent.ts';
import { beyond, type Powers } from '../../domain/agents/permissions.ts';
import { newAgentKey } from '../../identity/keys/agent-keys.ts';
import type { UseCaseDeps } from '../deps.ts';

type Deps = Pick<UseCaseDeps, 'store' | 'logger'>;

/** Who changes keys, and when. */
interface By {
  readonly agent: string;
  readonly nowMs: number;
}

/** A key that is wanted. */
export interface WantedKey {
  readonly role: Role;
  readonly label: string;
  /** Left out: all that the role may do. */
  readonly scopes?: readonly string[] | undefined;
  readonly expiresAtMs?: number | undefined;
}

/**
 * Makes a key; `key` is its text, shown once and stored nowhere.
 *
 * @throws DomainError `scope_insufficient` for more than the agent may do, `agents_full`
 */
export async function createKey(
  { store, logger }: Deps,
  prefecture: string,
  { role, label, scopes, expiresAtMs }: WantedKey,
  { agent, nowMs, powers }: By & { readonly powers: Powers },
): Promise<{ readonly created: AgentKey; readonly key: string }> {
  const { key, id, hash } = newAgentKey();
  const created = {
    ...{ id, hash, role, label, createdAtMs: nowMs },
    ...(scopes === undefined ? {} : { scopes }),
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
  };
  const [more] = beyond(created, powers);
  if (more !== undefined) {
    throw new DomainError('scope_insufficient', `you may not do this yourself: ${more}`);
  }
  await store.agents.put(prefecture, created);
  logger.info({ prefecture, agent, created: id, role }, 'key created');
  return { created, key };
}

/**
 * Takes a key away for good, or ends the session of a person who signed in (`p-…`).
 *
 * @throws DomainError `agent_not_found`, `agent_last`
 */
export async function removeKeyOrSession(
  { store, logger }: Deps,
  prefecture: string,
  removed: string,
  { agent, nowMs }: By,
): Promise<void> {
  if (removed.startsWith('p-')) {
    const ended = await store.sessions.end(prefecture, removed);
    if (!ended) throw new DomainError('agent_not_found', 'nobody of this id is signed in');
    logger.info({ prefecture, agent, removed }, 'session ended');
    return;
  }
  const isNeeded = (key: AgentKey) => beyond({ role: 'admin' }, key).length === 0;
  await store.agents.revoke(prefecture, removed, { atMs: nowMs, by: agent }, isNeeded);
  logger.info({ prefecture, agent, removed }, 'key removed');
}
