import { z } from 'zod';
import { operation } from '../http/operation.ts';
import {
  AgentCreated,
  AgentList,
  NewAgent,
  PauseInput,
  PauseView,
  RequestTypes,
  RequestTypesInput,
  Rules,
  RulesInput,
  SettingsInput,
  SettingsView,
  Sites,
  SitesInput,
} from './schemas.ts';

const tag = 'Configuration';
const access = { agent: 'configure' } as const;

export const putSettings = operation({
  id: 'putSettings',
  method: 'put',
  path: '/settings',
  tag,
  summary: 'Set how draws and offers run',
  access,
  body: SettingsInput,
  answers: { 200: { description: 'The settings, defaults filled in.', schema: SettingsView } },
});

export const putSites = operation({
  id: 'putSites',
  method: 'put',
  path: '/sites',
  tag,
  summary: 'Set the sites',
  access,
  body: SitesInput,
  answers: { 200: { description: 'The sites.', schema: Sites } },
  refusals: ['site_unknown'],
});

export const putRequestTypes = operation({
  id: 'putRequestTypes',
  method: 'put',
  path: '/request-types',
  tag,
  summary: 'Set the request types',
  description: 'One that people wait for, or that a quota names, cannot be left out.',
  access,
  body: RequestTypesInput,
  answers: { 200: { description: 'The request types.', schema: RequestTypes } },
  refusals: ['site_unknown', 'request_type_in_use'],
});

export const putRules = operation({
  id: 'putRules',
  method: 'put',
  path: '/rules',
  tag,
  summary: 'Set the rules of lottery/v1',
  description: 'They take effect at the next freeze; a draw that is frozen keeps its own.',
  access,
  body: RulesInput,
  documentedBody: Rules,
  answers: { 200: { description: 'The rules.', schema: Rules } },
  refusals: ['input_malformed', 'request_type_unknown'],
});

export const putPause = operation({
  id: 'putPause',
  method: 'put',
  path: '/pause',
  tag,
  summary: 'Stop or resume draws and offers',
  description:
    'While paused nothing is drawn, offered, refilled or expired. People may join, accept and ' +
    'decline. After a pause of more than an hour nothing expires for a day.',
  access: { agent: 'pause' },
  body: PauseInput,
  answers: { 200: { description: 'The pause, if any.', schema: PauseView } },
});

export const listAgents = operation({
  id: 'listAgents',
  method: 'get',
  path: '/agents',
  tag,
  summary: 'API keys of agents, without their secrets',
  access: { agent: 'readAgents', audit: 'none' },
  answers: { 200: { description: 'All keys.', schema: AgentList } },
});

export const createAgent = operation({
  id: 'createAgent',
  method: 'post',
  path: '/agents',
  tag,
  summary: 'Make an API key',
  description: 'With scopes it may do less than its role; never more than the key that makes it.',
  access: { agent: 'manageAgents' },
  body: NewAgent,
  answers: { 201: { description: 'The key, shown this once.', schema: AgentCreated } },
  refusals: ['agents_full'],
});

export const removeAgent = operation({
  id: 'removeAgent',
  method: 'delete',
  path: '/agents/{agentId}',
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
});
