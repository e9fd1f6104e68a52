import { z } from 'zod';
import { DomainError } from '../../base/errors.ts';
import { addSlots } from '../../usecases/slots/import.ts';
import { route } from '../http/route.ts';
import { Page } from '../http/schemas.ts';
import { slotsOfCsv, slotsOfJson } from './lines.ts';
import { SlotInput, SlotList, SlotsImported, SlotsInput } from './schemas.ts';

// Slots, for agents: nobody else sees them before they are drawn.

const tag = 'Slots';

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
  csv: {
    description: "Local times in the prefecture's zone. Several request types are parted by |.",
    example:
      'id,site,date,time,places,requestTypes\n,nanterre,2026-12-07,09:30,2,RENEWAL|DUPLICATE\n',
  },
  answers: { 201: { description: 'All were added.', schema: SlotsImported } },
  refusals: ['slots_invalid', 'slot_duplicate', 'import_in_progress'],
  async run({ prefecture, body, csv, nowMs, agent }, deps) {
    const slots = await (csv === undefined
      ? slotsOfJson(prefecture, body.slots, nowMs)
      : slotsOfCsv(prefecture, csv, nowMs));
    const by = { agent: agent(), nowMs };
    const imported = await addSlots(deps, prefecture.id, slots, by).catch((error: unknown) => {
      throw withLineOfFile(error, csv !== undefined);
    });
    return { status: 201, body: { imported } };
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
    return { status: 200, body: { slots, cursor } };
  },
});

/** The store counts from 0; a file from 1, its header being that. */
function withLineOfFile(error: unknown, csv: boolean): unknown {
  if (!(error instanceof DomainError) || error.code !== 'slot_duplicate') return error;
  const member = error.member?.replace(
    /^lines\[(\d+)\]/,
    (_, index) => `line ${Number(index) + (csv ? 2 : 1)}`,
  );
  return new DomainError(error.code, error.message, member?.replace('.', ', '));
}
