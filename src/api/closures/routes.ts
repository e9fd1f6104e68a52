import { z } from 'zod';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { type ClosureWish, closeSlots, previewClosure } from '../../usecases/closures/plan.ts';
import type { ApiDeps } from '../http/deps.ts';
import { route } from '../http/route.ts';
import { Identifier, Page } from '../http/schemas.ts';
import {
  ClosureInput,
  ClosureList,
  ClosurePreview,
  ClosureView,
  SlotClosureInput,
} from './schemas.ts';
import { closureView } from './view.ts';

// Slots that an office cannot keep: a strike, an agent who is ill, a flooded building.

const tag = 'Slots';

const DryRun = z.strictObject({
  dryRun: z
    .stringbool()
    .default(false)
    .meta({ description: 'Answers what would be taken back, and changes nothing.' }),
});

const answers = {
  200: { description: 'What it would take. Nothing has changed.', schema: ClosurePreview },
  202: { description: 'Closed; people are being told.', schema: ClosureView },
};

export const closeManySlots = route({
  id: 'closeSlots',
  post: '/closures',
  tag,
  summary: 'Close slots or desks: of a span of days, of a site, or named ones',
  description:
    'Places that no draw has are gone. Of a draw, the record says that the slot is closed; everybody ' +
    'who has an offer or an appointment there is told at once, has no absence, and is first in the ' +
    'next draw of their type. Nobody is offered a place there again. Slots that have begun stay. ' +
    'Ask for the preview first: closing cannot be undone.',
  access: { agent: 'closeSlots' },
  query: DryRun,
  body: ClosureInput,
  answers,
  refusals: ['closure_empty', 'request_type_unknown', 'site_unknown', 'slot_not_found'],
  run: ({ body, ...asked }, deps) => closeOrPreview(deps, asked, wishOf(body)),
});

export const closeOneSlot = route({
  id: 'closeSlot',
  post: '/slots/{slotId}/closure',
  tag,
  summary: 'Close one slot',
  description: 'As `POST closures` with this slot alone.',
  access: { agent: 'closeSlots' },
  params: z.strictObject({ slotId: Identifier }),
  query: DryRun,
  body: SlotClosureInput,
  answers,
  refusals: ['closure_empty', 'slot_not_found'],
  run: ({ params: { slotId }, body, ...asked }, deps) =>
    closeOrPreview(deps, asked, { ...body, scope: { slots: [slotId] } }),
});

export const listClosures = route({
  id: 'listClosures',
  get: '/closures',
  tag,
  summary: 'Closures, the latest first',
  access: { agent: 'readClosures', audit: 'none' },
  query: Page,
  answers: { 200: { description: 'A page of closures.', schema: ClosureList } },
  async run({ prefecture, query: { limit, cursor: from } }, { store }) {
    const { id } = prefecture;
    const page = { limit, ...(from === undefined ? {} : { cursor: from }) };
    const { closures, cursor = null } = await store.closures.list(id, page);
    const views = await Promise.all(
      closures.map(async (one) => closureView(one, await store.closures.counts(id, one.id))),
    );
    return { status: 200, body: { closures: views, cursor } };
  },
});

export const readClosure = route({
  id: 'readClosure',
  get: '/closures/{closureId}',
  tag,
  summary: 'One closure, and how far it has come',
  access: { agent: 'readClosures', audit: 'none' },
  params: z.strictObject({ closureId: Identifier }),
  answers: { 200: { description: 'The closure.', schema: ClosureView } },
  refusals: ['closure_not_found'],
  async run({ prefecture, params: { closureId } }, { store }) {
    const closure = await store.closures.get(prefecture.id, closureId);
    const taken = await store.closures.counts(prefecture.id, closureId);
    return { status: 200, body: closureView(closure, taken) };
  },
});

function wishOf({ cause, text, desks, ...scope }: ClosureInput): ClosureWish {
  return {
    cause,
    ...(text === undefined ? {} : { text }),
    ...(desks === undefined ? {} : { desks }),
    scope,
  };
}

/** By whom, where, and whether it is only looked at. */
interface Asked {
  readonly prefecture: Prefecture;
  readonly query: z.infer<typeof DryRun>;
  readonly nowMs: number;
  agent(): string;
}

async function closeOrPreview(
  deps: ApiDeps,
  { prefecture, query: { dryRun }, nowMs, agent }: Asked,
  wish: ClosureWish,
) {
  if (dryRun) {
    const preview = await previewClosure(deps, prefecture, wish, nowMs);
    return { status: 200, body: preview } as const;
  }
  const closure = await closeSlots(deps, prefecture, wish, { agent: agent(), nowMs });
  const taken = await deps.store.closures.counts(prefecture.id, closure.id);
  return { status: 202, body: closureView(closure, taken) } as const;
}
