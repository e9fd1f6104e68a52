import { z } from 'zod';
import {
  endSchedule,
  planDraw,
  setSchedule,
  voidPlannedDraw,
} from '../../usecases/draws/on-request.ts';
import { route } from '../http/route.ts';
import { Identifier } from '../http/schemas.ts';
import { DrawView, NewDraw, Reason, ScheduleInput, ScheduleList, ScheduleSet } from './schemas.ts';
import { drawView } from './view.ts';

// Draws as agents plan them, one by one or again and again, and declare them void.

const tag = 'Draws';
const scheduleParams = z.strictObject({ name: Identifier });

export const scheduleDraw = route({
  id: 'scheduleDraw',
  post: '/draws',
  tag,
  summary: 'Plan a draw',
  description:
    'Its source of randomness is fixed, and public, from this moment. With `replaces` it repeats a ' +
    'void draw, under another id, once; the same request again answers the draw it planned.',
  access: { agent: 'scheduleDraws' },
  body: NewDraw,
  answers: { 201: { description: 'The planned draw.', schema: DrawView } },
  refusals: ['draw_not_found', 'draw_not_void', 'draw_repeated'],
  async run({ prefecture, body: { replaces, at }, nowMs, agent, note }, deps) {
    const atMs = at === undefined ? undefined : Date.parse(at);
    const draw = await planDraw(deps, prefecture.id, { replaces, atMs, agent: agent(), nowMs });
    note([draw.id]);
    return { status: 201, body: drawView(draw) };
  },
});

export const voidDraw = route({
  id: 'voidDraw',
  post: '/draws/{drawId}/void',
  tag,
  summary: 'Declare a draw void, in public',
  description: 'Its offers and appointments are revoked; everyone waits again. It stays listed.',
  access: { agent: 'voidDraws' },
  params: z.strictObject({ drawId: Identifier }),
  body: Reason,
  answers: { 200: { description: 'The void draw.', schema: DrawView } },
  refusals: ['draw_not_found', 'draw_settled'],
  async run({ prefecture, params: { drawId }, body: { reason }, nowMs, agent }, deps) {
    const said = { reason, agent: agent(), nowMs };
    const draw = await voidPlannedDraw(deps, prefecture.id, drawId, said);
    return { status: 200, body: drawView(draw) };
  },
});

export const putSchedule = route({
  id: 'putDrawSchedule',
  put: '/draw-schedules/{name}',
  tag,
  summary: 'Plan draws that come again and again',
  access: { agent: 'scheduleDraws' },
  params: scheduleParams,
  body: ScheduleInput,
  answers: { 200: { description: 'The schedule and its next draw.', schema: ScheduleSet } },
  refusals: ['cron_invalid'],
  async run({ prefecture, params: { name }, body: { pattern }, agent, note }, deps) {
    const draw = await setSchedule(deps, prefecture.id, { name, pattern }, agent());
    note([draw.id]);
    return { status: 200, body: { name, pattern, agent: agent(), nextDraw: drawView(draw) } };
  },
});

export const removeSchedule = route({
  id: 'removeDrawSchedule',
  delete: '/draw-schedules/{name}',
  tag,
  summary: 'End a schedule',
  description: 'The draw it had planned becomes void.',
  access: { agent: 'scheduleDraws' },
  params: scheduleParams,
  answers: { 204: { description: 'The schedule has ended.' } },
  refusals: ['schedule_not_found'],
  async run({ prefecture, params: { name }, agent }, deps) {
    await endSchedule(deps, prefecture.id, name, agent());
    return { status: 204 };
  },
});

export const listSchedules = route({
  id: 'listDrawSchedules',
  get: '/draw-schedules',
  tag,
  summary: 'Schedules of draws',
  access: { agent: 'readSchedules', audit: 'none' },
  answers: { 200: { description: 'All schedules.', schema: ScheduleList } },
  async run({ prefecture }, { store }) {
    return { status: 200, body: { schedules: await store.schedules.list(prefecture.id) } };
  },
});
