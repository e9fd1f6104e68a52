import { decideClosing } from '../../domain/offers/take-back.ts';
import { chunks } from '../../domain/values.ts';
import type { Connection } from '../core/redis.ts';
import { retryTheRest } from '../core/retry.ts';
import { readSlotClosures } from '../slots/closed.ts';
import { changesPerScript, writeChanges } from './change.ts';
import { glance } from './read.ts';

/** Who of a draw may hold a place of a closed slot, and when it is looked at. */
interface Closing {
  readonly prefecture: string;
  readonly draw: string;
  readonly nowMs: number;
}

/**
 * Takes from entries what they hold of slots that are closed. Whoever holds nothing there any more
 * stays as they are, so that it may be repeated: each person is told once. Answers how many were told.
 */
export async function closeHoldings(
  redis: Connection,
  closing: Closing,
  entryIds: readonly string[],
): Promise<number> {
  let told = 0;
  for (const some of chunks(entryIds, changesPerScript)) {
    await retryTheRest(`a batch of closed slots of draw ${closing.draw}`, some, async (left) => {
      const round = await closeSome(redis, closing, left);
      told += round.told;
      return round.left;
    });
  }
  return told;
}

async function closeSome(
  redis: Connection,
  { prefecture, draw, nowMs }: Closing,
  entryIds: readonly string[],
): Promise<{ told: number; left: string[] }> {
  const { holdings, ...seen } = await glance(redis, prefecture, draw, entryIds);
  const { drawState, ofDraw, drawNumber } = seen;
  const slots = holdings.flatMap(({ offer }) => (offer ? [offer.value.slot] : []));
  const closed = await readSlotClosures(redis, prefecture, slots);
  const changes = holdings.flatMap(({ offer, entry }) => {
    const closure = offer && closed.get(offer.value.slot);
    // A void draw takes back all of its places, and says so.
    if (!offer || !entry || !closure || drawState === 'void') return [];
    const situation = { offer, entry, drawNumber, ofDraw, freedPlace: 'return', nowMs } as const;
    return decideClosing(situation, closure) ?? [];
  });
  if (changes.length === 0) return { told: 0, left: [] };
  const basis = { redis, prefecture, draw, ...seen, nowMs };
  const reply = await writeChanges(basis, changes);
  const ids = changes.map(({ offer }) => offer.entry);
  if (reply[0] !== 'done') return { told: 0, left: ids };
  const [, ...words] = reply;
  const left = ids.filter((_, at) => words[at] !== 'done');
  return { told: ids.length - left.length, left };
}
