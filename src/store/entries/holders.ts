import { peopleOf } from '../../domain/entries/party.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { pagesOfHash } from '../core/scan-hash.ts';
import { decodeEntry, holdsByText } from './codec.ts';

/** An entry that has an open offer or an appointment. */
export interface Holder {
  readonly id: string;
  readonly requestType: string;
  readonly draw: string;
  readonly slot: string;
  readonly isBooked: boolean;
  /** People who come. */
  readonly people: number;
}

/** Entries read at a time. */
const atOnce = 500;

/**
 * Who has an open offer or an appointment in one of these slots, page by page: whoever does from the
 * first page to the last is on one, perhaps on two. Passes every entry of the prefecture, but reads
 * only those that hold something: about a second for a million.
 */
export async function* pagesOfHolders(
  redis: Connection,
  prefecture: string,
  slots: ReadonlySet<string>,
): AsyncGenerator<Holder[]> {
  if (slots.size === 0) return;
  const { entries } = keysOf(prefecture);
  for await (const { found } of pagesOfHash(redis, entries, { cursor: '0', count: atOnce })) {
    const holders: Holder[] = [];
    for (let at = 0; at < found.length; at += 2) {
      const [id = '', raw = ''] = found.slice(at, at + 2);
      if (!holdsByText(raw)) continue;
      const entry = decodeEntry(id, raw);
      if (!entry.held || !slots.has(entry.held.slot)) continue;
      const { draw, slot } = entry.held;
      const { requestType, state } = entry;
      const people = peopleOf(entry);
      holders.push({ id, requestType, draw, slot, isBooked: state === 'booked', people });
    }
    yield holders;
  }
}
