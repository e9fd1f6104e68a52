import { z } from 'zod';
import {
  addHelper,
  changeCap,
  makeHelperKey,
  needHelper,
  revokeHelper as revoke,
} from '../../usecases/helpers/accounts.ts';
import { route } from '../http/route.ts';
import { Identifier } from '../http/schemas.ts';
import { HelperChange, HelperKey, HelperList, HelperView, NewHelper } from './schemas.ts';
import { helperView } from './view.ts';

// Accounts of associations, lawyers and social services.

const tag = 'Helpers';
const params = z.strictObject({ helperId: Identifier });

export const createHelper = route({
  id: 'createHelper',
  post: '/helpers',
  tag,
  summary: 'Let an association, a lawyer or a social service act for people',
  description:
    'With a mandate of each, and a cap. How many entries came so is public, by category.',
  access: { agent: 'manageHelpers' },
  body: NewHelper,
  answers: { 201: { description: 'The helper, and its first key.', schema: HelperKey } },
  refusals: ['agents_full', 'helpers_full'],
  async run({ prefecture, body, nowMs, note }, deps) {
    const helper = await addHelper(deps, prefecture.id, body, nowMs);
    note([helper.id]);
    const made = await makeHelperKey(deps, prefecture.id, helper, nowMs);
    return { status: 201, body: { helper: helperView(helper, 0), ...made } };
  },
});

export const addHelperKey = route({
  id: 'addHelperKey',
  post: '/helpers/{helperId}/keys',
  tag,
  summary: 'Make another key for a helper',
  description: 'For each person who works there. Keys are taken away like all others.',
  access: { agent: 'manageHelpers' },
  params,
  answers: { 201: { description: 'The key.', schema: HelperKey } },
  refusals: ['agents_full', 'helper_not_found'],
  async run({ prefecture, params: { helperId }, nowMs }, deps) {
    const helper = await needHelper(deps, prefecture.id, helperId);
    const made = await makeHelperKey(deps, prefecture.id, helper, nowMs);
    return { status: 201, body: { helper: helperView(helper, 0), ...made } };
  },
});

export const listHelpers = route({
  id: 'listHelpers',
  get: '/helpers',
  tag,
  summary: 'Helpers, those that were revoked among them',
  access: { agent: 'readHelpers', audit: 'none' },
  answers: { 200: { description: 'By age.', schema: HelperList } },
  async run({ prefecture }, { store }) {
    const found = await store.helpers.list(prefecture.id);
    const helpers = found.map((helper) => helperView(helper, helper.entries));
    return { status: 200, body: { helpers } };
  },
});

export const changeHelper = route({
  id: 'changeHelper',
  patch: '/helpers/{helperId}',
  tag,
  summary: 'Change the cap of a helper',
  access: { agent: 'manageHelpers' },
  params,
  body: HelperChange,
  answers: { 200: { description: 'The helper.', schema: HelperView } },
  refusals: ['helper_not_found'],
  async run({ prefecture, params: { helperId }, body: { cap } }, deps) {
    const { helper, entries } = await changeCap(deps, prefecture.id, helperId, cap);
    return { status: 200, body: helperView(helper, entries) };
  },
});

export const revokeHelper = route({
  id: 'revokeHelper',
  delete: '/helpers/{helperId}',
  tag,
  summary: 'Revoke a helper and its keys',
  description:
    'The people it entered keep their places on the waitlist. Repeating changes nothing.',
  access: { agent: 'manageHelpers' },
  params,
  answers: { 200: { description: 'The helper.', schema: HelperView } },
  refusals: ['helper_not_found'],
  async run({ prefecture, params: { helperId }, nowMs, agent }, deps) {
    const by = { agent: agent(), nowMs };
    const { helper, entries } = await revoke(deps, prefecture.id, helperId, by);
    return { status: 200, body: helperView(helper, entries) };
  },
});
