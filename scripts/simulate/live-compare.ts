import { setImmediate as breathe } from 'node:timers/promises';
import { allocate } from '../../src/allocator/draw/draw.ts';
import { nodeSha256 } from '../../src/store/core/node-sha256.ts';
import { hypergeometricRange, type Range, rangeOf } from './live-odds.ts';
import type { DrawnRecord } from './live-record.ts';

export type Kind = 'person' | 'bot' | 'other';

/** Who is who in the record. `other`: entries that were there before, or came another way. */
export type KindOf = (entry: string) => Kind;

export interface Compared {
  readonly waiting: number;
  readonly drawn: number;
}

export interface TypeComparison {
  readonly requestType: string;
  readonly people: Compared;
  readonly bots: Compared;
  readonly others: Compared;
  /** Share of people and bots together whom the model draws: mean and 95 % range of its draws. */
  readonly predictedChance: Range;
  /** Bots drawn, if the lottery cannot tell bots from people: hypergeometric. */
  readonly predictedBots: Range;
  readonly isOutside: boolean;
}

export interface Comparison {
  readonly requestTypes: readonly TypeComparison[];
  readonly places: number;
  /** Of all entries in the pool; of all entries drawn. */
  readonly botShareOfEntries: number;
  readonly botShareOfDrawn: number;
  /** Of the draws that the model makes of the same pool. */
  readonly predictedBotShareOfDrawn: Range;
  readonly isBotShareOutside: boolean;
  /** How often the model drew. */
  readonly modelDraws: number;
}

/** Entries that the model ranks in all, at most; and how often it draws at least. */
const MOST_RANKED = 2_000_000;
const FEWEST_DRAWS = 40;
const MOST_DRAWS = 400;

/**
 * Sets what the service drew beside what the model says: the simulator's lottery, which is the
 * allocator itself, drawing the same pool again and again with seeds of its own.
 *
 * @throws AbortError when the signal is raised, between two draws of the model.
 */
export async function compare(
  record: DrawnRecord,
  kindOf: KindOf,
  { seed, signal }: { readonly seed: string; readonly signal: AbortSignal },
): Promise<Comparison> {
  const types = [...new Set(record.entries.map(({ requestType }) => requestType))].sort();
  const typeOf = new Map(record.entries.map(({ id, requestType }) => [id, requestType]));
  const tally = (entries: Iterable<string>) => {
    const counts = new Map<string, number>();
    for (const entry of entries) {
      const key = `${kindOf(entry)} ${typeOf.get(entry)}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return (kind: Kind, type?: string) =>
      (type === undefined ? types : [type]).reduce(
        (sum, each) => sum + (counts.get(`${kind} ${each}`) ?? 0),
        0,
      );
  };
  const waiting = tally(record.entries.map(({ id }) => id));
  const drawn = tally(record.winners.map(({ entry }) => entry));
  const model = (await redraw(record, seed, signal)).map(tally);

  const share = (count: ReturnType<typeof tally>) => {
    const bots = count('bot');
    const all = bots + count('person') + count('other');
    return all === 0 ? 0 : bots / all;
  };
  const predictedShare = rangeOf(model.map(share));
  return {
    requestTypes: types.map((type) => compareType(type, waiting, drawn, model)),
    places: record.slots.reduce((sum, { capacity }) => sum + capacity, 0),
    botShareOfEntries: share(waiting),
    botShareOfDrawn: share(drawn),
    predictedBotShareOfDrawn: predictedShare,
    isBotShareOutside: isOutside(share(drawn), predictedShare),
    modelDraws: model.length,
  };
}

type Count = (kind: Kind, type?: string) => number;

function compareType(
  requestType: string,
  waiting: Count,
  drawn: Count,
  model: readonly Count[],
): TypeComparison {
  const of = (kind: Kind) => ({
    waiting: waiting(kind, requestType),
    drawn: drawn(kind, requestType),
  });
  const [people, bots, others] = [of('person'), of('bot'), of('other')];
  const ours = (count: Count) => count('person', requestType) + count('bot', requestType);
  const all = ours(waiting);
  const predictedChance = rangeOf(model.map((count) => (all === 0 ? 0 : ours(count) / all)));
  // Bots are a random part of the crowd, so the number drawn says all that matters.
  const predictedBots = hypergeometricRange(all, bots.waiting, people.drawn + bots.drawn);
  const chance = all === 0 ? 0 : (people.drawn + bots.drawn) / all;
  return {
    requestType,
    people,
    bots,
    others,
    predictedChance,
    predictedBots,
    isOutside: isOutside(bots.drawn, predictedBots) || isOutside(chance, predictedChance),
  };
}

function isOutside(value: number, { low, high }: Range): boolean {
  return value < low || value > high;
}

/** The winners of many draws of the same pool. */
async function redraw(
  { entries, slots, rules }: DrawnRecord,
  seed: string,
  signal: AbortSignal,
): Promise<string[][]> {
  const wanted = Math.floor(MOST_RANKED / Math.max(1, entries.length));
  const draws = Math.min(MOST_DRAWS, Math.max(FEWEST_DRAWS, wanted));
  const winners: string[][] = [];
  for (let index = 0; index < draws; index += 1) {
    // Lets Ctrl-C through, and the end of the time.
    await breathe(undefined, { signal });
    const input = { entries, slots, rules, seed: nodeSha256.hex(`live:${seed}:${index}`) };
    winners.push(allocate(input, nodeSha256).winners.map(({ entry }) => entry));
  }
  return winners;
}
