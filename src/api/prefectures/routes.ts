import { parseRules } from '../../allocator/record/parse.ts';
import {
  setRequestTypes,
  setRules,
  setSettings,
  setSites,
} from '../../usecases/prefectures/configure.ts';
import { setPause } from '../../usecases/prefectures/pause.ts';
import { route } from '../http/route.ts';
import {
  DryRun,
  PauseInput,
  PauseView,
  RequestTypesInput,
  RequestTypesSet,
  Rules,
  RulesInput,
  SettingsInput,
  SettingsView,
  SitesInput,
  SitesSet,
} from './schemas.ts';
import { leftView, pauseView } from './view.ts';

// What a prefecture offers, by which rules, and whether it stands still.

const tag = 'Configuration';
const access = { agent: 'configure' } as const;

export const putSettings = route({
  id: 'putSettings',
  put: '/settings',
  tag,
  summary: 'Set how draws and offers run',
  access,
  body: SettingsInput,
  answers: { 200: { description: 'The settings, defaults filled in.', schema: SettingsView } },
  async run({ prefecture, body, agent }, deps) {
    return { status: 200, body: await setSettings(deps, prefecture.id, body, agent()) };
  },
});

export const putSites = route({
  id: 'putSites',
  put: '/sites',
  tag,
  summary: 'Set the sites',
  description:
    'One that slots or people are left at cannot go. One that closes (`closedFrom`) has no slots from ' +
    'that day on: those that are planned stay out of draws, and are told as `inTheWay`; it is refused ' +
    'while somebody has an offer or an appointment there then, or a draw may still give one.',
  access,
  query: DryRun,
  body: SitesInput,
  answers: { 200: { description: 'The sites.', schema: SitesSet } },
  refusals: ['site_unknown', 'site_in_use', 'request_type_in_use'],
  async run({ prefecture, query: { dryRun }, body, agent }, deps) {
    const isDryRun = dryRun === 'true';
    const by = { agent: agent(), isDryRun };
    const { prefecture: after, inTheWay } = await setSites(deps, prefecture.id, body.sites, by);
    return { status: 200, body: { sites: [...after.sites], ...leftView(inTheWay, isDryRun) } };
  },
});

export const putRequestTypes = route({
  id: 'putRequestTypes',
  put: '/request-types',
  tag,
  summary: 'Set the request types',
  description:
    'One that people wait for, that has slots to come, or that a quota names cannot be left out; nor ' +
    'one of its sites that it has slots or people at.',
  access,
  query: DryRun,
  body: RequestTypesInput,
  answers: { 200: { description: 'The request types.', schema: RequestTypesSet } },
  refusals: ['site_unknown', 'site_in_use', 'request_type_in_use'],
  async run({ prefecture, query: { dryRun }, body, agent }, deps) {
    const isDryRun = dryRun === 'true';
    const by = { agent: agent(), isDryRun };
    const set = await setRequestTypes(deps, prefecture.id, body.requestTypes, by);
    const { prefecture: after, inTheWay } = set;
    const requestTypes = [...after.requestTypes];
    return { status: 200, body: { requestTypes, ...leftView(inTheWay, isDryRun) } };
  },
});

export const putRules = route({
  id: 'putRules',
  put: '/rules',
  tag,
  summary: 'Set the rules of the draws',
  description: 'They take effect at the next freeze; a draw that is frozen keeps its own.',
  access,
  body: RulesInput,
  documentedBody: Rules,
  answers: { 200: { description: 'The rules.', schema: Rules } },
  refusals: ['input_malformed', 'request_type_unknown'],
  async run({ prefecture, body, agent }, deps) {
    const rules = parseRules(body, 'rules', 'lottery/v2');
    return { status: 200, body: await setRules(deps, prefecture.id, rules, agent()) };
  },
});

export const putPause = route({
  id: 'putPause',
  put: '/pause',
  tag,
  summary: 'Stop or resume draws and offers',
  description:
    'While paused nothing is drawn, offered, refilled or expired. People may join, accept and ' +
    'decline. After a pause of more than an hour nothing expires for a day.',
  access: { agent: 'pause' },
  body: PauseInput,
  answers: { 200: { description: 'The pause, if any.', schema: PauseView } },
  async run({ prefecture, body, nowMs, agent }, deps) {
    const reason = body.paused ? body.reason : undefined;
    const changed = await setPause(deps, prefecture.id, reason, { agent: agent(), nowMs });
    return { status: 200, body: { paused: pauseView(changed.paused) } };
  },
});
