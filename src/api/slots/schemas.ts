import { z } from 'zod';
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
