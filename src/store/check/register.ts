import { decodeHead } from '../register/store.ts';
import { rootOf } from '../register/tree.ts';
import { pagesOfDrawIds, readAtOnce, texts, whole } from './read.ts';
import { drawSaidFaults, type RegisterSeen } from './register-draws.ts';
import { readLeaves } from './register-leaves.ts';
import type { CheckContext, Invariant } from './types.ts';
import { wholeInvariant } from './whole.ts';

const headsAtOnce = 200;

/**
 * The public register: its leaves against what draws, records and the audit log say, its tiles and
 * counts against its leaves, each head against the tree. Signatures are not checked: that takes
 * keys (`npm run verify -- --register`).
 */
export const register: Invariant = wholeInvariant('registers', 'register', async (context) => {
  const seen = await look(context);
  const read = await readLeaves(context, seen);
  const faults = [...read.faults];
  for (const said of seen.draws) faults.push(...drawSaidFaults(said, read.draws.get(said.id)));
  const { redis, keys } = context;
  const known = new Set(seen.draws.map(({ id }) => id));
  for (const id of read.draws.keys()) {
    if (known.has(id)) continue;
    // Draws are never removed, and one may have been planned since they were listed.
    const planned = await redis.zscore(keys.draws, id);
    if (planned === null) faults.push(`leaves tell of draw ${id}, which is not there`);
  }
  return faults.length > 0 ? faults : headFaults(context, seen);
});

/** Everything at one instant: a few kB for each draw. */
async function look({ redis, keys, prefecture }: CheckContext): Promise<RegisterSeen> {
  const ids = (await Array.fromAsync(pagesOfDrawIds(redis, prefecture))).flat();
  const draws = [...new Set(ids)];
  const [leaves, state, heads, ...ofDraws] = await readAtOnce(redis, [
    ['llen', keys.registerLeaves],
    ['hmget', keys.registerState, 'hashed', 'size', 'counts'],
    ['llen', keys.registerHeads],
    ...draws.flatMap((id) => [
      ['hmget', keys.draw(id), 'state', 'json'] as const,
      ['llen', keys.drawEvents(id)] as const,
    ]),
  ]);
  const [hashed = null, size = null, counts = null] = texts(state);
  return {
    ...{ leaves: whole(leaves), hashed: Number(hashed ?? 0), size: Number(size ?? 0) },
    ...{ counts: counts ?? null, heads: whole(heads) },
    draws: draws.map((id, at) => {
      const [drawState = null, json = null] = texts(ofDraws[2 * at]);
      return { id, state: drawState, json, events: whole(ofDraws[2 * at + 1]) };
    }),
  };
}

/** Every head is larger than the last, and of the leaves. */
async function headFaults({ redis, keys, prefecture }: CheckContext, seen: RegisterSeen) {
  let last = 0;
  for (let from = 0; from < seen.heads; from += headsAtOnce) {
    const until = Math.min(seen.heads, from + headsAtOnce) - 1;
    const page = await redis.lrange(keys.registerHeads, from, until);
    for (const [at, raw] of page.entries()) {
      const head = headOf(raw);
      if (!head) return [`head ${from + at} of the register cannot be read`];
      if (head.size <= last)
        return [`head ${from + at} of the register is not larger than the last`];
      if (head.size > seen.leaves) return ['the register has lost leaves that a head speaks of'];
      const root = await rootOf(redis, prefecture, head.size).catch(() => undefined);
      if (root !== head.root) return [`the head of ${head.size} leaves is not of these leaves`];
      last = head.size;
    }
  }
  return last === seen.size ? [] : [`the newest head is of ${last} leaves, not of ${seen.size}`];
}

function headOf(raw: string) {
  try {
    return decodeHead(raw);
  } catch {
    return undefined;
  }
}
