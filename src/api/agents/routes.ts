import type { IRouter } from 'express';
import { DomainError } from '../../base/errors.ts';
import type { AgentKey } from '../../domain/agents/agent.ts';
import { newAgentKey } from '../../identity/keys/agent-keys.ts';
import type { RouteDeps } from '../http/deps.ts';
import { mount } from '../http/legacy-mount.ts';
import { beyond } from '../http/permissions.ts';
import { RequestError } from '../http/request-error.ts';
import { instant, instantOrNull } from '../http/schemas.ts';
import { createAgent, listAgents, putPause, removeAgent } from '../prefectures/operations.ts';

/** API keys. */
export function mountAgents(router: IRouter, deps: RouteDeps): void {
  const { store, logger } = deps;

  mount(router, deps, listAgents, async ({ res, prefecture }) => {
    const used = await store.agents.lastUses(prefecture.id);
    const keys = await store.agents.list(prefecture.id);
    res.json({ agents: keys.map((key) => agentView(key, used.get(key.id))) });
  });

  mount(router, deps, createAgent, async (call) => {
    const { res, prefecture, nowMs, agent, powers, note } = call;
    const { expiresAt, scopes, role, label } = call.body;
    const { key, id, hash } = newAgentKey();
    const created = {
      ...{ id, hash, role, label, createdAtMs: nowMs },
      ...(scopes === undefined ? {} : { scopes }),
      ...(expiresAt === undefined ? {} : { expiresAtMs: futureOf(expiresAt, nowMs) }),
    };
    const [more] = beyond(created, powers());
    if (more !== undefined) {
      throw new DomainError('scope_insufficient', `you may not do this yourself: ${more}`);
    }
    await store.agents.put(prefecture.id, created);
    note([id]);
    logger.info({ prefecture: prefecture.id, agent: agent(), created: id, role }, 'key created');
    res.setHeader('Cache-Control', 'no-store');
    res.status(201).json({ ...agentView(created, undefined), key });
  });

  mount(router, deps, removeAgent, async ({ res, prefecture, params, nowMs, agent }) => {
    const removed = params.agentId;
    if (removed.startsWith('p-')) {
      const ended = await store.sessions.end(prefecture.id, removed);
      if (!ended) throw new DomainError('agent_not_found', 'nobody of this id is signed in');
      logger.info({ prefecture: prefecture.id, agent: agent(), removed }, 'session ended');
      return res.status(204).end();
    }
    const by = { atMs: nowMs, by: agent() };
    const isNeeded = (key: AgentKey) => beyond({ role: 'admin' }, key).length === 0;
    await store.agents.revoke(prefecture.id, removed, by, isNeeded);
    logger.info({ prefecture: prefecture.id, agent: agent(), removed }, 'key removed');
    return res.status(204).end();
  });
}

function futureOf(instant: string, nowMs: number): number {
  const ms = Date.parse(instant);
  if (ms > nowMs) return ms;
  const faults = [{ member: 'expiresAt', message: 'must lie ahead' }];
  throw new RequestError('request_invalid', 'expiresAt: must lie ahead', faults);
}

/** The kill switch. */
export function mountPause(router: IRouter, deps: RouteDeps): void {
  const { store, prefectures, waker, logger } = deps;

  mount(router, deps, putPause, async ({ res, prefecture: { id }, body, nowMs, agent }) => {
    const changed = body.paused
      ? await store.prefectures.pause(id, body.reason, nowMs)
      : await store.prefectures.resume(id, nowMs);
    prefectures.put(changed);
    logger.info({ prefecture: id, agent: agent(), paused: body.paused }, 'kill switch');
    if (!body.paused) {
      waker.soon('draws', id);
      waker.soon('offers', id);
    }
    const { paused } = changed;
    const since = paused && { reason: paused.reason, since: instant(paused.sinceMs) };
    res.json({ paused: since ?? null });
  });
}

/** A key without its hash. */
function agentView(key: AgentKey, usedAtMs: number | undefined) {
  const { id, role, label, scopes, createdAtMs, expiresAtMs, revoked } = key;
  return {
    id,
    role,
    label,
    scopes: scopes ?? null,
    createdAt: instant(createdAtMs),
    expiresAt: instantOrNull(expiresAtMs),
    lastUsedAt: instantOrNull(usedAtMs),
    revoked: revoked ? { at: instant(revoked.atMs), by: revoked.by } : null,
  };
}
