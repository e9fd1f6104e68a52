import { DomainError } from '../../base/errors.ts';
import { minuteMs } from '../../base/units.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { JoinOptions, JoinOutcome } from '../../store/entries/join.ts';
import type { Store } from '../../store/store.ts';

type Stores = Pick<Store, 'entries' | 'flags'>;

/**
 * Adds an entry. A person who never handed in the code, or mistyped the address it went to, is not
 * locked out: an unverified entry whose code has expired makes way, to one of the same person and to
 * one with the same contact. Where a contact has as many as it may, and no code has expired, the oldest
 * that nobody has confirmed for a minute makes way: strangers keep no address for longer.
 *
 * Whoever gives documents of several entries at once shows that these may be one person: an agent
 * is asked to look.
 */
export async function addEntry(
  stores: Stores,
  prefecture: string,
  entry: EntryRecord,
  nowMs: number,
  options: JoinOptions,
): Promise<JoinOutcome> {
  const first = await stores.entries.join(prefecture, entry, options);
  if (first.outcome !== 'duplicate' && first.outcome !== 'exhausted') return first;
  const makes =
    (await anyMakesWay(stores, prefecture, first.entries, nowMs)) ||
    (first.outcome === 'exhausted' &&
      (await oldestMakesWay(stores, prefecture, first.entries, nowMs)));
  const outcome = makes ? await stores.entries.join(prefecture, entry, options) : first;
  // The people of a party are several, and may have as many entries.
  if (outcome.outcome === 'duplicate' && outcome.entries.length > 1 && !entry.party) {
    const [one = '', ...others] = outcome.entries;
    for (const other of others) {
      await stores.flags.raise(prefecture, [one, other], 'document', nowMs);
    }
  }
  return outcome;
}

/** The entry that has waited longest for its code to be handed in, from a minute on. */
async function oldestMakesWay(
  { entries }: Pick<Stores, 'entries'>,
  prefecture: string,
  ids: readonly string[],
  nowMs: number,
): Promise<boolean> {
  const found = await Promise.all(ids.map((id) => entries.get(prefecture, id)));
  const [oldest] = found
    .filter((entry) => entry !== undefined)
    .filter(({ state, joinedAtMs }) => state === 'unverified' && joinedAtMs + minuteMs <= nowMs)
    .toSorted((a, b) => a.joinedAtMs - b.joinedAtMs);
  return oldest !== undefined && expires({ entries }, prefecture, oldest.id, nowMs);
}

/** Looks at all of them: of a duplicate every one has to go, of a contact as many as can. */
export async function anyMakesWay(
  stores: Pick<Stores, 'entries'>,
  prefecture: string,
  ids: readonly string[],
  nowMs: number,
): Promise<boolean> {
  let made = false;
  for (const id of ids) {
    if (await makesWay(stores, prefecture, id, nowMs)) made = true;
  }
  return made;
}

async function makesWay(
  { entries }: Pick<Stores, 'entries'>,
  prefecture: string,
  id: string,
  nowMs: number,
): Promise<boolean> {
  const existing = await entries.get(prefecture, id);
  if (!existing) return true;
  const { state, code } = existing;
  if (state !== 'unverified' || (code && nowMs < code.expiresAtMs)) return false;
  return expires({ entries }, prefecture, id, nowMs);
}

async function expires(
  { entries }: Pick<Stores, 'entries'>,
  prefecture: string,
  id: string,
  nowMs: number,
): Promise<true> {
  try {
    await entries.leave(prefecture, id, 'expire', nowMs);
  } catch (error) {
    // Someone else made it leave meanwhile. Whoever joins first now is the one entry.
    if (!(error instanceof DomainError)) throw error;
  }
  return true;
}
