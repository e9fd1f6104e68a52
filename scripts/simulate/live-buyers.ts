import type { KindOf } from './live-compare.ts';
import type { DrawnRecord } from './live-record.ts';

export interface BuyersResult {
  readonly buyers: number;
  /** Places that a bot took and gave up at once. */
  readonly givenUp: number;
  /** Of these, how many went to somebody else by now. */
  readonly refilled: number;
  /** Of these, how many went to the buyer of that very bot, and how many would by chance. */
  readonly gotByBuyer: number;
  readonly expectedByChance: number;
  /** Share that was offered a place in the end, in any way: buyers, and all other people. */
  readonly buyerChance: number;
  readonly otherChance: number;
}

/** What leaves a place with whoever has it. */
const keeps: readonly string[] = ['offered', 'extended', 'accepted'];

interface Freed {
  readonly isBot: boolean;
  readonly buyer: string | undefined;
}

/**
 * Follows each place that a bot gave up to whoever got it next. `buyers`: entry of the bot → entry
 * of who paid. By chance: a place that goes to a person of the buyer's request type goes to each of
 * those who wait with the same probability, because buyers are people like others.
 */
export function followBuyers(
  record: DrawnRecord,
  buyers: ReadonlyMap<string, string>,
  kindOf: KindOf,
): BuyersResult {
  const typeOf = new Map(record.entries.map(({ id, requestType }) => [id, requestType]));
  const offered = new Set(record.winners.map(({ entry }) => entry));
  const waiting = new Map<string, Set<string>>();
  for (const { id, requestType } of record.entries) {
    if (kindOf(id) !== 'person' || offered.has(id)) continue;
    const list = waiting.get(requestType) ?? new Set();
    waiting.set(requestType, list.add(id));
  }
  const leave = (entry: string) => waiting.get(typeOf.get(entry) ?? '')?.delete(entry);

  // By slot: who gave its places up, in turn; for a bot, with its buyer.
  const freed = new Map<string, Freed[]>();
  const holds = new Map(record.winners.map(({ entry, slot }) => [entry, slot]));
  const free = (entry: string, by: Freed) => {
    const slot = holds.get(entry);
    holds.delete(entry);
    if (slot !== undefined) freed.set(slot, [...(freed.get(slot) ?? []), by]);
  };
  const counts = { givenUp: 0, refilled: 0, gotByBuyer: 0, expectedByChance: 0 };
  for (const event of record.events) {
    if (event.type === 'void') break;
    if (event.type === 'refilled') {
      const by = freed.get(event.slot)?.shift();
      const rivals = waiting.get(typeOf.get(event.entry) ?? '');
      if (by?.isBot) {
        counts.refilled += 1;
        if (by.buyer === event.entry) counts.gotByBuyer += 1;
        if (rivals?.has(by.buyer ?? '') && rivals.has(event.entry)) {
          counts.expectedByChance += 1 / rivals.size;
        }
      }
      leave(event.entry);
      offered.add(event.entry);
      holds.set(event.entry, event.slot);
    } else if (event.type === 'cancelled' && kindOf(event.entry) === 'bot') {
      counts.givenUp += 1;
      free(event.entry, { isBot: true, buyer: buyers.get(event.entry) });
    } else if ('entry' in event && !keeps.includes(event.type)) {
      leave(event.entry);
      free(event.entry, { isBot: false, buyer: undefined });
    }
  }

  const paid = new Set(buyers.values());
  const people = record.entries.filter(({ id }) => kindOf(id) === 'person').map(({ id }) => id);
  const chance = (ids: readonly string[]) =>
    ids.length === 0 ? 0 : ids.filter((id) => offered.has(id)).length / ids.length;
  return {
    buyers: paid.size,
    ...counts,
    buyerChance: chance(people.filter((id) => paid.has(id))),
    otherChance: chance(people.filter((id) => !paid.has(id))),
  };
}
