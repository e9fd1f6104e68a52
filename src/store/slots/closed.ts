import { z } from 'zod';
import { CAUSES } from '../../allocator/types.ts';
import type { SlotClosure } from '../../domain/slots/closure.ts';
import { Identifier } from '../../domain/values.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';

const Stored = z.strictObject({ id: Identifier, cause: z.enum(CAUSES) });

/** A closure as it stands beside each of its slots. Pure. */
export function encodeSlotClosure({ id, cause }: SlotClosure): string {
  return JSON.stringify({ id, cause });
}

/** Reads what `encodeSlotClosure` wrote. Pure. */
export function decodeSlotClosure(raw: string): SlotClosure {
  return Stored.parse(JSON.parse(raw));
}

/** Why slots have no places any more; those that are open are left out. */
export async function readSlotClosures(
  redis: Connection,
  prefecture: string,
  slots: readonly string[],
): Promise<Map<string, SlotClosure>> {
  const closures = new Map<string, SlotClosure>();
  if (slots.length === 0) return closures;
  const raws = await redis.hmget(keysOf(prefecture).closedSlots, ...slots);
  for (const [at, slot] of slots.entries()) {
    const raw = raws[at];
    if (raw) closures.set(slot, decodeSlotClosure(raw));
  }
  return closures;
}

/** Why a slot has no places any more; undefined if it is open. */
export async function readSlotClosure(
  redis: Connection,
  prefecture: string,
  slot: string,
): Promise<SlotClosure | undefined> {
  return (await readSlotClosures(redis, prefecture, [slot])).get(slot);
}
