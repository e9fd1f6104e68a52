import { DomainError } from '../../base/errors.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import {
  decideSlotChange,
  decideSlotRemoval,
  isFreeSlot,
  type SlotDecision,
  type SlotMembers,
  type SlotStanding,
  slotPlaces,
} from '../../domain/slots/change.ts';
import { slotFaults } from '../../domain/slots/faults.ts';
import type { PlannedSlot } from '../../domain/slots/slot.ts';
import type { UseCaseDeps } from '../deps.ts';

type Deps = Pick<UseCaseDeps, 'store' | 'logger'>;

/** Who changes slots, and when. */
export interface ByAgent {
  readonly agent: string;
  readonly nowMs: number;
}

/**
 * A slot and where its places are.
 *
 * @throws DomainError `slot_not_found`
 */
export async function needStanding(
  { store }: Pick<Deps, 'store'>,
  prefecture: string,
  id: string,
): Promise<SlotStanding> {
  const [standing] = await store.slots.standings(prefecture, [id]);
  if (!standing) throw new DomainError('slot_not_found', `no slot ${id}`);
  return standing;
}

/**
 * Changes a slot that no draw has taken places of, checked as an import is; of another one it takes
 * places out, as far as nobody can get them. Safe to repeat.
 *
 * @throws DomainError `slot_not_found`, `slots_invalid`, `slot_frozen`, `import_in_progress`
 */
export async function changeSlot(
  deps: Deps,
  prefecture: Prefecture,
  id: string,
  members: SlotMembers,
  by: ByAgent,
): Promise<SlotStanding> {
  const faultsIn = slotFaults(prefecture, by.nowMs);
  const decide = (standing: SlotStanding): SlotDecision => {
    const decision = decideSlotChange(standing, members);
    const { slot } = decision.outcome === 'change' ? decision : {};
    if (slot && isFreeSlot(standing)) refuseFaults(slot, faultsIn(slot));
    return decision;
  };
  await write(deps, prefecture.id, id, decide, { ...by, what: 'changed' });
  return needStanding(deps, prefecture.id, id);
}

/**
 * Takes out a slot that no draw has taken places of.
 *
 * @throws DomainError `slot_not_found` (also: a repeat), `slot_frozen`, `import_in_progress`
 */
export async function removeSlot(
  deps: Deps,
  prefecture: string,
  id: string,
  by: ByAgent,
): Promise<void> {
  await write(deps, prefecture, id, decideSlotRemoval, { ...by, what: 'removed' });
}

async function write(
  { store, logger }: Deps,
  prefecture: string,
  id: string,
  decide: (standing: SlotStanding) => SlotDecision,
  { agent, nowMs, what }: ByAgent & { readonly what: 'changed' | 'removed' },
): Promise<void> {
  // What a process that died has left is ended first, as by an import.
  await store.slots.settleImport(prefecture, nowMs);
  const { outcome, standing } = await store.slots.change(prefecture, id, decide);
  if (outcome === 'none' || !standing) throw new DomainError('slot_not_found', `no slot ${id}`);
  if (outcome === 'busy') {
    throw new DomainError('import_in_progress', 'an import is under way: try again later');
  }
  if (outcome === 'frozen') {
    throw frozen(standing, await store.slots.countPending(prefecture, id), what);
  }
  if (outcome === 'done') logger.info({ prefecture, agent, slot: id }, `slot ${what}`);
}

function refuseFaults(
  { id, capacity }: PlannedSlot,
  [fault]: readonly { readonly member: string; readonly message: string }[],
): void {
  if (fault) throw new DomainError('slots_invalid', `slot ${id}: ${fault.message}`, fault.member);
  if (capacity > 0) return;
  const message = `slot ${id} is in no draw: delete it, or leave it a place`;
  throw new DomainError('slots_invalid', message, 'capacity');
}

function frozen(standing: SlotStanding, offered: number, what: 'changed' | 'removed'): DomainError {
  const { free, idle, held } = slotPlaces(standing);
  const booked = Math.max(0, held - offered);
  const where = [`${free} free`, `${idle} in a draw`, `${offered} offered`, `${booked} booked`];
  const rule =
    what === 'changed'
      ? 'only its capacity may be lowered, by places that are free or that a published draw has not given'
      : 'it stays';
  const message = `slot ${standing.slot.id} cannot be ${what}: places are ${where.join(', ')}; ${rule}`;
  return new DomainError('slot_frozen', message, what === 'changed' ? 'capacity' : undefined);
}
