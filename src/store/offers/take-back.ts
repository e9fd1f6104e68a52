import type { DrawState } from '../../domain/draws/state.ts';
import type { HoldingChange, Situation } from '../../domain/offers/change.ts';
import { decideClosing } from '../../domain/offers/take-back.ts';
import type { SlotClosure } from '../../domain/slots/closure.ts';
import { chunks } from '../../domain/values.ts';
import type { Connection } from '../core/redis.ts';
import { retryTheRest } from '../core/retry.ts';
import { readSlotClosures } from '../slots/closed.ts';
import { changesPerScript, writeChanges } from './change.ts';
import { glance } from './read.ts';

/** From whom of a draw something is taken back, and when it is looked at. */
interface TakingBack {
  readonly prefecture: string;
  readonly draw: string;
  readonly nowMs: number;
}

/** What becomes of one who had an offer of the draw; undefined: it stays as it is. Pure. */
type Decide = (
  situation: Situation,
  of: { readonly drawState: DrawState; readonly closure: SlotClosure | undefined },
) => HoldingChange | undefined;

/**
 * Takes back from entries what they hold of a draw, as far as `decide` says so, which is asked again where
 * somebody else was faster. Safe to repeat if `decide` passes over what is taken back. Answers how many
 * it changed.
 */
export async function takeBack(
  redis: Connection,
  from: TakingBack,
  entryIds: readonly string[],
  decide: Decide,
): Promise<number> {
  let taken = 0;
  for (const some of chunks(entryIds, changesPerScript)) {
    await retryTheRest(`a batch of offers of draw ${from.draw}`, some, async (ids) => {
      const round = await takeSome(redis, from, ids, decide);
      taken += round.taken;
      return round.left;
    });
  }
  return taken;
}

/**
 * Takes from entries what they hold of slots that are closed. Whoever holds nothing there any more
 * stays as they are, so that it may be repeated: each person is told once. Answers how many were told.
 */
export function closeHoldings(
  redis: Connection,
  from: TakingBack,
  entryIds: readonly string[],
): Promise<number> {
  return takeBack(redis, from, entryIds, (situation, { drawState, closure }) =>
    // A void draw takes back all of its places, and says so.
    closure && drawState !== 'void' ? decideClosing(situation, closure) : undefined,
  );
}

/** `left` are those who changed meanwhile, to be looked at again. */
async function takeSome(
  redis: Connection,
  { prefecture, draw, nowMs }: TakingBack,
  entryIds: readonly string[],
  decide: Decide,
): Promise<{ taken: number; left: string[] }> {
  const { holdings, ...seen } = await glance(redis, prefecture, draw, entryIds);
  const { drawState, ofDraw, drawNumber } = seen;
  const slots = holdings.flatMap(({ offer }) => (offer ? [offer.value.slot] : []));
  const closed = await readSlotClosures(redis, prefecture, slots);
  const changes = holdings.flatMap(({ offer, entry }) => {
    if (!offer || !entry) return [];
    const situation = { offer, entry, drawNumber, ofDraw, freedPlace: 'return', nowMs } as const;
    return decide(situation, { drawState, closure: closed.get(offer.value.slot) }) ?? [];
  });
  if (changes.length === 0) return { taken: 0, left: [] };
  const reply = await writeChanges({ redis, prefecture, draw, ...seen, nowMs }, changes);
  const ids = changes.map(({ offer }) => offer.entry);
  if (reply[0] !== 'done') return { taken: 0, left: ids };
  const [, ...words] = reply;
  const left = ids.filter((_, at) => words[at] !== 'done');
  return { taken: ids.length - left.length, left };
}
