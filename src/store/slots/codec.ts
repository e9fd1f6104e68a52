import { z } from 'zod';
import type { SlotRecord } from '../../domain/slots/slot.ts';
import { Identifier } from '../../domain/values.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';

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

/** Request types that a slot serves; none if there is no such slot. */
export async function readSlotTypes(
  redis: Connection,
  prefecture: string,
  id: string,
): Promise<readonly string[]> {
  const raw = await redis.hget(keysOf(prefecture).slots, id);
  return raw === null ? [] : decodeSlot(id, raw).requestTypes;
}
