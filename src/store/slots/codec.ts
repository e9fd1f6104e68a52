import { z } from 'zod';
import type { SlotRecord } from '../../domain/slots/slot.ts';
import { Identifier } from '../../domain/values.ts';

const Stored = z
  .strictObject({
    site: Identifier,
    start: z.string(),
    capacity: z.int().min(1),
    requestTypes: z.array(Identifier).min(1),
    lowered: z.int().min(1).exactOptional(),
  })
  .refine(({ capacity, lowered = 0 }) => lowered <= capacity, 'is lowered below nothing');

/** A slot as stored. Its id is the field of the hash. Pure. */
export function encodeSlot({ id: _id, ...slot }: SlotRecord): string {
  return JSON.stringify(slot);
}

/** Reads what `encodeSlot` wrote. Pure. */
export function decodeSlot(id: string, raw: string): SlotRecord {
  return { id, ...Stored.parse(JSON.parse(raw)) };
}
