import { z } from 'zod';
import {
  DrawView,
  NewDraw,
  Reason,
  ScheduleInput,
  ScheduleList,
  ScheduleSet,
  SlotInput,
  SlotList,
  SlotsImported,
  SlotsInput,
} from '../draws/schemas.ts';
import { operation } from '../http/operation.ts';
import { Identifier, Page } from '../http/schemas.ts';

const slots = 'Slots';
const draws = 'Draws';

export const importSlots = operation({
  id: 'importSlots',
  method: 'post',
  path: '/slots',
  tag: slots,
  summary: 'Add slots, all or none',
  description: 'Up to 50,000. They take part in the next draw, and are public once it is drawn.',
  access: { agent: 'importSlots' },
  body: SlotsInput,
  documentedBody: z
    .strictObject({ slots: z.array(SlotInput).min(1).max(50_000) })
    .meta({ id: 'SlotsInput' }),
  csv: {
    description: "Local times in the prefecture's zone. Several request types are parted by |.",
    example:
      'id,site,date,time,places,requestTypes\n,nanterre,2026-12-07,09:30,2,RENEWAL|DUPLICATE\n',
  },
  answers: { 201: { description: 'All were added.', schema: SlotsImported } },
  refusals: ['slots_invalid', 'slot_duplicate', 'import_in_progress'],
});

export const listSlots = operation({
  id: 'listSlots',
  method: 'get',
  path: '/slots',
  tag: slots,
  summary: 'Slots, in no order',
  access: { agent: 'readSlots', audit: 'none' },
  query: Page,
  answers: { 200: { description: 'A page of slots.', schema: SlotList } },
  refusals: ['input_malformed'],
});

export const scheduleDraw = operation({
  id: 'scheduleDraw',
  method: 'post',
  path: '/draws',
  tag: draws,
  summary: 'Plan a draw',
  description:
    'Its source of randomness is fixed, and public, from this moment. With `replaces` it repeats a ' +
    'void draw, under another id, once; the same request again answers the draw it planned.',
  access: { agent: 'scheduleDraws' },
  body: NewDraw,
  answers: { 201: { description: 'The planned draw.', schema: DrawView } },
  refusals: ['draw_not_found', 'draw_not_void', 'draw_repeated'],
});

export const voidDraw = operation({
  id: 'voidDraw',
  method: 'post',
  path: '/draws/{drawId}/void',
  tag: draws,
  summary: 'Declare a draw void, in public',
  description: 'Its offers and appointments are revoked; everyone waits again. It stays listed.',
  access: { agent: 'voidDraws' },
  params: z.strictObject({ drawId: Identifier }),
  body: Reason,
  answers: { 200: { description: 'The void draw.', schema: DrawView } },
  refusals: ['draw_not_found', 'draw_settled'],
});

const scheduleParams = z.strictObject({ name: Identifier });

export const putSchedule = operation({
  id: 'putDrawSchedule',
  method: 'put',
  path: '/draw-schedules/{name}',
  tag: draws,
  summary: 'Plan draws that come again and again',
  access: { agent: 'scheduleDraws' },
  params: scheduleParams,
  body: ScheduleInput,
  answers: { 200: { description: 'The schedule and its next draw.', schema: ScheduleSet } },
  refusals: ['cron_invalid'],
});

export const removeSchedule = operation({
  id: 'removeDrawSchedule',
  method: 'delete',
  path: '/draw-schedules/{name}',
  tag: draws,
  summary: 'End a schedule',
  description: 'The draw it had planned becomes void.',
  access: { agent: 'scheduleDraws' },
  params: scheduleParams,
  answers: { 204: { description: 'The schedule has ended.' } },
  refusals: ['schedule_not_found'],
});

export const listSchedules = operation({
  id: 'listDrawSchedules',
  method: 'get',
  path: '/draw-schedules',
  tag: draws,
  summary: 'Schedules of draws',
  access: { agent: 'readSchedules', audit: 'none' },
  answers: { 200: { description: 'All schedules.', schema: ScheduleList } },
});
