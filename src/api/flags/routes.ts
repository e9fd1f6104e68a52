import type { IRouter } from 'express';
import type { z } from 'zod';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { personContext } from '../../identity/person/context.ts';
import { documentsOf } from '../../identity/person/identity-key.ts';
import type { FlaggedSet, Settlement } from '../../store/flags/codec.ts';
import { settleFlaggedSet } from '../../usecases/flags/settle.ts';
import { entrySummary } from '../entries/view.ts';
import type { RouteDeps } from '../http/deps.ts';
import { mount } from '../http/legacy-mount.ts';
import { instant } from '../http/schemas.ts';
import { listFlags, openFlag, readFlag, settleFlag } from './operations.ts';
import type { FlaggedSetView } from './schemas.ts';

/** Sets of entries that may be one person. */
export function mountFlags(router: IRouter, deps: RouteDeps): void {
  const { store, vault } = deps;

  mount(router, deps, listFlags, async ({ res, prefecture, query }) => {
    const { state, limit, cursor: from } = query;
    const page = { state, limit, ...(from === undefined ? {} : { cursor: from }) };
    const { flags, cursor = null } = await store.flags.list(prefecture.id, page);
    res.json({ flaggedSets: flags.map(flagView), cursor });
  });

  mount(router, deps, readFlag, async ({ res, prefecture, params }) => {
    const flag = await store.flags.get(prefecture.id, params.flagId);
    const entries = await entriesOf(deps, prefecture.id, flag);
    res.json({ set: flagView(flag), entries: entries.map(entrySummary) });
  });

  mount(router, deps, openFlag, async ({ res, prefecture, params, note }) => {
    const flag = await store.flags.get(prefecture.id, params.flagId);
    const entries = (await entriesOf(deps, prefecture.id, flag)).filter(
      ({ sealed }) => sealed !== '',
    );
    note(entries.map(({ id }) => id));
    const people = entries.map(({ id, sealed }) => {
      const person = vault.open(sealed, personContext(prefecture.id, id));
      const { name, birthDate = null, email = null, phone = null } = person;
      return { entry: id, name, birthDate, documents: documentsOf(person), email, phone };
    });
    res.setHeader('Cache-Control', 'no-store');
    res.json({ set: flagView(flag), people });
  });

  mount(router, deps, settleFlag, async ({ res, prefecture, params, body, nowMs, agent, note }) => {
    const settling = { prefecture: prefecture.id, flagId: params.flagId, agent: agent(), nowMs };
    const flag = await settleFlaggedSet(deps, settling, body);
    note(flag.entries);
    res.json(flagView(flag));
  });
}

async function entriesOf(
  { store }: Pick<RouteDeps, 'store'>,
  prefecture: string,
  { entries }: FlaggedSet,
): Promise<EntryRecord[]> {
  const found = await store.entries.getMany(prefecture, entries);
  return found.flatMap((stored) => (stored ? [stored.value] : []));
}

function flagView({
  id,
  entries,
  clues,
  atMs,
  settled,
}: FlaggedSet): z.infer<typeof FlaggedSetView> {
  return {
    id,
    entries: [...entries],
    clues: [...clues],
    at: instant(atMs),
    settled: settled ? settlementView(settled) : null,
  };
}

function settlementView({ decision, keep, reason, agent, atMs }: Settlement) {
  return { decision, keep: keep ?? null, reason, agent, at: instant(atMs) };
}
