import { DomainError } from '../../base/errors.ts';
import type { SlotRecord } from '../../domain/slots/slot.ts';
import { type Keys, keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { chunkSize, runImport } from './staging.ts';

/**
 * Adds slots, all or none, with their places free for the next draw. If this process dies on the
 * way, the next import or freeze completes or drops what it left.
 *
 * @throws DomainError `slot_duplicate` for an id that comes twice or exists, with its line
 * @throws DomainError `import_in_progress` while another import is under way
 */
export async function importSlots(
  redis: Connection,
  prefecture: string,
  slots: readonly SlotRecord[],
  nowMs: number,
): Promise<{ imported: number }> {
  refuseTwins(slots);
  await runImport(redis, prefecture, nowMs, async () => {
    const existing = await existingLines(redis, keysOf(prefecture), slots);
    refuseDuplicates(slots, existing, 'exists already');
    return { put: slots, gone: [] };
  });
  return { imported: slots.length };
}

/** @throws DomainError `slot_duplicate` for an id that comes twice, with its second line */
export function refuseTwins(slots: readonly SlotRecord[]): void {
  refuseDuplicates(slots, repeatedLines(slots), 'is in this import twice');
}

/** @throws DomainError `slot_duplicate` with the first of these lines, if there are any */
export function refuseDuplicates(
  slots: readonly SlotRecord[],
  lines: readonly number[],
  why: string,
): void {
  const [first] = lines;
  if (first === undefined) return;
  const others = lines.length > 1 ? `, and so for ${lines.length - 1} other lines` : '';
  throw new DomainError(
    'slot_duplicate',
    `slot ${slots[first]?.id} ${why}${others}`,
    `lines[${first}].id`,
  );
}

function repeatedLines(slots: readonly SlotRecord[]): number[] {
  const seen = new Set<string>();
  return [...slots.keys()].filter((line) => {
    const id = slots[line]?.id ?? '';
    if (seen.has(id)) return true;
    seen.add(id);
    return false;
  });
}

async function existingLines(
  redis: Connection,
  keys: Keys,
  slots: readonly SlotRecord[],
): Promise<number[]> {
  const lines: number[] = [];
  for (let at = 0; at < slots.length; at += chunkSize) {
    const ids = slots.slice(at, at + chunkSize).map((slot) => slot.id);
    const found = await redis.hmget(keys.slots, ...ids);
    found.forEach((raw, i) => {
      if (raw !== null) lines.push(at + i);
    });
  }
  return lines;
}
