import { goesDownTheList } from '../../domain/draws/reserves.ts';
import { decodeTypes } from '../draws/codec.ts';
import { decodeSlot } from '../slots/codec.ts';
import { pagesOf, readAtOnce, text, texts } from './read.ts';
import type { CheckContext, Invariant } from './types.ts';
import { wholeInvariant } from './whole.ts';

/**
 * Where the reserve list of a request type has ended, no slot that serves it keeps idle places in that
 * draw, once the end is settled: they are free for the next.
 */
export const returned: Invariant = wholeInvariant('reserve lists', 'reserves', async (context) => {
  const { redis, keys } = context;
  const draws = new Set(await redis.hvals(keys.reserves));
  const faults: string[] = [];
  for (const draw of draws) faults.push(...(await keptBy(context, draw)));
  return faults;
});

/** Each page is judged by what one instant shows of the draw and of its slots. */
async function keptBy({ redis, keys }: CheckContext, draw: string): Promise<string[]> {
  const faults: string[] = [];
  for await (const page of pagesOf(redis, 'hash', keys.drawPlaces(draw))) {
    const ids = page.map(({ id }) => id);
    const [fields, closing, places, slots] = await readAtOnce(redis, [
      ['hmget', keys.draw(draw), 'state', 'ended'],
      ['get', keys.closingDraw],
      ['hmget', keys.drawPlaces(draw), ...ids],
      ['hmget', keys.slots, ...ids],
    ]);
    const [state, ended = null] = texts(fields);
    const isSettled = decodeTypes(text(closing))[0] !== draw;
    if (state !== 'published' || ended === null || !isSettled) continue;
    const idle = texts(places);
    for (const [at, raw] of texts(slots).entries()) {
      const [id, kept] = [ids[at] ?? '', Number(idle[at] ?? 0)];
      if (kept === 0 || raw === null || isInUse(id, raw, decodeTypes(ended))) continue;
      faults.push(`slot ${id} keeps idle places in draw ${draw}, whose list has ended for it`);
    }
  }
  return faults;
}

function isInUse(id: string, raw: string, ended: readonly string[]): boolean {
  try {
    return goesDownTheList({ ended }, decodeSlot(id, raw).requestTypes);
  } catch {
    return true; // said of the slot itself
  }
}
