import { audit } from './audit.ts';
import { closedSlots, closures } from './closures.ts';
import { counts } from './counts.ts';
import { draws, frozenDraws, unfinishedDraws } from './draws.ts';
import { entries } from './entries.ts';
import { flags, openFlags, settledFlags } from './flags.ts';
import { helperEntries, helperKeys, helpers, mandates } from './helpers.ts';
import { keys } from './keys.ts';
import { deadLetters, letters, mailDue } from './messages.ts';
import { clues, identities } from './named-entries.ts';
import { deadlines, offers, reminders } from './offers.ts';
import { places } from './places.ts';
import { prefecture } from './prefecture.ts';
import { records } from './records.ts';
import { register } from './register.ts';
import { returned } from './returned.ts';
import { schedules } from './schedules.ts';
import { agents, appeals, priorities, slots, suspensions } from './small.ts';
import type { CheckContext, Fault, Finding, Invariant } from './types.ts';

/** All that is checked, in this order. */
export const INVARIANTS: readonly Invariant[] = [
  ...[prefecture, keys, agents],
  ...[slots, closures, closedSlots, entries, identities, clues, counts],
  ...[priorities, appeals, suspensions, flags, openFlags, settledFlags],
  ...[draws, unfinishedDraws, frozenDraws, offers, deadlines, reminders, places],
  ...[returned, records],
  ...[helpers, helperKeys, helperEntries, mandates],
  ...[mailDue, letters, deadLetters, schedules, audit, register],
];

export interface CheckOptions {
  /** Faults after which it ends. */
  readonly most: number;
  /** Lets some time pass before a suspicion is looked at again. Absent: the store stands still. */
  readonly pause?: () => Promise<void>;
  /** Is told after each page. */
  readonly onLooked?: (things: string, looked: number) => void;
}

export interface CheckReport {
  readonly faults: readonly Fault[];
  /** How many of each thing were looked at. */
  readonly looked: ReadonlyMap<string, number>;
  /** Whether it ended before everything was looked at. */
  readonly isCut: boolean;
}

/** Looks at a suspicion beside the first one. */
const moreLooks = 2;

/**
 * Checks everything that a prefecture stores, and names what is wrong. Reads only.
 *
 * **Memory** is bounded: hashes, sets and lists are read in pages of about a hundred, records part by
 * part (1 MiB). What is kept: a line a draw, a number a slot, of the draw in hand the entries that
 * its events name, and 16 to 32 bytes an entry (fingerprints.ts).
 *
 * **Safe while the service runs**, without a false alarm:
 * 1. All that one thing is judged by is read at one instant (MULTI). What belongs together is
 *    written by one script, so such a reading shows all of a step or nothing of it. Where it takes
 *    two readings, because one says what to read next, the first is compared again in the second.
 * 2. Sums over more than an instant can show are bounds: what was the same before and after an instant
 *    was so at it, and what changed meanwhile may have been either (counts.ts, places.ts). Lists that
 *    are only appended to are read as far as they went at one instant (records.ts, register.ts).
 * 3. Some acts are several steps (an appeal: its text, then its entry). So whatever looks wrong is
 *    looked at twice more, each time after `pause`; a fault is what is there each time.
 *
 * What others change in every one of 20 readings is left alone.
 */
export async function checkStore(
  context: CheckContext,
  options: CheckOptions,
): Promise<CheckReport> {
  const faults = new Map<string, Fault>();
  const looked = new Map<string, number>();
  for (const invariant of INVARIANTS) {
    for await (const { found, size } of lookThrough(context, invariant, options)) {
      for (const fault of found) faults.set(fault.text, fault);
      looked.set(invariant.things, (looked.get(invariant.things) ?? 0) + size);
      options.onLooked?.(invariant.things, size);
      if (faults.size >= options.most) {
        return { faults: [...faults.values()].slice(0, options.most), looked, isCut: true };
      }
    }
  }
  return { faults: [...faults.values()], looked, isCut: false };
}

interface LookedPage {
  readonly found: readonly Fault[];
  readonly size: number;
}

/** Page by page. Where a key is of another type nothing can be said of what it should hold. */
async function* lookThrough(
  context: CheckContext,
  invariant: Invariant,
  options: CheckOptions,
): AsyncGenerator<LookedPage> {
  try {
    for await (const page of invariant.pages(context)) {
      const found = await confirmed(context, invariant, options, page);
      yield { found: found.map(({ fault }) => fault), size: page.length };
    }
  } catch (error) {
    if (!(error instanceof Error && /WRONGTYPE/.test(error.message))) throw error;
    const text = `${invariant.things} cannot be gone through: a key is of another type`;
    yield { found: [{ invariant: 'values', text }], size: 0 };
  }
}

/** The faults of a page that are there at every look. */
async function confirmed(
  context: CheckContext,
  invariant: Invariant,
  { pause }: CheckOptions,
  page: Parameters<Invariant['lookAt']>[1],
): Promise<Finding[]> {
  let suspected = await invariant.lookAt(context, page);
  for (let look = 0; pause && look < moreLooks && suspected.length > 0; look += 1) {
    await pause();
    const items = [...new Set(suspected.map(({ item }) => item))];
    const again = await invariant.lookAt(context, items);
    // By what it is about, not by its words: those may hold a number that goes on.
    const before = new Set(suspected.map(aboutOf));
    suspected = again.filter((finding) => before.has(aboutOf(finding)));
  }
  return suspected;
}

function aboutOf({ item, fault }: Finding): string {
  return `${fault.invariant} ${item.scope} ${item.id}`;
}
