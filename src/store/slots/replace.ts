import {
  isInSpan,
  type PlanSpan,
  type PresentSlot,
  planReplacement,
  type Replacement,
} from '../../domain/slots/replace.ts';
import type { SlotRecord } from '../../domain/slots/slot.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { scanHash } from '../core/scan-hash.ts';
import { decodeSlot } from './codec.ts';
import { refuseDuplicates, refuseTwins } from './import.ts';
import { chunkSize, runImport } from './staging.ts';

/** A new plan of some days. */
export interface NewPlan {
  readonly span: PlanSpan;
  /** All of the span. */
  readonly slots: readonly SlotRecord[];
}

/**
 * Replaces the slots of some days by others, as far as no draw has them: all of it or nothing. Safe to
 * repeat: then nothing is left to do.
 *
 * @throws DomainError `slot_duplicate` for an id that comes twice, or is that of a slot elsewhere
 * @throws DomainError `import_in_progress` while another import is under way
 */
export async function replaceSlots(
  redis: Connection,
  prefecture: string,
  plan: NewPlan,
  nowMs: number,
): Promise<Replacement> {
  refuseTwins(plan.slots);
  const { replacement } = await runImport(redis, prefecture, nowMs, async () => {
    // Before the places: a draw that begins in between has this number no more.
    const drawNumber = (await redis.get(keysOf(prefecture).drawNumber)) ?? '0';
    const found = await previewSlots(redis, prefecture, plan, nowMs);
    const put = [...found.added, ...found.changed];
    const gone = found.removed.map(({ id }) => id);
    return { put, gone, drawNumber, replacement: found };
  });
  return replacement;
}

/**
 * What `replaceSlots` would do now. Reads every slot, page by page; keeps those of the span.
 *
 * @throws DomainError `slot_duplicate`
 */
export async function previewSlots(
  redis: Connection,
  prefecture: string,
  { span, slots }: NewPlan,
  nowMs: number,
): Promise<Replacement> {
  refuseTwins(slots);
  const lineById = new Map(slots.map(({ id }, line) => [id, line]));
  const there = new Map<string, SlotRecord>();
  const elsewhere: number[] = [];
  await scanHash(redis, keysOf(prefecture).slots, (id, raw) => {
    const slot = decodeSlot(id, raw);
    const line = lineById.get(id);
    if (isInSpan(slot, span)) there.set(id, slot);
    else if (line !== undefined) elsewhere.push(line);
  });
  const lines = [...new Set(elsewhere)].sort((a, b) => a - b);
  refuseDuplicates(slots, lines, 'exists on another day or at another site');
  const present = await withFreePlaces(redis, prefecture, [...there.values()]);
  return planReplacement(present, slots, nowMs);
}

async function withFreePlaces(
  redis: Connection,
  prefecture: string,
  slots: readonly SlotRecord[],
): Promise<PresentSlot[]> {
  const present: PresentSlot[] = [];
  for (let at = 0; at < slots.length; at += chunkSize) {
    const some = slots.slice(at, at + chunkSize);
    const ids = some.map(({ id }) => id);
    const free = await redis.hmget(keysOf(prefecture).places, ...ids);
    present.push(...some.map((slot, index) => ({ slot, free: Number(free[index] ?? 0) })));
  }
  return present;
}
