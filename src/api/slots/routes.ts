import { z } from 'zod';
import { DomainError } from '../../base/errors.ts';
import type { PlanSpan } from '../../domain/slots/replace.ts';
import { changeSlot, needStanding, removeSlot } from '../../usecases/slots/change.ts';
import { addSlots } from '../../usecases/slots/import.ts';
import { checkSpan, replaceSlots as replacePlan } from '../../usecases/slots/replace.ts';
import { route } from '../http/route.ts';
import { Identifier, Page } from '../http/schemas.ts';
import { slotsOfCsv, slotsOfJson } from './lines.ts';
import {
  NewPlanInput,
  ReplaceQuery,
  SlotInput,
  SlotList,
  SlotPatch,
  SlotsImported,
  SlotsInput,
  SlotsReplaced,
  SlotView,
} from './schemas.ts';
import { replacementView, slotView } from './view.ts';

// Slots, for agents: nobody else sees them before they are drawn.

const tag = 'Slots';
const csvOfSlots = {
  description: "Local times in the prefecture's zone. Several request types are parted by |.",
  example:
    'id,site,date,time,places,requestTypes\n,nanterre,2026-12-07,09:30,2,RENEWAL|DUPLICATE\n',
};
const params = z.strictObject({ slotId: Identifier });

export const importSlots = route({
  id: 'importSlots',
  post: '/slots',
  tag,
  summary: 'Add slots, all or none',
  description: 'Up to 50,000. They take part in the next draw, and are public once it is drawn.',
  access: { agent: 'importSlots' },
  body: SlotsInput,
  documentedBody: z
    .strictObject({ slots: z.array(SlotInput).min(1).max(50_000) })
    .meta({ id: 'SlotsInput' }),
  hasLargeJson: true,
  csv: csvOfSlots,
  answers: { 201: { description: 'All were added.', schema: SlotsImported } },
  refusals: ['slots_invalid', 'slot_duplicate', 'import_in_progress'],
  async run({ prefecture, body, csv, nowMs, agent }, deps) {
    const slots = await (csv === undefined
      ? slotsOfJson({ prefecture, nowMs }, body.slots)
      : slotsOfCsv({ prefecture, nowMs }, csv));
    const by = { agent: agent(), nowMs };
    const imported = await addSlots(deps, prefecture.id, slots, by).catch((error: unknown) => {
      throw withLineOfFile(error, csv !== undefined);
    });
    return { status: 201, body: { imported } };
  },
});

export const replaceSlots = route({
  id: 'replaceSlots',
  post: '/slots/import',
  tag,
  summary: 'Replace the plan of some days, or see what that would do',
  description:
    'Slots of these days and sites that are not in the file go, those in it are added or changed: all ' +
    'of it or nothing. A slot stays as it is, and is told as `kept`, if a draw has places of it. Ids ' +
    'should be those of the first import, or be left out each time. The same again changes nothing.',
  access: { agent: 'importSlots' },
  query: ReplaceQuery,
  body: NewPlanInput,
  documentedBody: z
    .strictObject({ slots: z.array(SlotInput).max(50_000) })
    .meta({ id: 'NewPlanInput' }),
  hasLargeJson: true,
  csv: csvOfSlots,
  answers: { 200: { description: 'What was done, or would be.', schema: SlotsReplaced } },
  refusals: ['slots_invalid', 'slot_duplicate', 'site_unknown', 'import_in_progress'],
  async run({ prefecture, query, body, csv, nowMs, agent, note }, deps) {
    const span = spanOf(query);
    checkSpan(prefecture, span);
    const checks = { prefecture, nowMs, span };
    const slots = await (csv === undefined
      ? slotsOfJson(checks, body.slots)
      : slotsOfCsv(checks, csv));
    const isDryRun = query.dryRun === 'true';
    const by = { agent: agent(), nowMs, isDryRun };
    const replacing = replacePlan(deps, prefecture.id, { span, slots }, by);
    const replacement = await replacing.catch((error: unknown) => {
      throw withLineOfFile(error, csv !== undefined);
    });
    const answer = replacementView(replacement, isDryRun);
    if (!isDryRun) note([...answer.changed.ids, ...answer.removed.ids]);
    return { status: 200, body: answer };
  },
});

export const listSlots = route({
  id: 'listSlots',
  get: '/slots',
  tag,
  summary: 'Slots, in no order',
  access: { agent: 'readSlots', audit: 'none' },
  query: Page,
  answers: { 200: { description: 'A page of slots.', schema: SlotList } },
  refusals: ['input_malformed'],
  async run({ prefecture, query: { limit, cursor: from } }, { store }) {
    const page = { limit, ...(from === undefined ? {} : { cursor: from }) };
    const { slots, cursor = null } = await store.slots.list(prefecture.id, page);
    const ids = slots.map(({ id }) => id);
    const standings = await store.slots.standings(prefecture.id, ids);
    const found = standings.filter((standing) => standing !== undefined);
    return { status: 200, body: { slots: found.map(slotView), cursor } };
  },
});

export const readSlot = route({
  id: 'readSlot',
  get: '/slots/{slotId}',
  tag,
  summary: 'One slot, and where its places are',
  access: { agent: 'readSlots', audit: 'none' },
  params,
  answers: { 200: { description: 'The slot.', schema: SlotView } },
  refusals: ['slot_not_found'],
  async run({ prefecture, params: { slotId } }, deps) {
    return { status: 200, body: slotView(await needStanding(deps, prefecture.id, slotId)) };
  },
});

export const patchSlot = route({
  id: 'changeSlot',
  patch: '/slots/{slotId}',
  tag,
  summary: 'Change a slot that no draw has taken, or take places out of another',
  description:
    'A slot whose places are all `free` may become anything that an import may add. Of another one ' +
    'only `capacity` can be lowered: by `free` places, and by `idle` ones of a published draw.',
  access: { agent: 'importSlots' },
  params,
  body: SlotPatch,
  answers: { 200: { description: 'The slot as it is now.', schema: SlotView } },
  refusals: ['slot_not_found', 'slots_invalid', 'slot_frozen', 'import_in_progress'],
  async run({ prefecture, params: { slotId }, body, nowMs, agent, note }, deps) {
    const by = { agent: agent(), nowMs };
    const standing = await changeSlot(deps, prefecture, slotId, body, by);
    note([slotId]);
    return { status: 200, body: slotView(standing) };
  },
});

export const deleteSlot = route({
  id: 'deleteSlot',
  delete: '/slots/{slotId}',
  tag,
  summary: 'Delete a slot that no draw has taken',
  access: { agent: 'importSlots' },
  params,
  answers: { 204: { description: 'The slot is gone.' } },
  refusals: ['slot_not_found', 'slot_frozen', 'import_in_progress'],
  async run({ prefecture, params: { slotId }, nowMs, agent, note }, deps) {
    await removeSlot(deps, prefecture.id, slotId, { agent: agent(), nowMs });
    note([slotId]);
    return { status: 204 };
  },
});

function spanOf({ replace, sites }: z.output<typeof ReplaceQuery>): PlanSpan {
  const [from = '', to = ''] = replace.split('/');
  return { from, to, ...(sites === undefined ? {} : { sites: sites.split(',') }) };
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
