import { isLiveEntry } from '../../domain/entries/state.ts';
import { decodeHelper, decodeMandate } from '../helpers/codec.ts';
import { itemInvariant, type Judge } from './items.ts';
import { decodeQuietly } from './named-entries.ts';
import { pagesOf, text } from './read.ts';
import type { CheckContext, Invariant } from './types.ts';

/** Whatever acts for a helper acts for one that is there. */
const ofHelper: Judge<{ readonly helper: string }> = {
  name: 'helpers',
  needs: ({ helper }, { keys }) => [['hexists', keys.helpers, helper]],
  judge: (_value, [exists]) => (exists === 1 ? [] : ['is of a helper that is not there']),
};

export const helpers: Invariant = itemInvariant({
  things: 'helpers',
  one: 'helper',
  container: 'hash',
  key: ({ keys }) => keys.helpers,
  decode: ({ id }, raw) => decodeHelper(id, raw),
  judges: [],
});

export const helperKeys: Invariant = itemInvariant({
  things: 'helper keys',
  one: 'helper key',
  container: 'hash',
  key: ({ keys }) => keys.helperKeys,
  decode: (_item, helper) => ({ helper }),
  judges: [ofHelper],
});

/**
 * A mandate counts for the cap of its helper while its entry is live, unless an agent ended it.
 * One without an entry is of somebody who is about to be entered.
 */
const counted: Judge<ReturnType<typeof decodeMandate> & { readonly entry: string }> = {
  name: 'mandates',
  needs: ({ helper, entry }, { keys }) => [
    ['hget', keys.entries, entry],
    ['sismember', keys.helperEntries(helper), entry],
  ],
  judge({ entry: id, ended }, [raw, isCounted]) {
    const stored = text(raw);
    const state = stored === null ? undefined : decodeQuietly(id, stored)?.state;
    if (state === 'erased') return ['is of an entry that was erased'];
    const counts = state !== undefined && isLiveEntry(state) && ended?.by !== 'agent';
    return counts && isCounted !== 1 ? ['is not counted for its helper'] : [];
  },
};

export const mandates: Invariant = itemInvariant({
  things: 'mandates',
  one: 'mandate',
  container: 'hash',
  key: ({ keys }) => keys.mandates,
  decode: ({ id }, raw) => ({ ...decodeMandate(raw), entry: id }),
  judges: [ofHelper, counted],
});

interface CountedEntry {
  readonly helper: string;
  readonly entry: string;
}

/** What counts for a helper's cap is by a mandate of that helper, as long as the entry is live. */
const byMandate: Judge<CountedEntry> = {
  name: 'mandates',
  needs: ({ entry }, { keys }) => [
    ['hget', keys.mandates, entry],
    ['hget', keys.entries, entry],
  ],
  judge({ helper, entry }, replies) {
    const [mandate = null, stored = null] = replies.map(text);
    if (mandate !== null) return isOf(mandate, helper) ? [] : ['is there by no mandate of its own'];
    // Who was erased is forgotten here when the helper has no more room.
    const state = stored === null ? 'erased' : decodeQuietly(entry, stored)?.state;
    return state !== undefined && isLiveEntry(state) ? ['is there without a mandate'] : [];
  },
};

function isOf(mandate: string, helper: string): boolean {
  try {
    return decodeMandate(mandate).helper === helper;
  } catch {
    return true; // said of the mandate itself
  }
}

export const helperEntries: Invariant = itemInvariant({
  things: 'entries of helpers',
  one: 'entry',
  container: 'set',
  key: ({ keys }, helper) => keys.helperEntries(helper),
  scopes: helperIds,
  decode: ({ scope, id }): CountedEntry => ({ helper: scope, entry: id }),
  judges: [byMandate],
});

async function* helperIds({ redis, keys }: CheckContext): AsyncGenerator<string[]> {
  for await (const page of pagesOf(redis, 'hash', keys.helpers)) yield page.map(({ id }) => id);
}
