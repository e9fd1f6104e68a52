import type { IRouter } from 'express';
import { DomainError } from '../../base/errors.ts';
import { importSlots, listSlots } from '../agents/operations.ts';
import type { RouteDeps } from '../http/deps.ts';
import { mount } from '../http/legacy-mount.ts';
import { slotsOfCsv, slotsOfJson } from './lines.ts';

/** Slots, for agents: nobody else sees them before they are drawn. */
export function mountSlots(router: IRouter, deps: RouteDeps): void {
  const { store, logger } = deps;

  mount(router, deps, importSlots, async ({ res, prefecture, body, csv, nowMs, agent }) => {
    const slots = await (csv === undefined
      ? slotsOfJson(prefecture, body.slots, nowMs)
      : slotsOfCsv(prefecture, csv, nowMs));
    const { imported } = await store.slots
      .importAll(prefecture.id, slots, nowMs)
      .catch((error: unknown) => {
        throw withLineOfFile(error, csv !== undefined);
      });
    logger.info({ prefecture: prefecture.id, agent: agent(), imported }, 'slots imported');
    res.status(201).json({ imported });
  });

  mount(router, deps, listSlots, async ({ res, prefecture, query: { limit, cursor: from } }) => {
    const page = { limit, ...(from === undefined ? {} : { cursor: from }) };
    const { slots, cursor = null } = await store.slots.list(prefecture.id, page);
    res.json({ slots, cursor });
  });
}

/** The store counts from 0; a file from 1, its header being that. */
function withLineOfFile(error: unknown, csv: boolean): unknown {
  if (!(error instanceof DomainError) || error.code !== 'slot_duplicate') return error;
  const member = error.member?.replace(
    /^lines\[(\d+)\]/,
    (_, index) => `line ${Number(index) + (csv ? 2 : 1)}`,
  );
  return new DomainError(error.code, error.message, member?.replace('.', ', '));
}
