import { ticketCount, ticketOf } from '../../src/allocator/draw/ranking.ts';
import { type Reason, reasonFinder } from '../../src/allocator/draw/reason.ts';
import type { Entry } from '../../src/allocator/types.ts';
import { jcs } from '../../src/base/jcs.ts';
import { nodeSha256 } from '../../src/store/core/node-sha256.ts';
import type { CheckedDraw } from './observed.ts';

const reasons: Readonly<Record<Reason, string>> = {
  no_slot_for_type: 'no slot of this draw serves its request type',
  availability_too_narrow: 'no slot of its request type lies within what it accepts',
  cap_reached: 'its request type had all the places that the rules allow it when its turn came',
  rank_too_low: 'when its turn came, every place it could take was needed for better ranks',
};

/** Where an entry stands in the ranking, and how far the places went. Ranks count from 1. */
interface Standing {
  readonly rank: number;
  readonly rankInType: number;
  /** Winners ranked before it. */
  readonly better: number;
  /** Of its type: the last rank that was drawn, and that was ever offered a place. 0: nobody. */
  readonly lastDrawn: number;
  readonly lastServed: number;
}

/** What a verified record says of one entry, line by line. */
export function storyOf(id: string, checked: CheckedDraw): string[] {
  const { draw, events } = checked;
  const entry = entryOf(draw.entries, id);
  const name = `${draw.manifest.draw} of prefecture ${draw.manifest.prefecture}`;
  if (!entry) return [`entry ${id} is not in draw ${name}`];
  const own = events.filter(({ event }) => 'entry' in event && event.entry === id);
  return [
    `entry ${id} is in draw ${name}`,
    `  request type ${entry.requestType}, ${entry.missed} draws missed before` +
      `${entry.priority ? ', on the priority track' : ''}`,
    `  accepts ${entry.accepts ? jcs(entry.accepts) : 'any place and time'}`,
    ...ranking(entry, checked),
    ...own.map(({ at, event }) => {
      const slot = 'slot' in event ? ` slot ${event.slot}` : '';
      return `  ${at} ${event.type}${slot}`;
    }),
    ...(events.at(-1)?.event.type === 'void' ? ['  the draw is VOID and counts for nothing'] : []),
  ];
}

function ranking(entry: Entry, checked: CheckedDraw): string[] {
  const { manifest, seed, winners, slots, entries } = checked.draw;
  const { rank, rankInType, better, lastDrawn, lastServed } = standingOf(entry, checked);
  const count = ticketCount(entry, manifest.rules);
  const tickets = Array.from({ length: count }, (_, k) => ticketOf(seed, entry.id, k, nodeSha256));
  const [smallest = ''] = tickets.toSorted();
  const k = tickets.indexOf(smallest);
  const guaranteed = entry.missed >= (manifest.rules.ageing?.guaranteeAfter ?? Infinity);
  const won = winners.find((winner) => winner.entry === entry.id);
  const slot = slots.find((candidate) => candidate.id === won?.slot);
  return [
    `  tickets: ${count}; the smallest is number ${k}: ${smallest}`,
    `    printf %s "${seed}:${entry.id}:${k}" | sha256sum`,
    `  rank ${rank} of ${entries.length}` +
      `${guaranteed ? ', guaranteed ahead of others by the draws it missed' : ''}; ` +
      `rank ${rankInType} among ${entry.requestType}`,
    `  last rank drawn of ${entry.requestType}: ${lastDrawn || 'none'}; ` +
      `last offered a place so far: ${lastServed || 'none'}`,
    slot
      ? `  drawn: slot ${slot.id}, ${slot.site}, ${slot.start}`
      : `  not drawn: ${reasons[reasonFinder({ entries, slots, winners, rules: manifest.rules })(entry, better)]}`,
  ];
}

function standingOf({ id, requestType }: Entry, { draw, events }: CheckedDraw): Standing {
  const ofType = new Set<string>();
  for (const entry of draw.entries) if (entry.requestType === requestType) ofType.add(entry.id);
  const winners = new Set(draw.winners.map(({ entry }) => entry));
  const refilled = new Set(
    events.flatMap(({ event }) => (event.type === 'refilled' ? [event.entry] : [])),
  );
  const standing = { rank: 0, rankInType: 0, better: 0, lastDrawn: 0, lastServed: 0 };
  let inType = 0;
  for (const [index, other] of draw.ranking.entries()) {
    if (winners.has(other) && standing.rank === 0) standing.better += other === id ? 0 : 1;
    if (ofType.has(other)) {
      inType += 1;
      if (winners.has(other)) standing.lastDrawn = index + 1;
      if (winners.has(other) || refilled.has(other)) standing.lastServed = index + 1;
    }
    if (other === id) Object.assign(standing, { rank: index + 1, rankInType: inType });
  }
  return standing;
}

/** The entry of that id, among entries by id. */
function entryOf(entries: readonly Entry[], id: string): Entry | undefined {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.id ?? '') < id) low = middle + 1;
    else high = middle;
  }
  return entries[low]?.id === id ? entries[low] : undefined;
}
