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
    'void draw, under another id and for the same request types, once; the same request again answers ' +
    'the draw it planned. With `requestTypes` it is a draw of those alone: reserve lists of others go on.',
  access: { agent: 'scheduleDraws' },
  body: NewDraw,
  answers: { 201: { description: 'The planned draw.', schema: DrawView } },
  refusals: [
    'draw_not_found',
    'draw_not_void',
    'draw_repeated',
    'input_inconsistent',
    'request_type_unknown',
  ],
  async run({ prefecture, body: { replaces, at, requestTypes }, nowMs, agent, note }, deps) {
    const atMs = at === undefined ? undefined : Date.parse(at);
    const planned = { replaces, atMs, requestTypes, agent: agent(), nowMs };
    const draw = await planDraw(deps, prefecture.id, planned);
    note([draw.id]);
    return { status: 201, body: drawView(draw, nowMs) };
  },
});

export const voidDraw = route({
  id: 'voidDraw',
  post: '/draws/{drawId}/void',
  tag,
  summary: 'Declare a draw void, or give its plan up, in public',
  description:
    'From its freeze on it is void: its offers and appointments are revoked; everyone waits again. Before ' +
    'its freeze it is `superseded`: nobody took part in it. It stays listed. A draw that is closed, or ' +
    'that a later one of some of its request types builds on, is void no more.',
  access: { agent: 'voidDraws' },
  params: z.strictObject({ drawId: Identifier }),
  body: Reason,
  answers: { 200: { description: 'The draw, void or superseded.', schema: DrawView } },
  refusals: ['draw_not_found', 'draw_settled'],
  async run({ prefecture, params: { drawId }, body: { reason }, nowMs, agent }, deps) {
    const said = { reason, agent: agent(), nowMs };
    const draw = await voidPlannedDraw(deps, prefecture.id, drawId, said);
    return { status: 200, body: drawView(draw, nowMs) };
  },
});

export const putSchedule = route({
  id: 'putDrawSchedule',
  put: '/draw-schedules/{name}',
  tag,
  summary: 'Plan draws that come again and again',
  description:
    'A prefecture may have several schedules, each with its rhythm and its request types.',
  access: { agent: 'scheduleDraws' },
  params: scheduleParams,
  body: ScheduleInput,
  answers: { 200: { description: 'The schedule and its next draw.', schema: ScheduleSet } },
  refusals: ['cron_invalid', 'input_inconsistent', 'request_type_unknown'],
  async run({ prefecture, params: { name }, body, nowMs, agent, note }, deps) {
    const draw = await setSchedule(deps, prefecture.id, { name, ...body }, agent());
    note([draw.id]);
    return {
      status: 200,
      body: { name, ...body, agent: agent(), nextDraw: drawView(draw, nowMs) },
    };
  },
});

export const removeSchedule = route({
  id: 'removeDrawSchedule',
  delete: '/draw-schedules/{name}',
  tag,
  summary: 'End a schedule',
  description: 'The draw it had planned is superseded.',
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
