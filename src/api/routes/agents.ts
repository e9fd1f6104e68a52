import type { IRouter } from 'express';
import { DomainError } from '../../allocator/errors.ts';
import { newAgentKey } from '../../identity/agent-keys.ts';
import type { AgentKey } from '../../store/types.ts';
import { mount, type RouteDeps } from '../mount.ts';
import { createAgent, listAgents, putPause, removeAgent } from '../operations/configuration.ts';
import { instant } from '../schemas/common.ts';

/** API keys. */
export function mountAgents(router: IRouter, deps: RouteDeps): void {
  const { store, logger } = deps;

  mount(router, deps, listAgents, async ({ res, prefecture }) => {
    res.json({ agents: (await store.agents.list(prefecture.id)).map(agentView) });
  });

  mount(router, deps, createAgent, async ({ res, prefecture, body, nowMs, agent, note }) => {
    const { key, id, hash } = newAgentKey();
    const created = { id, hash, createdAtMs: nowMs, ...body };
    await store.agents.put(prefecture.id, created);
    note([id]);
    const { role } = body;
    logger.info({ prefecture: prefecture.id, agent: agent(), created: id, role }, 'key created');
    res.setHeader('Cache-Control', 'no-store');
    res.status(201).json({ ...agentView(created), key });
  });

  mount(router, deps, removeAgent, async ({ res, prefecture, params, agent }) => {
    const keys = await store.agents.list(prefecture.id);
    const doomed = keys.find(({ id }) => id === params.agentId);
    if (!doomed) throw new DomainError('agent_not_found', 'no such key');
    const admins = keys.filter(({ role }) => role === 'admin');
    if (doomed.role === 'admin' && admins.length === 1) {
      throw new DomainError('agent_last', 'this is the last admin key: nobody could make another');
    }
    await store.agents.remove(prefecture.id, params.agentId);
    const removed = params.agentId;
    logger.info({ prefecture: prefecture.id, agent: agent(), removed }, 'key removed');
    res.status(204).end();
  });
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
function agentView({ id, role, label, createdAtMs }: AgentKey) {
  return { id, role, label, createdAt: instant(createdAtMs) };
}
