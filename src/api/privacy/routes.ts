import { z } from 'zod';
import { tellOfAct } from '../../usecases/entries/tell.ts';
import { eraseEntry as erase } from '../../usecases/privacy/erase.ts';
import { gatherAbout } from '../../usecases/privacy/gather.ts';
import { attachment } from '../http/headers.ts';
import { route } from '../http/route.ts';
import { Identifier } from '../http/schemas.ts';
import { DisclosureReason, EntryExport, Erased, ErasureReason } from './schemas.ts';
import { erasedView, exportView } from './view.ts';

const params = z.strictObject({ entryId: Identifier });
const exported = { description: 'All that is kept about the person.', schema: EntryExport };
const erased = { description: 'Erased, now or before.', schema: Erased };

export const exportEntry = route({
  id: 'exportEntry',
  get: '/entries/{entryId}/export',
  tag: 'Applicants',
  summary: 'Everything that is kept about the person',
  description: 'Name, document and contact opened, the entry, its draws and offers, as one JSON.',
  access: 'entry',
  params,
  answers: { 200: exported },
  refusals: ['entry_not_found'],
  async run({ prefecture, params: { entryId }, nowMs }, deps) {
    const kept = await gatherAbout(deps, prefecture, entryId);
    await tellOfAct(deps, prefecture.id, entryId, { by: 'link', act: 'exported', nowMs });
    const headers = attachment(`${entryId}.json`);
    return { status: 200, headers, body: exportView(prefecture, kept, nowMs) };
  },
});

export const eraseEntry = route({
  id: 'eraseEntry',
  post: '/entries/{entryId}/erasure',
  tag: 'Applicants',
  summary: 'Leave, and have everything personal erased',
  description:
    'For good. An open offer is declined, an appointment given up, and the place goes on as ' +
    'always. The id stays in published records, and nothing leads from it to the person. ' +
    'Repeating it changes nothing.',
  access: 'entry',
  params,
  answers: { 200: erased },
  refusals: ['entry_not_found'],
  async run({ prefecture, params, nowMs }, deps) {
    const entry = await erase(deps, prefecture.id, params.entryId, nowMs);
    return { status: 200, body: erasedView(entry) };
  },
});

export const discloseEntry = route({
  id: 'discloseEntry',
  post: '/entries/{entryId}/disclosure',
  tag: 'Entries',
  summary: 'Everything that is kept about a person, for a request of access',
  description: 'Opens what is sealed: check first who asks.',
  access: { agent: 'disclosePeople' },
  params,
  body: DisclosureReason,
  answers: { 200: exported },
  refusals: ['entry_not_found'],
  async run({ prefecture, params: { entryId }, body: { reason }, nowMs, agent }, deps) {
    const of = { prefecture: prefecture.id, agent: agent(), entry: entryId, reason };
    deps.logger.info(of, 'entry disclosed');
    const kept = await gatherAbout(deps, prefecture, entryId);
    await tellOfAct(deps, prefecture.id, entryId, { by: 'staff', act: 'exported', nowMs });
    const headers = attachment(`${entryId}.json`);
    return { status: 200, headers, body: exportView(prefecture, kept, nowMs) };
  },
});

export const eraseByAgent = route({
  id: 'eraseByAgent',
  post: '/entries/{entryId}/agent-erasure',
  tag: 'Entries',
  summary: 'Erase everything personal of an entry',
  description: 'As `eraseEntry` does, for people who cannot. Repeating it changes nothing.',
  access: { agent: 'erasePeople' },
  params,
  body: ErasureReason,
  answers: { 200: erased },
  refusals: ['entry_not_found'],
  async run({ prefecture, params, body: { reason }, nowMs, agent }, deps) {
    const entry = await erase(deps, prefecture.id, params.entryId, nowMs, 'staff');
    const of = { prefecture: prefecture.id, agent: agent(), entry: entry.id, reason };
    deps.logger.info(of, 'entry erased');
    return { status: 200, body: erasedView(entry) };
  },
});
