import { z } from 'zod';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { openAppeal, settleAbsence, takeAppeal } from '../../usecases/absences/appeals.ts';
import type { UseCaseDeps } from '../../usecases/deps.ts';
import { absenceView } from '../entries/view.ts';
import { route } from '../http/route.ts';
import { Identifier, instant, Page } from '../http/schemas.ts';
import { AbsenceDecision, Appealed, AppealInput, AppealList, AppealView } from './schemas.ts';

// Appointments missed or given up late: the person's side of it, and what an agent decides.

const tag = 'Absences';
const params = z.strictObject({ entryId: Identifier });

export const appeal = route({
  id: 'appeal',
  post: '/entries/{entryId}/appeal',
  tag,
  summary: 'Say why an appointment was missed, or given up late',
  description: 'An agent reads it and decides. Until then a second appeal replaces the first.',
  access: 'entry',
  params,
  body: AppealInput,
  answers: { 200: { description: 'The appeal was taken.', schema: Appealed } },
  refusals: ['absence_not_found', 'absence_settled', 'entry_not_found'],
  async run({ prefecture, params: { entryId }, body, nowMs }, deps) {
    const entry = await takeAppeal(deps, prefecture.id, entryId, body.statement, nowMs);
    return { status: 200, body: await appealedView(deps, prefecture.id, entry) };
  },
});

export const listAppeals = route({
  id: 'listAppeals',
  get: '/appeals',
  tag,
  summary: 'Appeals that wait for a decision',
  access: { agent: 'readEntries' },
  query: Page,
  answers: { 200: { description: 'A page of appeals, in no order.', schema: AppealList } },
  refusals: ['input_malformed'],
  async run({ prefecture, query: { limit, cursor: from } }, { store }) {
    const page = { limit, ...(from === undefined ? {} : { cursor: from }) };
    const { appeals, cursor = null } = await store.absences.openAppeals(prefecture.id, page);
    const rows = appeals.map(({ entry, atMs }) => ({ entry, at: instant(atMs) }));
    return { status: 200, body: { appeals: rows, cursor } };
  },
});

export const readAppeal = route({
  id: 'readAppeal',
  get: '/entries/{entryId}/appeal',
  tag,
  summary: 'Read an appeal',
  access: { agent: 'searchEntries', audit: 'read' },
  params,
  answers: { 200: { description: 'The appeal.', schema: AppealView } },
  refusals: ['absence_not_found'],
  async run({ prefecture, params: { entryId } }, deps) {
    const { atMs, statement } = await openAppeal(deps, prefecture.id, entryId);
    return { status: 200, body: { entry: entryId, at: instant(atMs), statement } };
  },
});

export const decideAbsence = route({
  id: 'decideAbsence',
  post: '/entries/{entryId}/absence/decision',
  tag,
  summary: 'Lift an absence, or uphold it after an appeal',
  description: 'Lifted, the person takes part from the next draw on. Repeating it changes nothing.',
  access: { agent: 'decideAbsences' },
  params,
  body: AbsenceDecision,
  answers: { 200: { description: 'The absence as it is now.', schema: Appealed } },
  refusals: ['absence_not_found', 'absence_settled', 'entry_not_found'],
  async run({ prefecture, params: { entryId }, body }, deps) {
    const entry = await settleAbsence(deps, prefecture.id, entryId, body.decision);
    return { status: 200, body: await appealedView(deps, prefecture.id, entry) };
  },
});

async function appealedView(
  { overviews }: Pick<UseCaseDeps, 'overviews'>,
  prefecture: string,
  entry: EntryRecord,
): Promise<z.infer<typeof Appealed>> {
  const { drawNumber } = await overviews.of(prefecture);
  return { entry: entry.id, absence: absenceView(entry, drawNumber) };
}
