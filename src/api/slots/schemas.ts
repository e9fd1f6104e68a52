import { z } from 'zod';
import { Identifier, NextCursor, SlotStart } from '../http/schemas.ts';

const Places = z.int().min(1).max(1000);

export const SlotView = z
  .strictObject({
    id: Identifier,
    site: Identifier,
    start: SlotStart,
    capacity: Places,
    requestTypes: z.array(Identifier),
  })
  .meta({ id: 'Slot' });

export const SlotList = z
  .strictObject({ slots: z.array(SlotView), cursor: NextCursor })
  .meta({ id: 'SlotList' });

export const SlotInput = z
  .strictObject({
    id: Identifier.optional(),
    site: Identifier,
    start: SlotStart,
    capacity: Places,
    requestTypes: z
      .array(Identifier)
      .min(1)
      .max(100)
      .refine((types) => new Set(types).size === types.length, 'must not repeat a type'),
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
