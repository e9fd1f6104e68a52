import { isGuaranteed, ticketCount, ticketOf } from '../../src/allocator/draw/ranking.ts';
import { type Reason, reasonFinder } from '../../src/allocator/draw/reason.ts';
import type { Entry, RecordEvent } from '../../src/allocator/types.ts';
import { jcs } from '../../src/base/jcs.ts';
import { nodeSha256 } from '../../src/store/core/node-sha256.ts';
import type { CheckedDraw } from './observed.ts';

const reasons: Readonly<Record<Reason, string>> = {
  no_slot_for_type: 'no slot of this draw serves its request type',
  availability_too_narrow: 'no slot of its request type lies within what it accepts',
  party_too_large:
    'no slot of its request type lies within what it accepts and has places for all of them',
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
  return [
    `entry ${id} is in draw ${name}`,
    `  request type ${entry.requestType}, ${entry.missed} draws missed before` +
      `${entry.priority ? ', on the priority track' : ''}`,
    ...partyAndAmends(entry),
    `  accepts ${entry.accepts ? jcs(entry.accepts) : 'any place and time'}`,
    ...ranking(entry, checked),
    ...happenedTo(id, checked),
    ...(events.at(-1)?.event.type === 'void' ? ['  the draw is VOID and counts for nothing'] : []),
  ];
}

/** What only lottery/v2 knows of an entry. */
function partyAndAmends(entry: Entry): string[] {
  const { owed, resting, party } = entry;
  return [
    ...(party === undefined ? [] : [`  a party of ${party}: it needs ${party} places of one slot`]),
    ...(owed ? ['  owed: the service took back what it held in an earlier draw'] : []),
    ...(resting ? ['  resting: it gave up an offer while guaranteed, and is not guaranteed'] : []),
  ];
}

/** The events of an entry; also the closure of a slot in which it held something. */
function happenedTo(id: string, { draw, events }: CheckedDraw): string[] {
  let slot = draw.winners.find((winner) => winner.entry === id)?.slot;
  return events.flatMap(({ at, event }) => {
    const isOwn = 'entry' in event && event.entry === id;
    const isClosure = event.type === 'closed' && event.slot === slot;
    if (!isOwn && !isClosure) return [];
    if (event.type === 'refilled') slot = event.slot;
    else if (isClosure || ends.includes(event.type)) slot = undefined;
    return [`  ${at} ${wordsOf(event)}`];
  });
}

/** After these an entry holds nothing. */
const ends: readonly RecordEvent['type'][] = [
  'declined',
  'expired',
  'cancelled',
  'revoked',
  'withdrawn',
  'rejected',
];

function wordsOf(event: RecordEvent): string {
  const words: string[] = [event.type];
  if ('slot' in event) words.push(`slot ${event.slot}`);
  if ('until' in event) words.push(`until ${event.until}`);
  if ('cause' in event) words.push(`for ${event.cause}`);
  if ('by' in event) words.push(`by ${event.by}`);
  return words.join(' ');
}

function ranking(entry: Entry, checked: CheckedDraw): string[] {
  const { manifest, seed, winners, slots, entries } = checked.draw;
  const { rank, rankInType, better, lastDrawn, lastServed } = standingOf(entry, checked);
  const count = ticketCount(entry, manifest.rules);
  const tickets = Array.from({ length: count }, (_, k) => ticketOf(seed, entry.id, k, nodeSha256));
  const [smallest = ''] = tickets.toSorted();
  const k = tickets.indexOf(smallest);
  const guaranteed = isGuaranteed(entry, manifest.rules);
  const won = winners.find((winner) => winner.entry === entry.id);
  const slot = slots.find((candidate) => candidate.id === won?.slot);
  return [
    `  tickets: ${count}; the smallest is number ${k}: ${smallest}`,
    `    printf %s "${seed}:${entry.id}:${k}" | sha256sum`,
    `  rank ${rank} of ${entries.length}` +
      `${entry.owed ? ', ahead of others by what it is owed' : ''}` +
      `${guaranteed ? ', guaranteed ahead of others by the draws it missed' : ''}; ` +
      `rank ${rankInType} among ${entry.requestType}`,
    `  last rank drawn of ${entry.requestType}: ${lastDrawn || 'none'}; ` +
      `last offered a place so far: ${lastServed || 'none'}`,
    slot
      ? `  drawn: slot ${slot.id}, ${slot.site}, ${slot.start}`
      : `  not drawn: ${reasonOf(entry, better, checked)}`,
  ];
}

function reasonOf(entry: Entry, better: number, { draw }: CheckedDraw): string {
  const { manifest, entries, slots, winners } = draw;
  return reasons[reasonFinder({ entries, slots, winners, rules: manifest.rules })(entry, better)];
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
