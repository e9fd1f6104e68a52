import { isEligible } from '#src/allocator/draw/eligibility.ts';
import { eventLine } from '#src/allocator/record/record.ts';
import type { SeriesLeaf } from '#src/allocator/record/series.ts';
import type { Entry, RecordEvent, Rules, Slot } from '#src/allocator/types.ts';
import { PlainReserve, possibleEvents } from './plain-reserve.ts';
import { drawnVector } from './tampering.ts';
import { recordOf, reserveInput, type Vector } from './vector-records.ts';

// lottery/v2 §9 read aloud: every draw is looked through anew for every entry.

export interface PlayedDraw {
  readonly example: Vector;
  readonly events: readonly { readonly at: string; readonly event: RecordEvent }[];
}

const instant = (seconds: number) =>
  `${new Date(Date.UTC(2026, 10, 2) + 1000 * seconds).toISOString().slice(0, 19)}Z`;

/** What an entry must say in a later draw, by all the draws before it. */
export function plainNext(
  before: readonly PlayedDraw[],
  id: string,
  later: { readonly frozenAt: string; readonly rules: Rules },
) {
  const took = before.filter(({ example }) => example.entries.some((entry) => entry.id === id));
  const last = took.at(-1);
  if (!last) throw new Error(`${id} is new`);
  const own = last.example.entries.find((entry) => entry.id === id) as Entry; // found above
  const { slots } = last.example;
  const isMiss = slots.some((slot) => isEligible(own, slot)) && !hadOffer(last, id, later.frozenAt);
  const ends = endOf(last, id, later.frozenAt);
  const rest = later.rules.ageing?.guaranteeRest ?? 0;
  const lately = rest === 0 ? [] : took.slice(-rest);
  return {
    missed: own.missed + (isMiss ? 1 : 0),
    owed:
      (own.owed === true && !hadOffer(last, id, later.frozenAt)) ||
      ends === 'revoked' ||
      ends === 'closed',
    resting: lately.some((draw) => {
      const there = draw.example.entries.find((entry) => entry.id === id);
      const after = draw.example.manifest.rules.ageing?.guaranteeAfter ?? Infinity;
      const isGuaranteed = !there?.resting && (there?.missed ?? 0) >= after;
      const end = endOf(draw, id, later.frozenAt) ?? '';
      return isGuaranteed && ['declined', 'expired', 'cancelled'].includes(end);
    }),
  };
}

function hadOffer({ events }: PlayedDraw, id: string, before: string): boolean {
  return events.some(({ at, event }) => {
    const isOffer = event.type === 'offered' || event.type === 'refilled';
    return isOffer && event.entry === id && at < before;
  });
}

/** By what its place, offer or appointment ended before an instant, if it did. */
function endOf({ example, events }: PlayedDraw, id: string, before: string): string | undefined {
  const plain = new PlainReserve(reserveInput(example));
  for (const { at, event } of events) {
    if (at >= before) return undefined;
    const held = plain.held.has(id);
    plain.apply(event, at);
    if (held && !plain.held.has(id)) return event.type;
  }
  return undefined;
}

const slotsOf = (capacities: readonly number[]): Slot[] =>
  capacities.map((capacity, n) => ({
    id: `s${n}`,
    site: n === 0 ? 'antony' : 'nanterre',
    start: `2027-01-0${n + 1}T09:00:00+01:00`,
    capacity,
    requestTypes: ['AES'],
  }));

/** A series of draws, and the leaves of a register that explain its new entries; chosen by numbers. */
export function playSeries(choices: readonly number[], count = 4) {
  let turn = 0;
  const choose = (below: number) => (choices[turn++ % choices.length] ?? 0) % below;
  const draws: PlayedDraw[] = [];
  const leaves: SeriesLeaf[] = [];
  const known = new Set<string>();
  const gone = new Set<string>();
  for (let k = 0; k < count; k++) {
    const frozenAt = instant(10 * k);
    const rules: Rules = { ageing: { guaranteeAfter: 1, guaranteeRest: choose(3) } };
    const entries: Entry[] = [];
    const add = (id: string, members: Partial<Entry>) => {
      const far = choose(6) === 0 ? { accepts: { sites: ['far'] } } : {};
      entries.push({ id, requestType: 'AES', missed: 0, ...far, ...members });
    };
    for (const id of known) {
      if (gone.has(id)) continue;
      const { missed, owed, resting } = plainNext(draws, id, { frozenAt, rules });
      const then = { missed, ...(owed && { owed }), ...(resting && { resting }) };
      const way = choose(8);
      const party = choose(4) === 0 ? { party: 2 + choose(2) } : {};
      if (way === 0) continue;
      if (way === 1 && missed > 0) {
        const to = `${id}.${k}`;
        leaves.push({ kind: 'carried', from: id, to, missed });
        gone.add(id);
        add(to, { missed });
      } else
        add(id, { ...then, ...party, ...(choose(9) === 0 ? { priority: true as const } : {}) });
    }
    for (let n = 0; n < (k === 0 ? 6 : 2); n++) {
      const missed = k > 0 && choose(3) === 0 ? 1 + choose(3) : 0;
      if (missed > 0) leaves.push({ kind: 'credited', entry: `n${k}.${n}`, missed });
      add(`n${k}.${n}`, { missed, ...(choose(3) === 0 ? { party: 2 } : {}) });
    }
    for (const { id } of entries) known.add(id);
    const slots = slotsOf([1 + choose(2), 2 + choose(2)]);
    draws.push(play(drawAt(`d${k}`, frozenAt, { entries, slots, rules }), 10 * k, 24, choose));
  }
  return { draws, leaves };
}

/** A draw of v2 by an operator's secret, frozen at an instant. */
export function drawAt(
  draw: string,
  frozenAt: string,
  pool: {
    readonly entries: readonly Entry[];
    readonly slots: readonly Slot[];
    readonly rules: Rules;
  },
): Vector {
  return drawnVector({ ...pool, algorithm: 'lottery/v2', draw, frozenAt });
}

/** Two events each second; some of them after the next freeze. */
function play(
  example: Vector,
  from: number,
  most: number,
  choose: (below: number) => number,
): PlayedDraw {
  const plain = new PlainReserve(reserveInput(example));
  const events: { at: string; event: RecordEvent }[] = [];
  for (let n = 0; n < most; n++) {
    const at = instant(from + Math.floor(n / 2));
    const possible = possibleEvents(plain, at);
    const event = possible[choose(Math.max(possible.length, 1))];
    if (!event) break;
    plain.apply(event, at);
    events.push({ at, event });
  }
  return { example, events };
}

/** The record of a draw that was played. */
export const linesOf = ({ example, events }: PlayedDraw): string[] => [
  ...recordOf(example),
  ...events.map(({ at, event }) => eventLine(at, event)),
];
