import type { Identifier } from '../../base/types.ts';
import { isGuaranteed } from '../draw/ranking.ts';
import { exclusionFinder } from '../draw/reason.ts';
import type { Entry, Manifest, RecordEvent, Slot, Winner } from '../types.ts';

/** A verified draw of v2 that is not void, with what happened after it. */
export interface SeriesDraw {
  readonly manifest: Manifest;
  /** By id. */
  readonly entries: readonly Entry[];
  readonly slots: readonly Slot[];
  readonly winners: readonly Winner[];
  /** `at` is `YYYY-MM-DDTHH:MM:SSZ`, never decreasing. */
  readonly events: readonly { readonly at: string; readonly event: RecordEvent }[];
}

/** What became of the one place that an entry may hold of a draw. Instants compare as text. */
interface Held {
  readonly slot: Identifier;
  /** When it was offered; undefined: never. */
  offeredAt?: string;
  /** When and by what it ended; undefined: it is held still. */
  ended?: { readonly at: string; readonly by: RecordEvent['type'] };
}

/** An entry as the last draw leaves it in which it took part (v2 §9). */
export interface Past {
  readonly draw: Identifier;
  readonly entry: Entry;
  /** Whether there was a slot that it could have come to. */
  readonly isEligible: boolean;
  readonly held: Held | undefined;
  /** How many draws it has taken part in, this one included. */
  readonly part: number;
  /** Draws in which it gave up an offer or appointment while it was guaranteed: `part`, and when. */
  readonly gaveUp: readonly { readonly part: number; readonly at: string }[];
}

const givingUp: readonly RecordEvent['type'][] = ['declined', 'expired', 'cancelled'];
const takingBack: readonly RecordEvent['type'][] = ['revoked', 'closed'];

/** How what happened in the very second of a freeze is read: records know whole seconds alone. */
export type SameSecond = 'after' | 'before';

/**
 * What the next draw of an entry must say, frozen at an instant and under such rules (v2 §9). Pure.
 *
 * @param inSecond where to put what happened in the second of that freeze.
 */
export function following(
  { entry, isEligible, held, part, gaveUp }: Past,
  next: Manifest,
  inSecond: SameSecond = 'after',
) {
  const isBefore = (at: string) =>
    at < next.frozenAt || (inSecond === 'before' && at === next.frozenAt);
  const hasOffer = held?.offeredAt !== undefined && isBefore(held.offeredAt);
  const ended = held?.ended && isBefore(held.ended.at) ? held.ended.by : undefined;
  const rest = next.rules.ageing?.guaranteeRest ?? 0;
  return {
    missed: entry.missed + (isEligible && !hasOffer ? 1 : 0),
    owed: (entry.owed === true && !hasOffer) || (ended !== undefined && takingBack.includes(ended)),
    resting: gaveUp.some((once) => isBefore(once.at) && part - once.part < rest),
  };
}

/** Says of each entry of a draw how the draw leaves it; `before`: how the earlier ones did. Pure. */
export function createPast(draw: SeriesDraw): (entry: Entry, before: Past | undefined) => Past {
  const { manifest, slots } = draw;
  const isExcluded = exclusionFinder(slots);
  const holdings = followPlaces(draw);
  return (entry, before) => {
    const held = holdings.get(entry.id);
    const part = (before?.part ?? 0) + 1;
    const ended = held?.offeredAt === undefined ? undefined : held.ended;
    const isGivenUp = ended && givingUp.includes(ended.by) && isGuaranteed(entry, manifest.rules);
    const gaveUp = before?.gaveUp ?? [];
    return {
      draw: manifest.draw,
      entry,
      isEligible: isExcluded(entry) === undefined,
      held,
      part,
      gaveUp: isGivenUp ? [...gaveUp, { part, at: ended.at }] : gaveUp,
    };
  };
}

/** What became of each place that was won or refilled: an entry holds one of a draw at most. */
function followPlaces({ winners, events }: SeriesDraw): ReadonlyMap<Identifier, Held> {
  const holdings = new Map<Identifier, Held>(winners.map(({ entry, slot }) => [entry, { slot }]));
  const end = (held: Held | undefined, at: string, by: RecordEvent['type']) => {
    if (held && !held.ended) held.ended = { at, by };
  };
  for (const { at, event } of events) {
    if (event.type === 'closed') {
      for (const held of holdings.values()) if (held.slot === event.slot) end(held, at, 'closed');
    } else if (event.type === 'refilled') {
      holdings.set(event.entry, { slot: event.slot, offeredAt: at });
    } else if (event.type === 'offered') {
      const held = holdings.get(event.entry);
      if (held) held.offeredAt = at;
    } else if ('entry' in event && event.type !== 'accepted' && event.type !== 'extended') {
      end(holdings.get(event.entry), at, event.type);
    }
  }
  return holdings;
}
