import seedrandom from 'seedrandom';
import type { Accepts, Entry, Slot } from '../../src/allocator/types.ts';

/** Entries in rank order, and the slots they compete for. */
export interface HardPool {
  readonly entries: readonly Entry[];
  readonly slots: readonly Slot[];
}

/** As in the pool of a large préfecture; six where that is what a party fills. */
const capacity = 10;
/** One slot line for so many entries, so that a pool ten times as large has ten times the places. */
const entriesPerSlot = 100;
const dayMs = 86_400_000;
const firstDayMs = Date.parse('2026-12-01T00:00:00Z');

const dateOf = (day: number) => new Date(firstDayMs + day * dayMs).toISOString().slice(0, 10);
const timeOf = (minute: number) => {
  const [hour, rest] = [Math.floor(minute / 60), minute % 60];
  return `${String(hour).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
};

/** Sixteen slots a day, half an hour apart. */
function slotAt(index: number, requestTypes: readonly string[]): Slot {
  const start = `${dateOf(Math.floor(index / 16))}T${timeOf(540 + 30 * (index % 16))}:00+01:00`;
  return { id: `s${index}`, site: 'nanterre', start, capacity, requestTypes };
}

type Below = (count: number) => number;

function poolOf(
  count: number,
  typesOf: (slot: number) => readonly string[],
  entryOf: (index: number, slots: number, below: Below) => Omit<Entry, 'id' | 'missed'>,
): HardPool {
  const random = seedrandom('7'.repeat(64));
  const below: Below = (most) => Math.floor(random() * most);
  const slotCount = count / entriesPerSlot;
  const slots = Array.from({ length: slotCount }, (_, index) => slotAt(index, typesOf(index)));
  const entries = Array.from({ length: count }, (_, index): Entry => {
    return { id: `e${index}`, missed: 0, ...entryOf(index, slotCount, below) };
  });
  return { entries, slots };
}

const one = () => ['AES'];
const lastDay = (slots: number) => Math.ceil(slots / 16);

/** One slot and no other. */
function wantingSlot(index: number): { requestType: string; accepts: Accepts } {
  const [date, from] = [dateOf(Math.floor(index / 16)), 540 + 30 * (index % 16)];
  const windows = [{ days: [1, 2, 3, 4, 5, 6, 7], from: timeOf(from), until: timeOf(from + 30) }];
  return { requestType: 'AES', accepts: { windows, notBefore: date, notAfter: date } };
}

/** What is hard for a matching, each for a number of entries that 1,600 divides well. Pure. */
export const hardPools: Readonly<Record<string, (count: number) => HardPool>> = {
  'every entry its own profile': (count) =>
    poolOf(count, one, (_, slots, below): { requestType: string; accepts: Accepts } => {
      const [from, first] = [480 + below(420), below(lastDay(slots))];
      const windows = [
        { days: [1, 2, 3, 4, 5, 6, 7], from: timeOf(from), until: timeOf(from + 60) },
      ];
      const notAfter = dateOf(first + 1 + below(lastDay(slots)));
      return { requestType: 'AES', accepts: { windows, notBefore: dateOf(first), notAfter } };
    }),
  'one request type wanting one slot': (count) =>
    poolOf(count, one, () => {
      const windows = [{ days: [2], from: '09:00', until: '09:30' }];
      const [notBefore, notAfter] = [dateOf(0), dateOf(0)];
      return { requestType: 'AES', accepts: { windows, notBefore, notAfter } };
    }),
  'slots that serve two types each, in a chain': (count) =>
    poolOf(
      count,
      (slot) => [`t${slot}`, `t${slot + 1}`],
      (_, slots, below) => ({ requestType: `t${below(slots + 1)}` }),
    ),
  'all parties, wanting one slot each': (count) =>
    poolOf(count, one, (index, slots, below) => {
      return { ...wantingSlot(below(slots)), party: 2 + (index % 5) };
    }),
  'parties of six in slots of six that singles have half filled': (count) => {
    // Half of the places are wanted by single people of that very slot, who come first; then all
    // others come by six, and accept any slot.
    const { slots, entries } = poolOf(count, one, (index, slotCount) => {
      return index < 3 * slotCount
        ? wantingSlot(index % slotCount)
        : { requestType: 'AES', party: 6 };
    });
    return { entries, slots: slots.map((slot) => ({ ...slot, capacity: 6 })) };
  },
  'parties of six where half of the singles can move': (count) => {
    const { slots, entries } = poolOf(count, one, (index, slotCount, below) => {
      if (index >= 6 * slotCount) return { requestType: 'AES', party: 6 };
      if (index % 2 === 0) return wantingSlot(below(slotCount));
      return { requestType: 'AES', accepts: { notAfter: dateOf(below(lastDay(slotCount))) } };
    });
    return { entries, slots: slots.map((slot) => ({ ...slot, capacity: 6 })) };
  },
  'all availabilities nested': (count) =>
    poolOf(count, one, (_, slots, below) => {
      return { requestType: 'AES', accepts: { notAfter: dateOf(below(lastDay(slots))) } };
    }),
};
