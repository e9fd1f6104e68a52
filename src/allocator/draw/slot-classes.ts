import type { Identifier } from '../../base/types.ts';
import { windowsLeaf } from '../record/leaf.ts';
import type { Accepts, Slot, TimeWindow } from '../types.ts';
import { addAll, type Bits, emptyBits, keepCommon, keepRange, setBit } from './bits.ts';
import { isAccepted, type LocalStart, localStart } from './eligibility.ts';

/** Slots that every entry sees alike: the same site, the same start, the same request types. */
export interface SlotClass {
  readonly site: Identifier;
  readonly start: LocalStart;
  /** Places of all its slots together. */
  readonly capacity: number;
  /** Its slots, by id. */
  readonly slots: readonly Slot[];
}

/** The slots of a draw, grouped, with an index of who may take them. Classes are numbers from 0. */
export interface SlotClasses {
  /** By local date, so that a range of dates is a range of numbers. */
  readonly classes: readonly SlotClass[];
  /** The classes that serve a request type; undefined if none does. */
  serving(requestType: Identifier): Bits | undefined;
  /** Narrows a set of classes down to those that lie within what a person accepts. */
  narrow(classes: Bits, accepts: Accepts): void;
}

interface Index {
  readonly classes: readonly SlotClass[];
  readonly byType: ReadonlyMap<Identifier, Bits>;
  readonly bySite: ReadonlyMap<Identifier, Bits>;
  /** Every weekday and time of day at which a class begins. */
  readonly moments: readonly { readonly start: LocalStart; readonly classes: Bits }[];
  /** The classes within windows that were asked for before. */
  readonly byWindows: Map<string, Bits>;
}

/** Windows kept in mind: enough for those that forms propose, not for everybody's own. */
const mostWindows = 4_096;

/** Groups the slots of a draw. Pure. */
export function groupSlots(slots: readonly Slot[]): SlotClasses {
  const classes = classesOf(slots);
  const index: Index = {
    classes,
    byType: indexBy(classes, ({ slots: [slot] }) => slot?.requestTypes ?? []),
    bySite: indexBy(classes, ({ site }) => [site]),
    moments: momentsOf(classes),
    byWindows: new Map(),
  };
  return {
    classes,
    serving: (requestType) => index.byType.get(requestType),
    narrow: (bits, accepts) => narrow(index, bits, accepts),
  };
}

function classesOf(slots: readonly Slot[]): SlotClass[] {
  const groups = new Map<string, Slot[]>();
  for (const slot of slots) {
    // No identifier holds a space or a comma.
    const key = `${slot.start} ${slot.site} ${slot.requestTypes.toSorted().join()}`;
    const group = groups.get(key);
    if (group) group.push(slot);
    else groups.set(key, [slot]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, group]) => ({
      site: key.split(' ')[1] ?? '',
      start: localStart(key),
      capacity: group.reduce((sum, { capacity }) => sum + capacity, 0),
      slots: group.sort((a, b) => (a.id < b.id ? -1 : 1)),
    }));
}

function indexBy<Key>(
  classes: readonly SlotClass[],
  keysOf: (slotClass: SlotClass) => readonly Key[],
): Map<Key, Bits> {
  const index = new Map<Key, Bits>();
  for (const [number, slotClass] of classes.entries()) {
    for (const key of keysOf(slotClass)) {
      const bits = index.get(key) ?? emptyBits(classes.length);
      setBit(bits, number);
      index.set(key, bits);
    }
  }
  return index;
}

function momentsOf(classes: readonly SlotClass[]): Index['moments'] {
  const momentOf = ({ start }: SlotClass) => `${start.weekday} ${start.time}`;
  return [...indexBy(classes, (slotClass) => [momentOf(slotClass)])].map(([moment, bits]) => ({
    start: { date: '', weekday: Number(moment.slice(0, 1)), time: moment.slice(2) },
    classes: bits,
  }));
}

function narrow(index: Index, bits: Bits, accepts: Accepts): void {
  const { sites, windows, notBefore, notAfter } = accepts;
  if (sites) {
    const there = emptyBits(index.classes.length);
    for (const site of sites) {
      const classes = index.bySite.get(site);
      if (classes) addAll(there, classes);
    }
    keepCommon(bits, there);
  }
  if (notBefore !== undefined || notAfter !== undefined) {
    const from = notBefore === undefined ? 0 : firstFrom(index.classes, notBefore);
    // No date continues another one, so a date with any text behind it lies between it and the next.
    const until = notAfter === undefined ? undefined : firstFrom(index.classes, `${notAfter}~`);
    keepRange(bits, from, until ?? index.classes.length);
  }
  if (windows) keepCommon(bits, within(index, windows));
}

/** The number of the first class whose local date is not before a text. */
function firstFrom(classes: readonly SlotClass[], date: string): number {
  let [low, high] = [0, classes.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((classes[middle]?.start.date ?? '') < date) low = middle + 1;
    else high = middle;
  }
  return low;
}

function within(index: Index, windows: readonly TimeWindow[]): Bits {
  const { classes, moments, byWindows } = index;
  const key = windowsLeaf(windows);
  const known = byWindows.get(key);
  if (known) return known;
  const bits = emptyBits(classes.length);
  for (const { start, classes: then } of moments) {
    if (isAccepted({ windows }, '', start)) addAll(bits, then);
  }
  if (byWindows.size < mostWindows) byWindows.set(key, bits);
  return bits;
}
