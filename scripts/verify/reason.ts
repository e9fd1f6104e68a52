import { isAccepted, localStart } from '../../src/allocator/eligibility.ts';
import type { Entry, Quota } from '../../src/allocator/types.ts';
import type { RecomputedDraw } from '../../src/allocator/verify.ts';

/** Why an entry was not drawn. */
export type Reason =
  | 'no_slot_for_type'
  | 'availability_too_narrow'
  | 'cap_reached'
  | 'rank_too_low';

/**
 * Why an entry that did not win was turned away when its turn came in the open pass (lottery/v1
 * §4): exact, from the result alone. Pure.
 *
 * @param better how many winners are ranked before it.
 */
export function whyNotDrawn(draw: RecomputedDraw, entry: Entry, better: number): Reason {
  const { slots, manifest } = draw;
  const { requestType, accepts } = entry;
  const serving = slots.filter(({ requestTypes }) => requestTypes.includes(requestType));
  if (serving.length === 0) return 'no_slot_for_type';
  if (!serving.some(({ site, start }) => isAccepted(accepts, site, localStart(start)))) {
    return 'availability_too_narrow';
  }
  const quotas = new Map(Object.entries(manifest.rules.quotas ?? {}));
  const quota = quotas.get(requestType) ?? {};
  const taken = takenAtTurn(draw, requestType, quota, better);
  return taken >= (quota.max ?? Number.POSITIVE_INFINITY) ? 'cap_reached' : 'rank_too_low';
}

/**
 * The winners of a type when the open pass came to an entry. Who fails in an early pass fails in
 * the later ones too, so each early pass took the best ranked of the winners it could take.
 */
function takenAtTurn(
  { winners, entries, manifest }: RecomputedDraw,
  requestType: string,
  { min = 0 }: Quota,
  better: number,
): number {
  let ofPriorityPass = manifest.rules.priorityMax ?? 0;
  let early = 0;
  const others: number[] = [];
  for (const [place, { entry: id }] of winners.entries()) {
    const winner = entryOf(entries, id);
    const isEarly = winner?.priority === true && ofPriorityPass > 0;
    if (isEarly) ofPriorityPass -= 1;
    if (winner?.requestType !== requestType) continue;
    if (isEarly) early += 1;
    else others.push(place);
  }
  const guaranteed = Math.min(others.length, Math.max(0, min - early));
  const open = others.slice(guaranteed).filter((place) => place < better);
  return early + guaranteed + open.length;
}

/** The entry of that id, among entries by id. Pure. */
export function entryOf(entries: readonly Entry[], id: string): Entry | undefined {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.id ?? '') < id) low = middle + 1;
    else high = middle;
  }
  return entries[low]?.id === id ? entries[low] : undefined;
}
