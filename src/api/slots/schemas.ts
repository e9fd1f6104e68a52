import { z } from 'zod';
import { CAUSES } from '../../allocator/types.ts';
import { dayMs } from '../../base/units.ts';
import { isRealDate } from '../../domain/local-time.ts';
import { Identifier, NextCursor, SlotStart } from '../http/schemas.ts';

const Places = z.int().min(1).max(1000);

/** None are left of one that a draw had, and whose places were all taken out. */
const PlacesLeft = z.int().min(0).max(1000);

const RequestTypeIds = z
  .array(Identifier)
  .min(1)
  .max(100)
  .refine((types) => new Set(types).size === types.length, 'must not repeat a type');

export const SlotPlacesView = z
  .strictObject({ free: PlacesLeft, idle: PlacesLeft, held: PlacesLeft })
  .meta({
    id: 'SlotPlaces',
    description:
      'Where the places are. `free`: no draw has them. `idle`: a draw has them, nobody holds them. ' +
      '`held`: offered, booked or used.',
  });

export const SlotView = z
  .strictObject({
    id: Identifier,
    site: Identifier,
    start: SlotStart,
    capacity: PlacesLeft,
    requestTypes: z.array(Identifier),
    places: SlotPlacesView,
    closed: z.enum(CAUSES).nullable().meta({ description: 'Why it was closed, if it was.' }),
  })
  .meta({ id: 'Slot' });

export const SlotPatch = z
  .strictObject({
    site: Identifier.exactOptional(),
    start: SlotStart.exactOptional(),
    capacity: PlacesLeft.exactOptional(),
    requestTypes: RequestTypeIds.exactOptional(),
  })
  .refine((members) => Object.keys(members).length > 0, 'must change something')
  .meta({ id: 'SlotPatch' });

export const SlotList = z
  .strictObject({ slots: z.array(SlotView), cursor: NextCursor })
  .meta({ id: 'SlotList' });

export const SlotInput = z
  .strictObject({
    id: Identifier.optional(),
    site: Identifier,
    start: SlotStart,
    capacity: Places,
    requestTypes: RequestTypeIds,
  })
  .meta({ id: 'SlotInput' });
export type SlotInput = z.infer<typeof SlotInput>;

/** Items are checked one by one, so that every bad one is named. */
export const SlotsInput = z
  .strictObject({ slots: z.array(z.unknown()).min(1).max(50_000) })
  .meta({ id: 'SlotsInput' });

export const SlotsImported = z
  .strictObject({ imported: z.int().min(1) })
  .meta({ id: 'SlotsImported' });

/** A plan may be empty: then the days have no slots any more. */
export const NewPlanInput = z
  .strictObject({ slots: z.array(z.unknown()).max(50_000) })
  .meta({ id: 'NewPlanInput' });

const MOST_DAYS = 366;

export const ReplaceQuery = z.strictObject({
  replace: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}\/\d{4}-\d{2}-\d{2}$/, 'must be two dates: 2026-12-07/2026-12-11')
    .refine(
      isSpan,
      `must be two real dates, the first not after the second, ${MOST_DAYS} days at most`,
    )
    .meta({
      description: 'The first and the last day, both included, as dates at the desk.',
      example: '2026-12-07/2026-12-11',
    }),
  sites: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,48}(,[A-Za-z0-9._-]{1,48}){0,499}$/)
    .optional()
    .meta({ description: 'Only these sites, parted by commas. All, if left out.' }),
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: '`true`: says what would be done, and does nothing.' }),
});

function isSpan(span: string): boolean {
  const [from = '', to = ''] = span.split('/');
  if (!isRealDate(from) || !isRealDate(to) || from > to) return false;
  return Date.parse(to) - Date.parse(from) < MOST_DAYS * dayMs;
}

const Count = z.int().min(0);

const SlotGroup = z
  .strictObject({
    slots: Count,
    places: Count,
    sites: z.array(z.strictObject({ site: Identifier, slots: Count, places: Count })),
    requestTypes: z.array(z.strictObject({ requestType: Identifier, slots: Count, places: Count })),
    ids: z.array(Identifier).meta({ description: 'Of the first 20.' }),
  })
  .meta({
    id: 'SlotGroup',
    description:
      'The earliest slots first. One that serves several request types counts with each.',
  });

export const SlotsReplaced = z
  .strictObject({
    dryRun: z.boolean(),
    added: SlotGroup,
    changed: SlotGroup,
    removed: SlotGroup,
    kept: SlotGroup.meta({
      description: 'Otherwise than in the plan: a draw has places of them, or they have begun.',
    }),
    unchanged: SlotGroup,
  })
  .meta({ id: 'SlotsReplaced' });
