import { DomainError } from '../../base/errors.ts';
import {
  type ClosureCounts,
  type ClosureRecord,
  type ClosureScope,
  isInScope,
  nothingTaken,
} from '../../domain/closures/closure.ts';
import { whoGoes } from '../../domain/closures/desks.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { plannedPlaces, type SlotRecord } from '../../domain/slots/slot.ts';
import { randomBase32 } from '../../identity/keys/ids.ts';
import type { StagedSlot } from '../../store/closures/store.ts';
import { pagesByCursor } from '../../store/core/pages.ts';
import type { UseCaseDeps } from '../deps.ts';
import { holdersOf } from './close-desks.ts';

type Deps = Pick<UseCaseDeps, 'store' | 'waker' | 'logger'>;

/** What an office wants to close, and why. */
export type ClosureWish = Pick<ClosureRecord, 'cause' | 'text' | 'scope' | 'desks'>;

/** What a closure would take, before anything is done. */
export interface ClosurePreview extends ClosureCounts {
  readonly slots: number;
  /** Places that nobody holds. */
  readonly free: number;
  readonly requestTypes: readonly (ClosureCounts & { readonly requestType: string })[];
  /** The first slots, in the order of their times. */
  readonly first: readonly string[];
}

/** Slots named as an example. */
const named = 20;
/** Slots read at a time. */
const atOnce = 500;

/**
 * What closing would take: slots, people, by request type; of desks, as things stand at this moment.
 * Changes nothing.
 *
 * @throws DomainError `site_unknown`, `request_type_unknown`, `slot_not_found`
 */
export async function previewClosure(
  deps: Deps,
  prefecture: Prefecture,
  { scope, desks }: Pick<ClosureWish, 'scope' | 'desks'>,
  nowMs: number,
): Promise<ClosurePreview> {
  const slots = await slotsIn(deps, prefecture, scope, nowMs);
  const bySlot = await holdersOf(deps, prefecture.id, new Set(slots.map(({ id }) => id)));
  const byType = new Map<string, ClosureCounts>();
  let all = nothingTaken;
  let free = 0;
  for (const slot of slots) {
    const holders = [...(bySlot.get(slot.id)?.values() ?? [])];
    const places = plannedPlaces(slot);
    const loose = places - holders.reduce((held, { people }) => held + people, 0);
    const taken = Math.min(desks ?? places, places);
    free += Math.max(0, Math.min(loose, taken));
    const going = desks === undefined ? holders : whoGoes(holders, taken - loose);
    for (const { requestType, isBooked, people } of going) {
      const more = { offers: isBooked ? 0 : 1, appointments: isBooked ? 1 : 0, people };
      all = sum(all, more);
      byType.set(requestType, sum(byType.get(requestType) ?? nothingTaken, more));
    }
  }
  return {
    ...all,
    slots: slots.length,
    free,
    requestTypes: [...byType]
      .map(([requestType, counts]) => ({ requestType, ...counts }))
      .sort((a, b) => (a.requestType < b.requestType ? -1 : 1)),
    first: slots.slice(0, named).map(({ id }) => id),
  };
}

/**
 * Closes slots: their places are gone, and everybody who has an offer or an appointment there is told,
 * and first in the next draw. A worker does it, however many there are.
 *
 * @throws DomainError as `previewClosure`, and `closure_empty` if there is nothing to close
 */
export async function closeSlots(
  deps: Deps,
  prefecture: Prefecture,
  { scope, ...why }: ClosureWish,
  { agent, nowMs }: { readonly agent: string; readonly nowMs: number },
): Promise<ClosureRecord> {
  const { store, waker, logger } = deps;
  const slots = await slotsIn(deps, prefecture, scope, nowMs);
  if (slots.length === 0) {
    throw new DomainError('closure_empty', 'no open slot lies ahead there: nothing is closed');
  }
  const closure: ClosureRecord = {
    id: randomBase32(12),
    atMs: nowMs,
    agent,
    ...why,
    scope,
    slots: slots.length,
  };
  const staged = slots.map((slot) => stagedOf(slot, why.desks));
  await store.closures.begin(prefecture.id, closure, staged);
  for (const name of ['offers', 'register'] as const) waker.soon(name, prefecture.id);
  const { id, cause } = closure;
  logger.info(
    { prefecture: prefecture.id, agent, closure: id, cause, slots: slots.length },
    'slots closed',
  );
  return closure;
}

/** A slot that would have no desk left is closed. */
function stagedOf(slot: SlotRecord, desks: number | undefined): StagedSlot {
  const target = desks === undefined ? 0 : plannedPlaces(slot) - desks;
  return { slot: slot.id, ...(target > 0 ? { target } : {}) };
}

function sum(a: ClosureCounts, b: ClosureCounts): ClosureCounts {
  return {
    offers: a.offers + b.offers,
    appointments: a.appointments + b.appointments,
    people: a.people + b.people,
  };
}

/** The open slots of a scope that have not begun, the earliest first. */
async function slotsIn(
  { store }: Pick<Deps, 'store'>,
  prefecture: Prefecture,
  scope: ClosureScope,
  nowMs: number,
): Promise<SlotRecord[]> {
  checkScope(prefecture, scope);
  const { id, settings } = prefecture;
  const { timeZone } = settings;
  const found =
    'slots' in scope ? await namedSlots(store, id, scope.slots) : await allSlots(store, id);
  const ahead = found.filter((slot) => isInScope(slot, scope, { timeZone, nowMs }));
  const closed = await store.closures.closed(
    id,
    ahead.map((slot) => slot.id),
  );
  return ahead
    .filter((slot) => !closed.has(slot.id))
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start) || (a.id < b.id ? -1 : 1));
}

function checkScope({ sites, requestTypes }: Prefecture, scope: ClosureScope): void {
  if ('slots' in scope) return;
  if (scope.site !== undefined && !sites.some(({ id }) => id === scope.site)) {
    throw new DomainError('site_unknown', 'there is no such site', 'site');
  }
  if (scope.requestType !== undefined && !requestTypes.some(({ id }) => id === scope.requestType)) {
    throw new DomainError('request_type_unknown', 'there is no such request type', 'requestType');
  }
}

async function namedSlots(
  store: Deps['store'],
  prefecture: string,
  ids: readonly string[],
): Promise<SlotRecord[]> {
  const found = await store.slots.getMany(prefecture, ids);
  return found.map((slot, at) => {
    if (slot) return slot;
    throw new DomainError('slot_not_found', 'no such slot', `slots[${at}]`);
  });
}

async function allSlots(store: Deps['store'], prefecture: string): Promise<SlotRecord[]> {
  const found = new Map<string, SlotRecord>();
  const read = (cursor: string) => store.slots.list(prefecture, { limit: atOnce, cursor });
  for await (const { slots } of pagesByCursor('slots', read)) {
    for (const slot of slots) found.set(slot.id, slot);
  }
  return [...found.values()];
}
