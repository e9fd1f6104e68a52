import type { z } from 'zod';
import { placesOf, type SlotStanding } from '../../domain/slots/change.ts';
import { plannedSlot } from '../../domain/slots/slot.ts';
import type { SlotView } from './schemas.ts';

/** A slot as it is planned now, and where its places are. Pure. */
export function slotView(standing: SlotStanding): z.infer<typeof SlotView> {
  const { requestTypes, ...slot } = plannedSlot(standing.slot);
  return { ...slot, requestTypes: [...requestTypes], places: placesOf(standing) };
}
