import type { IRouter } from 'express';
import { DomainError } from '../../base/errors.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { newEntryId } from '../../identity/keys/ids.ts';
import { checkApplication } from '../../usecases/entries/application.ts';
import { enterPerson } from '../../usecases/entries/enter.ts';
import { needEntry } from '../../usecases/entries/hands.ts';
import {
  actByMandate,
  localDay,
  mandateOf,
  mandateView,
  needMandate,
  renew,
} from '../../usecases/helpers/mandate.ts';
import type { Overviews } from '../../usecases/public/overview.ts';
import { entrySummary } from '../entries/view.ts';
import { viewOf } from '../entries/view-entry.ts';
import type { RouteDeps } from '../http/deps.ts';
import { mount } from '../http/legacy-mount.ts';
import { printCertificateByMandate, printReceiptByMandate } from '../papers/operations.ts';
import { sendCertificate, sendReceipt } from '../papers/routes.ts';
import {
  answerByMandate,
  endMandate,
  enterByMandate,
  listHelped,
  readHelped,
  readMandate,
  renewMandate,
  returnMandate,
} from './operations.ts';

/** What helpers do for people, each by a mandate of the person. */
export function mountHelped(router: IRouter, deps: RouteDeps, overviews: Overviews): void {
  const { store, waker } = deps;
  const { helpers } = store;

  mount(router, deps, enterByMandate, async ({ res, prefecture, body, nowMs, agent, note }) => {
    const helper = await helpers.ofAgent(prefecture.id, agent());
    const { mandate: given, ...person } = body;
    checkApplication(prefecture, person);
    const id = newEntryId();
    const mandate = mandateOf(deps, prefecture, { id, helper: helper.id, given, nowMs });
    await helpers.reserve(prefecture.id, id, mandate);
    const entering = { ...person, id, origin: helper.category };
    const entered = await enterPerson(deps, prefecture, entering, { nowMs, by: helper.id }).catch(
      async (error) => {
        // After an outage the entry may be there all the same: then its mandate stays.
        const made = await store.entries.get(prefecture.id, id);
        if (!made) await helpers.release(prefecture.id, helper.id, id);
        throw error;
      },
    );
    if (entered.outcome === 'duplicate') {
      await helpers.release(prefecture.id, helper.id, id);
      throw new DomainError('entry_duplicate', 'this person has an entry for this request type');
    }
    note([id]);
    waker.soon('dispatch', prefecture.id);
    res.setHeader('Cache-Control', 'no-store');
    res.status(201).json({ id, receipt: entered.receipt });
  });

  mount(router, deps, listHelped, async ({ res, prefecture, agent }) => {
    const helper = await helpers.ofAgent(prefecture.id, agent());
    const ids = await helpers.entriesOf(prefecture.id, helper.id);
    const found = await store.entries.getMany(prefecture.id, ids);
    const mandates = await Promise.all(ids.map((id) => helpers.mandate(prefecture.id, id)));
    const entries = ids.flatMap((_, index) => {
      const [entry, mandate] = [found[index]?.value, mandates[index]];
      if (!entry || !mandate || mandate.ended) return [];
      return [{ entry: entrySummary(entry), from: mandate.from, until: mandate.until }];
    });
    res.setHeader('Cache-Control', 'no-store');
    res.json({ entries });
  });

  mount(router, deps, readHelped, async ({ res, prefecture, params, nowMs, agent }) => {
    const entry = await entryByMandate(deps, prefecture, params.entryId, { by: agent(), nowMs });
    res.setHeader('Cache-Control', 'no-store');
    res.json(await viewOf(deps, overviews, prefecture, entry));
  });

  mount(router, deps, answerByMandate, async ({ res, prefecture, params, body, nowMs, agent }) => {
    const day = localDay(prefecture, nowMs);
    await needMandate(deps, prefecture.id, { agent: agent(), entry: params.entryId, day });
    await actByMandate(deps, prefecture, params.entryId, body, nowMs);
    const entry = await needEntry(deps, prefecture.id, params.entryId);
    res.setHeader('Cache-Control', 'no-store');
    res.json(await viewOf(deps, overviews, prefecture, entry));
  });

  mount(router, deps, printReceiptByMandate, async ({ res, prefecture, params, nowMs, agent }) => {
    const entry = await entryByMandate(deps, prefecture, params.entryId, { by: agent(), nowMs });
    await sendReceipt(deps, { prefecture, entry, nowMs }, res);
  });

  mount(
    router,
    deps,
    printCertificateByMandate,
    async ({ res, prefecture, params, query, nowMs, agent }) => {
      const entry = await entryByMandate(deps, prefecture, params.entryId, { by: agent(), nowMs });
      const isNamed = query.name === 'true';
      await sendCertificate(deps, { prefecture, entry, draw: query.draw, isNamed, nowMs }, res);
    },
  );

  mount(router, deps, renewMandate, async ({ res, prefecture, params, body, nowMs, agent }) => {
    const { entryId } = params;
    const of = { entry: entryId, agent: agent(), given: body, nowMs };
    const renewed = await renew(deps, prefecture, of);
    res.setHeader('Cache-Control', 'no-store');
    res.json(await mandateView(deps, prefecture, entryId, renewed, nowMs));
  });

  mount(router, deps, returnMandate, async ({ res, prefecture, params, nowMs, agent }) => {
    const helper = await helpers.ofAgent(prefecture.id, agent());
    const mandate = await helpers.mandate(prefecture.id, params.entryId);
    if (mandate?.helper !== helper.id) {
      throw new DomainError('mandate_not_found', 'no mandate for such an entry');
    }
    await helpers.endMandate(prefecture.id, params.entryId, { atMs: nowMs, by: 'helper' });
    res.status(204).end();
  });
}

/** An entry whose mandate this agent's helper holds today. */
async function entryByMandate(
  deps: RouteDeps,
  prefecture: Prefecture,
  entryId: string,
  { by, nowMs }: { readonly by: string; readonly nowMs: number },
): Promise<EntryRecord> {
  const day = localDay(prefecture, nowMs);
  await needMandate(deps, prefecture.id, { agent: by, entry: entryId, day });
  return needEntry(deps, prefecture.id, entryId);
}

/** What a person sees and ends of it, and agents for them. */
export function mountMandates(router: IRouter, deps: RouteDeps): void {
  const { helpers } = deps.store;

  mount(router, deps, readMandate, async ({ res, prefecture, params, nowMs }) => {
    const mandate = await helpers.mandate(prefecture.id, params.entryId);
    if (!mandate) throw new DomainError('mandate_not_found', 'no helper acts for this entry');
    res.setHeader('Cache-Control', 'no-store');
    res.json(await mandateView(deps, prefecture, params.entryId, mandate, nowMs));
  });

  mount(router, deps, endMandate, async ({ req, res, prefecture, params, nowMs }) => {
    const by = req.agentId === undefined ? 'person' : 'agent';
    const ended = { atMs: nowMs, by } as const;
    const mandate = await helpers.endMandate(prefecture.id, params.entryId, ended);
    res.setHeader('Cache-Control', 'no-store');
    res.json(await mandateView(deps, prefecture, params.entryId, mandate, nowMs));
  });
}
