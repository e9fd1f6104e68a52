import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { Identifier, Page } from '../http/schemas.ts';
import { AbsenceDecision, Appealed, AppealInput, AppealList, AppealView } from './schemas.ts';

const tag = 'Absences';
const params = z.strictObject({ entryId: Identifier });

export const appeal = operation({
  id: 'appeal',
  method: 'post',
  path: '/entries/{entryId}/appeal',
  tag,
  summary: 'Say why an appointment was missed, or given up late',
  description: 'An agent reads it and decides. Until then a second appeal replaces the first.',
  access: 'entry',
  params,
  body: AppealInput,
  answers: { 200: { description: 'The appeal was taken.', schema: Appealed } },
  refusals: ['absence_not_found', 'absence_settled', 'entry_not_found'],
});

export const listAppeals = operation({
  id: 'listAppeals',
  method: 'get',
  path: '/appeals',
  tag,
  summary: 'Appeals that wait for a decision',
  access: { agent: 'readEntries' },
  query: Page,
  answers: { 200: { description: 'A page of appeals, in no order.', schema: AppealList } },
});

export const readAppeal = operation({
  id: 'readAppeal',
  method: 'get',
  path: '/entries/{entryId}/appeal',
  tag,
  summary: 'Read an appeal',
  access: { agent: 'searchEntries', audit: 'read' },
  params,
  answers: { 200: { description: 'The appeal.', schema: AppealView } },
  refusals: ['absence_not_found'],
});

export const decideAbsence = operation({
  id: 'decideAbsence',
  method: 'post',
  path: '/entries/{entryId}/absence/decision',
  tag,
  summary: 'Lift an absence, or uphold it after an appeal',
  description: 'Lifted, the person takes part from the next draw on. Repeating it changes nothing.',
  access: { agent: 'decideAbsences' },
  params,
  body: AbsenceDecision,
  answers: { 200: { description: 'The absence as it is now.', schema: Appealed } },
  refusals: ['absence_not_found', 'absence_settled', 'entry_not_found'],
});
