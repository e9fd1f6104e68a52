import type { IRouter } from 'express';
import type { z } from 'zod';
import { DomainError } from '../../base/errors.ts';
import { newAgentKey } from '../../identity/keys/agent-keys.ts';
import { randomBase32 } from '../../identity/keys/ids.ts';
import type { HelperRecord } from '../../store/helpers/store.ts';
import type { RouteDeps } from '../http/deps.ts';
import { mount } from '../http/legacy-mount.ts';
import { instant, instantOrNull } from '../http/schemas.ts';
import {
  addHelperKey,
  changeHelper,
  createHelper,
  listHelpers,
  revokeHelper,
} from './operations.ts';
import type { HelperView } from './schemas.ts';

/** Accounts of associations, lawyers and social services. */
export function mountHelpers(router: IRouter, deps: RouteDeps): void {
  const { store, logger } = deps;

  const makeKey = async (prefecture: string, helper: HelperRecord, nowMs: number) => {
    const { key, id, hash } = newAgentKey();
    const made = { id, hash, role: 'helper', label: helper.label, createdAtMs: nowMs } as const;
    await store.agents.put(prefecture, made);
    await store.helpers.addKey(prefecture, helper.id, id);
    return { helper: helperView(helper, 0), agent: id, key };
  };

  mount(router, deps, createHelper, async ({ res, prefecture, body, nowMs, note }) => {
    const helper = { id: randomBase32(10), ...body, createdAtMs: nowMs };
    await store.helpers.add(prefecture.id, helper);
    note([helper.id]);
    const made = await makeKey(prefecture.id, helper, nowMs);
    logger.info({ prefecture: prefecture.id, helper: helper.id }, 'helper created');
    res.setHeader('Cache-Control', 'no-store');
    res.status(201).json(made);
  });

  mount(router, deps, addHelperKey, async ({ res, prefecture, params, nowMs }) => {
    // A helper that was revoked gets no key: the change refuses it.
    const helper = await store.helpers.change(prefecture.id, params.helperId, notRevoked);
    res.setHeader('Cache-Control', 'no-store');
    res.status(201).json(await makeKey(prefecture.id, helper, nowMs));
  });

  mount(router, deps, listHelpers, async ({ res, prefecture }) => {
    const helpers = await store.helpers.list(prefecture.id);
    res.json({ helpers: helpers.map((helper) => helperView(helper, helper.entries)) });
  });

  mount(router, deps, changeHelper, async ({ res, prefecture, params, body }) => {
    const helper = await store.helpers.change(prefecture.id, params.helperId, (before) => ({
      ...notRevoked(before),
      cap: body.cap,
    }));
    const held = await store.helpers.entriesOf(prefecture.id, helper.id);
    res.json(helperView(helper, held.length));
  });

  mount(router, deps, revokeHelper, async ({ res, prefecture, params, nowMs, agent }) => {
    const { id } = prefecture;
    const helper = await store.helpers.change(id, params.helperId, (before) => ({
      ...before,
      revokedAtMs: before.revokedAtMs ?? nowMs,
    }));
    const by = { atMs: nowMs, by: agent() };
    for (const key of await store.helpers.keys(id, helper.id)) {
      await store.agents.revoke(id, key, by, () => false);
    }
    logger.info({ prefecture: id, agent: agent(), helper: helper.id }, 'helper revoked');
    const held = await store.helpers.entriesOf(id, helper.id);
    res.json(helperView(helper, held.length));
  });
}

function notRevoked(helper: HelperRecord): HelperRecord {
  if (helper.revokedAtMs === undefined) return helper;
  throw new DomainError('helper_not_found', 'this helper was revoked');
}

function helperView(helper: HelperRecord, entries: number): z.infer<typeof HelperView> {
  const { id, category, label, cap, createdAtMs, revokedAtMs } = helper;
  const revokedAt = instantOrNull(revokedAtMs);
  return { id, category, label, cap, entries, createdAt: instant(createdAtMs), revokedAt };
}
