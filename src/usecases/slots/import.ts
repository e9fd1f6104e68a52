import { hash } from 'node:crypto';
import type { SlotRecord } from '../../domain/slots/slot.ts';
import type { UseCaseDeps } from '../deps.ts';

/** A slot as an agent gives it: its id may be left to us. */
export type GivenSlot = Omit<SlotRecord, 'id'> & { readonly id?: string | undefined };

/**
 * The slot with its id. `nanterre-20261207-0930-3fa9c1d2`: the same slot gets the same id, so it
 * cannot come twice. Pure.
 */
export function slotOf({ id, ...rest }: GivenSlot): SlotRecord {
  return { id: id ?? madeId(rest), ...rest };
}

/**
 * Adds slots, all or none; returns how many.
 *
 * @throws DomainError `slot_duplicate`, `import_in_progress`
 */
export async function addSlots(
  { store, logger }: Pick<UseCaseDeps, 'store' | 'logger'>,
  prefecture: string,
  slots: readonly SlotRecord[],
  { agent, nowMs }: { readonly agent: string; readonly nowMs: number },
): Promise<number> {
  const { imported } = await store.slots.importAll(prefecture, slots, nowMs);
  logger.info({ prefecture, agent, imported }, 'slots imported');
  return imported;
}

function madeId({ site, start, requestTypes }: Omit<SlotRecord, 'id'>): string {
  const digest = hash('sha256', JSON.stringify([site, start, requestTypes.toSorted()]));
  const day = start.slice(0, 10).replaceAll('-', '');
  return `${site.slice(0, 24)}-${day}-${start.slice(11, 16).replace(':', '')}-${digest.slice(0, 8)}`;
}
