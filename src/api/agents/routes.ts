import { z } from 'zod';
import { createKey, removeKeyOrSession } from '../../usecases/agents/keys.ts';
import { RequestError } from '../http/request-error.ts';
import { route } from '../http/route.ts';
import { AgentCreated, AgentList, NewAgent } from './schemas.ts';
import { agentView } from './view.ts';

// API keys of agents.

const tag = 'Configuration';

export const listAgents = route({
  id: 'listAgents',
  get: '/agents',
  tag,
  summary: 'API keys of agents, without their secrets',
  access: { agent: 'readAgents', audit: 'none' },
  answers: { 200: { description: 'All keys.', schema: AgentList } },
  async run({ prefecture }, { store }) {
    const used = await store.agents.lastUses(prefecture.id);
    const keys = await store.agents.list(prefecture.id);
    return { status: 200, body: { agents: keys.map((key) => agentView(key, used.get(key.id))) } };
  },
});

export const createAgent = route({
  id: 'createAgent',
  post: '/agents',
  tag,
  summary: 'Make an API key',
  description: 'With scopes it may do less than its role; never more than the key that makes it.',
  access: { agent: 'manageAgents' },
  body: NewAgent,
  answers: { 201: { description: 'The key, shown this once.', schema: AgentCreated } },
  refusals: ['agents_full'],
  async run({ prefecture, body, nowMs, agent, powers, note }, deps) {
    const { expiresAt, ...rest } = body;
    const expiresAtMs = expiresAt === undefined ? undefined : futureOf(expiresAt, nowMs);
    const by = { agent: agent(), nowMs, powers: powers() };
    const { created, key } = await createKey(deps, prefecture.id, { ...rest, expiresAtMs }, by);
    note([created.id]);
    return { status: 201, body: { ...agentView(created, undefined), key } };
  },
});

export const removeAgent = route({
  id: 'removeAgent',
  delete: '/agents/{agentId}',
  tag,
  summary: 'Take an API key away',
  description:
    'It stays listed as revoked. Repeating it changes nothing. For a person who signed in: ends ' +
    'the session.',
  access: { agent: 'manageAgents' },
  params: z.strictObject({
    agentId: z.string().regex(/^([0-9a-z]{10}|p-[A-Za-z0-9_-]{16})$/),
  }),
  answers: { 204: { description: 'The key is refused from now on.' } },
  refusals: ['agent_not_found', 'agent_last'],
  async run({ prefecture, params: { agentId }, nowMs, agent }, deps) {
    await removeKeyOrSession(deps, prefecture.id, agentId, { agent: agent(), nowMs });
    return { status: 204 };
  },
});

function futureOf(instant: string, nowMs: number): number {
  const ms = Date.parse(instant);
  if (ms > nowMs) return ms;
  const faults = [{ member: 'expiresAt', message: 'must lie ahead' }];
  throw new RequestError('request_invalid', 'expiresAt: must lie ahead', faults);
}
