import seedrandom from 'seedrandom';
import type { Accepts, Entry, Rules, Slot, TimeWindow } from '../../src/allocator/types.ts';

export interface Pool {
  readonly entries: readonly Entry[];
  readonly slots: readonly Slot[];
  readonly rules: Rules;
}

const sites = ['nanterre', 'antony', 'boulogne', 'universite'];
const typeCount = 12;
const profileCount = 300;
const slotCount = 2_000;
const slotsPerDay = 4 * 16;
const dayMs = 86_400_000;
const firstDayMs = Date.parse('2026-12-01T00:00:00Z');
const dayCount = Math.ceil(slotCount / slotsPerDay);

/**
 * A pool like that of a large préfecture: 12 request types, 4 sites, 2,000 slots with 20,000
 * places, 300 availabilities and, for one entry in ten, dates of its own. The same count, the same
 * pool. With parties, for lottery/v2, one entry in ten has 2 to 6 people, and nothing else differs.
 */
export function createPool(entryCount: number, hasParties = false): Pool {
  // 64 hex digits: shorter seeds may stand for the same sequence.
  const random = seedrandom('7'.repeat(64));
  const below = (count: number) => Math.floor(random() * count);
  // A sequence of its own, so that the pool without parties stays what it was.
  const chance = seedrandom('8'.repeat(64));
  const party = () => (chance() < 0.1 ? { party: 2 + Math.floor(chance() * 5) } : {});
  const profiles = Array.from({ length: profileCount }, () => createAccepts(below));
  const slots = Array.from({ length: slotCount }, (_, index) => createSlot(index, below));
  const entries = Array.from({ length: entryCount }, (_, index): Entry => {
    const accepts = profiles[below(profileCount)] ?? {};
    const entry: Entry = {
      id: `e${index.toString(36).padStart(15, '0')}`,
      // A few types are wanted much more than the others.
      requestType: `type-${Math.floor(typeCount * random() ** 2)}`,
      missed: below(6),
      ...(below(50) === 0 ? { priority: true } : {}),
      accepts: below(10) === 0 ? { ...accepts, ...ownDates(below) } : accepts,
      ...(hasParties ? party() : {}),
    };
    // As a parser gives it: no two entries share an object.
    return JSON.parse(JSON.stringify(entry));
  });
  const rules: Rules = {
    quotas: { 'type-11': { min: 1_000 }, 'type-0': { max: 4_000 } },
    priorityMax: 400,
    // One ticket each, as the floor that draws are compared with has it.
    ageing: { guaranteeAfter: 5 },
  };
  return { entries, slots, rules };
}

/** Integers from 0, below a count. */
type Below = (count: number) => number;

function createSlot(index: number, below: Below): Slot {
  const day = dateOf(Math.floor(index / slotsPerDay));
  const halfHour = Math.floor(index / sites.length) % 16;
  const hour = `${9 + Math.floor(halfHour / 2)}`.padStart(2, '0');
  const first = below(typeCount);
  return {
    id: `s${index.toString().padStart(5, '0')}`,
    site: sites[index % sites.length] ?? '',
    start: `${day}T${hour}:${halfHour % 2 === 0 ? '00' : '30'}:00+01:00`,
    capacity: 10,
    requestTypes: [0, 1, 2, 3].map((step) => `type-${(first + step * 3) % typeCount}`),
  };
}

function createAccepts(below: Below): Accepts {
  const first = below(sites.length);
  const windows = Array.from({ length: 1 + below(3) }, (_, index): TimeWindow => {
    const from = 8 + below(8);
    return {
      days: [1, 2, 3, 4, 5, 6, 7].filter((day) => day % 3 === index || below(2) === 0),
      from: `${from}`.padStart(2, '0').concat(':00'),
      until: `${Math.min(from + 2 + below(6), 24)}`.padStart(2, '0').concat(':00'),
    };
  }).filter(({ days }) => days.length > 0);
  return {
    ...(below(3) === 0
      ? {}
      : { sites: [...new Set([...sites.slice(first), ...sites.slice(0, below(2))])] }),
    ...(windows.length === 0 ? {} : { windows }),
  };
}

function ownDates(below: Below): Accepts {
  const from = below(dayCount);
  return { notBefore: dateOf(from), notAfter: dateOf(from + 1 + below(dayCount)) };
}

function dateOf(day: number): string {
  return new Date(firstDayMs + day * dayMs).toISOString().slice(0, 10);
}
